import { namespaceOf, TENANT_LABEL } from './names.ts';
import { servingPolicy } from './network-policy.ts';
import type { Workload } from './parts.ts';
import { placementOf } from './placement.ts';
import { podTemplate } from './pod.ts';
import { poolGuardName, poolMetadata, poolSelector, shardName } from './pool-metadata.ts';
import { type NamedPool, poolWorkload } from './pool-pod.ts';
import { executionsOf, poolServing } from './pool-server.ts';
import { autoscaler } from './scaled-object.ts';
import { type PoolMember, SLOT_PORTS, slotFiles } from './slot-map.ts';
import { shardsOf } from './slot-map-shards.ts';
import { prometheusTrigger } from './triggers.ts';
import type { KubernetesObject, RenderEnvironment } from './types.ts';

/**
 * Every object of a shared pool, in the order of applying: the server and what is around it, and the slot map, which alone follows from the
 * members. What a member has of its own (Services, route) is rendered with the member (pool-member.ts). Pure.
 * @param members All models of the tenant that live in this pool, in any order.
 * @throws ArgsError when they are too many, or too large, for the slot map
 */
export function renderPool(named: NamedPool, members: readonly PoolMember[], environment: RenderEnvironment): readonly KubernetesObject[] {
  const workload = poolWorkload(named, environment);
  return [
    poolPolicy(named, workload, environment),
    ...slotMap(named, members),
    peers(named),
    poolDeployment(named, workload, environment),
    poolAutoscaler(named, environment),
    poolDisruptionBudget(named),
    poolMonitor(named, workload),
  ];
}

/** A member that was added, or a version that was loaded, is a changed file in one of these and restarts nobody. */
function slotMap({ tenant, name, pool }: NamedPool, members: readonly PoolMember[]): readonly KubernetesObject[] {
  const files = members.map((member) => ({ model: member.model.model, files: slotFiles(member, pool) }));
  const shards = shardsOf(`${tenant}: pools.${name}`, files);
  return shards.flatMap((data, shard) => {
    if (Object.keys(data).length === 0) return [];
    return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: poolMetadata(tenant, name, shardName(name, shard)), data }];
  });
}

/** By it a pod's loader knows all pods of its pool, ready or not: whom a model lives on must not change while one of them starts. */
function peers({ tenant, name }: NamedPool): KubernetesObject {
  const ports = [{ name: 'http', port: SLOT_PORTS.a, targetPort: 'http', protocol: 'TCP' }];
  const spec = { type: 'ClusterIP', clusterIP: 'None', publishNotReadyAddresses: true, selector: poolSelector(name), ports };
  return { apiVersion: 'v1', kind: 'Service', metadata: poolMetadata(tenant, name), spec };
}

function poolDeployment({ tenant, name, pool }: NamedPool, workload: Workload, { zones }: RenderEnvironment): KubernetesObject {
  const metadata = poolMetadata(tenant, name);
  const selector = poolSelector(name);
  const frame = {
    labels: metadata.labels,
    annotations: {},
    selector,
    placement: placementOf({ serving: poolServing(pool), cost: { spot: false } }, zones),
    priority: 'inference-critical', // all members go with it
  } as const;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: selector },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      progressDeadlineSeconds: workload.startSeconds + 60,
      revisionHistoryLimit: 2,
      template: podTemplate(frame, workload),
    },
  };
}

/** What an execution takes at once, usually: so many more requests may wait for each. */
const PENDING_PER_EXECUTION = 8;

/** By requests that wait or are computed for each pod: a pool is busy long before its GPU is. */
function poolAutoscaler({ tenant, name, pool }: NamedPool, { prometheus }: RenderEnvironment): KubernetesObject {
  const query = `sum(nv_inference_pending_request_count{namespace="${namespaceOf(tenant)}",weir_dev_pool="${name}"})`;
  const threshold = String(PENDING_PER_EXECUTION * executionsOf(pool));
  const trigger = prometheusTrigger(prometheus, 'pending', 'AverageValue', { query, threshold });
  return autoscaler(poolMetadata(tenant, name), { min: pool.min, max: pool.max, cooldownSeconds: 300 }, [trigger]);
}

function poolDisruptionBudget({ tenant, name }: NamedPool): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: poolMetadata(tenant, name),
    spec: { maxUnavailable: 1, selector: { matchLabels: poolSelector(name) }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}

function poolMonitor({ tenant, name }: NamedPool, { metrics = [] }: Workload): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: poolMetadata(tenant, name, poolGuardName(name)),
    spec: {
      selector: { matchLabels: poolSelector(name) },
      namespaceSelector: { matchNames: [namespaceOf(tenant)] },
      podTargetLabels: [TENANT_LABEL, 'weir.dev/pool'],
      podMetricsEndpoints: [
        { port: 'http', path: '/metrics', interval: '5s', scrapeTimeout: '4s' }, // both ports' counts
        ...metrics.map(({ name: port }) => ({ port, path: '/metrics', interval: '15s', scrapeTimeout: '10s' })),
      ],
    },
  };
}

function poolPolicy({ tenant, name }: NamedPool, { metrics = [] }: Workload, environment: RenderEnvironment): KubernetesObject {
  const pods = {
    metadata: poolMetadata(tenant, name, poolGuardName(name)),
    selector: poolSelector(name),
    ports: Object.values(SLOT_PORTS),
    servers: metrics,
    features: true,
  };
  return servingPolicy(pods, environment);
}
