import { largest, modelNeed, type Need, NOTHING, poolNeed, sum } from '../../runtime/model/check/need.ts';
import { bytesOf } from '../../runtime/model/check/quantity.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';
import { COHORT, FLAVORS, type FlavorName, QUEUED_RESOURCES, type QueuedResource } from '../training/queues.ts';

/** Of one resource, as Kueue counts. */
interface Share {
  /** The tenant's at any time: what its models leave of its quota when all of them are at their largest, and one is rolled out. */
  readonly nominal: number;
  /** On top of that, while other tenants do not use theirs: what the models hold back. Together it is the quota, and never more. */
  readonly borrowed: number;
}

/**
 * A queue's share of the tenant's quota. Kueue sees jobs alone: it must not admit one whose pods the namespace's quota then refuses, because the models
 * have what it counted on. Models of pattern batch wait in the queue themselves.
 */
export function queueShares(
  { quota, pools }: Pick<EffectiveTenant, 'quota' | 'pools'>,
  models: readonly TenantModel[],
): Readonly<Record<QueuedResource, Share>> {
  const serving = models.filter(({ pattern }) => pattern !== 'batch').map((model) => modelNeed(model));
  const held = sum([...serving, ...Object.values(pools).map(poolNeed), serving.reduce(largest, NOTHING)]);
  const share = (whole: number, key: keyof Need): Share => {
    const nominal = Math.max(0, Math.floor(whole - held[key]));
    return { nominal, borrowed: Math.floor(whole) - nominal };
  };
  return { cpu: share(quota.cpu, 'cpu'), memory: share(bytesOf(quota.memory), 'memory'), 'nvidia.com/gpu': share(quota.gpus, 'gpus') };
}

/** Pools whose nodes have GPUs. */
const WITH_GPUS: readonly FlavorName[] = ['gpu-inference', 'gpu-training'];

/**
 * A ClusterQueue's spec. Each flavor has the whole share: how much of each kind of node a tenant uses is its own affair, and the namespace's quota is over all
 * of them. @param namespace The only one whose jobs it takes.
 */
export function clusterQueueSpec(namespace: string, shares: Readonly<Record<QueuedResource, Share>>): object {
  const resourcesOf = (flavor: FlavorName) =>
    QUEUED_RESOURCES.map((name) => {
      const { nominal, borrowed } = name === 'nvidia.com/gpu' && !WITH_GPUS.includes(flavor) ? NONE : shares[name];
      return { name, nominalQuota: amount(name, nominal), borrowingLimit: amount(name, borrowed) };
    });
  return {
    cohortName: COHORT,
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    queueingStrategy: 'BestEffortFIFO', // a job that fits need not wait for one that does not
    // what was lent comes back: borrowers of lower priority are stopped, and start again later
    preemption: { reclaimWithinCohort: 'LowerPriority', withinClusterQueue: 'LowerPriority' },
    resourceGroups: [{ coveredResources: [...QUEUED_RESOURCES], flavors: FLAVORS.map(({ name }) => ({ name, resources: resourcesOf(name) })) }],
  };
}

const NONE: Share = { nominal: 0, borrowed: 0 };
const amount = (name: QueuedResource, value: number): string => (name === 'memory' ? `${Math.floor(value / 2 ** 20)}Mi` : String(value));
