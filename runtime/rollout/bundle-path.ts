import type { ModelKey } from '../model/types.ts';

/** Where a file of an attempt's bundle lies, below the state folder; also what the status and the locks name. */
export function bundlePath(model: ModelKey, attempt: string, name: string): string {
  const [tenant = ''] = model.split('/');
  return `bundles/${tenant}/${attempt}/${name}`;
}
