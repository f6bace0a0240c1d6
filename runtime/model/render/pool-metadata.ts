import { cutTo } from './batch-name.ts';
import { namespaceOf, TENANT_LABEL } from './names.ts';
import type { ObjectMeta } from './types.ts';

/** What finds the pods of a pool. */
export function poolSelector(pool: string): Readonly<Record<string, string>> {
  return { 'weir.dev/pool': pool };
}

/** Longest ScaledObject: KEDA puts `keda-hpa-` before it and writes that into a label, which holds 63. */
const LONGEST = 63 - 'keda-hpa-'.length;
const SUFFIX = '-pool';

/** Of its Deployment, headless Service, ScaledObject and PodDisruptionBudget. Those of models end in `-a` and `-b`. */
export function poolName(pool: string): string {
  return `${cutTo(LONGEST - SUFFIX.length, pool)}${SUFFIX}`;
}

/** Of its PodMonitor and NetworkPolicy. Those of models begin with `weir-`, and no name of a model or a pool has a dot. */
export function poolGuardName(pool: string): string {
  return `${pool}.pool`;
}

/** One of the ConfigMaps that hold the slot map. */
export function shardName(pool: string, shard: number): string {
  return `${pool}.slots-${shard}`;
}

/** Metadata in the tenant's namespace. */
export function poolMetadata(tenant: string, pool: string, name: string = poolName(pool)): ObjectMeta & { readonly namespace: string } {
  const labels = {
    'app.kubernetes.io/name': poolName(pool),
    'app.kubernetes.io/part-of': 'weir',
    'app.kubernetes.io/managed-by': 'weir',
    [TENANT_LABEL]: tenant,
    ...poolSelector(pool),
  };
  return { name, namespace: namespaceOf(tenant), labels };
}
