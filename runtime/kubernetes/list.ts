import { membersOf } from '../objects/folder.ts';
import { ApiError, type Get } from './get.ts';

/** Objects of one page: the API server keeps what follows for some minutes (kubectl asks in the same portions). */
export const PAGE = 500;

/** Pages of one list: a server that never ends would fill the memory. */
const MOST_PAGES = 200;

/**
 * All objects of a resource, in pages. When the server has forgotten where a page began, which it does after some minutes, the list begins anew,
 * once.
 * @param path Of the resource, such as `/apis/weir.dev/v1alpha1/models`.
 * @throws ApiError, or whatever kept the answer away
 */
export async function listAll(get: Get, path: string, restarts = 1): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let next = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    let answer: Readonly<Record<string, unknown>>;
    try {
      answer = membersOf(await get(`${path}?limit=${PAGE}${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 410 || restarts === 0) throw error;
      return await listAll(get, path, restarts - 1);
    }
    if (!Array.isArray(answer.items)) throw new Error(`${path} is no list`);
    for (const item of answer.items) items.push(item);
    const more = membersOf(answer.metadata).continue;
    if (typeof more !== 'string' || more === '') return items;
    next = more;
  }
  throw new Error(`${path} has more than ${MOST_PAGES * PAGE} objects`);
}
