import { namespaceOf } from './names.ts';
import type { ObjectMeta } from './types.ts';

/** What finds the pods of a pool. */
export function poolSelector(pool: string): Readonly<Record<string, string>> {
  return { 'weir.dev/pool': pool };
}

/** Of everything that a pool has once. Models' objects end in `-a` and `-b` or begin with `weir-`, so no model's meets it. Adds 5. */
export function poolName(pool: string): string {
  return `${pool}-pool`;
}

/** One of the ConfigMaps that hold the slot map. Adds 13. */
export function shardName(pool: string, shard: number): string {
  return `${poolName(pool)}-slots-${shard.toString(16)}`;
}

/** Metadata in the tenant's namespace. */
export function poolMetadata(tenant: string, pool: string, name: string = poolName(pool)): ObjectMeta & { readonly namespace: string } {
  const labels = {
    'app.kubernetes.io/name': poolName(pool),
    'app.kubernetes.io/part-of': 'weir',
    'app.kubernetes.io/managed-by': 'weir',
    'weir.dev/tenant': tenant,
    ...poolSelector(pool),
  };
  return { name, namespace: namespaceOf(tenant), labels };
}
