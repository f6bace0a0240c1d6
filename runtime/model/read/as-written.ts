import { isList, isMap, own, type Tree } from '../layers/tree.ts';
import type { Path } from './locate.ts';

/**
 * A path of the effective spec as the path of the same value in the file: fields that are written as a list have an index instead of a
 * name, a single label has no index. The way ends where the file does: at a shorthand, or at what it does not say.
 */
export function asWritten(data: Tree, path: Path): Path {
  const written: (string | number)[] = [];
  let at: Tree = data;
  for (const key of path) {
    if (isMap(at) && typeof key === 'number') continue; // one label instead of a list of one
    if (at !== undefined && !isMap(at) && !isList(at)) break; // a shorthand stands for all that lies below
    const step = isList(at) && typeof key === 'string' ? at.findIndex((item) => own(item, 'name') === key) : key;
    written.push(step === -1 ? key : step);
    at = step === -1 ? undefined : own(at, step);
  }
  return written;
}
