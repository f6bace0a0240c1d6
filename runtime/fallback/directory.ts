import type { FallbackModel } from './model.ts';

/** Models by the way their callers name them: as the gateway routes, by host and prefix of the path. */
export interface ModelDirectory {
  readonly size: number;
  /** Null when no model has this host and path. @param path Without its query. */
  find(host: string | undefined, path: string): FallbackModel | null;
}

/** A host of its own belongs to one model or several by path; any other host's first part is a tenant (`<tenant>.<domain>`). */
export function directoryOf(models: Iterable<FallbackModel>): ModelDirectory {
  const byPlace = new Map<string, FallbackModel>();
  let size = 0;
  for (const model of models) {
    byPlace.set(model.host === null ? `tenant ${model.tenant} ${model.path}` : `host ${model.host} ${model.path}`, model);
    size += 1;
  }
  return {
    size,
    find: (host, path) => {
      const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
      const tenant = name.split('.')[0] ?? '';
      for (const prefix of prefixesOf(path)) {
        const found = byPlace.get(`host ${name} ${prefix}`) ?? byPlace.get(`tenant ${tenant} ${prefix}`);
        if (found !== undefined) return found;
      }
      return null;
    },
  };
}

/** `/v2/models/fraud/infer`, `/v2/models/fraud`, `/v2/models`, `/v2`: the gateway matches whole parts, the longest first. */
function* prefixesOf(path: string): Generator<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}
