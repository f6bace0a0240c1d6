import { isMap } from '../layers/tree.ts';
import type { TenantModel } from '../loaded.ts';

/**
 * The model with the fields of every map by name. The API server keeps no other order, and neither a line that was moved in a file nor a default
 * that was written out is a change: pods must be the same, down to the text of their configuration. Lists keep their order.
 */
export function inOrder(model: TenantModel): TenantModel {
  const ordered: TenantModel = JSON.parse(JSON.stringify(model, byName));
  return ordered;
}

function byName(_key: string, value: unknown): unknown {
  return isMap(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
