import { isList, isMap, type Tree, type TreeMap } from '../../../runtime/model/layers/tree.ts';
import { fixed, free, HOURS, type Pricer } from '../line.ts';

/** Envoy Gateway has one load balancer made for each Gateway (30-platform, 3.2); what flows through it is traffic of the VPC. */
const gateway: Pricer = () => [fixed('network load balancer', 'nlb.hour', HOURS)];

/** Only one that asks for a load balancer has one. */
const service: Pricer = (inputs) =>
  inputs.text('spec.type', 'ClusterIP') === 'LoadBalancer'
    ? [fixed('load balancer', 'nlb.hour', HOURS)]
    : [free('name', 'an address inside the cluster is not charged')];

/** The volumes that a chart's values ask for; its pods run on nodes, which are charged. */
const release: Pricer = (_inputs, _context, { inputs }) => {
  const gib = isMap(inputs.values) ? volumesOf(inputs.values, 1) : 0;
  return gib === 0 ? [free('pods', 'they run on nodes, whose hours are counted')] : [fixed('volumes', 'ebs.gp3.gb', gib)];
};

/**
 * GiB of every claim below: `resources.requests.storage` as Kubernetes has it, `persistence.size` as charts have it, times the nearest count of replicas
 * at its side or above it. NaN for a size that nobody can read.
 */
function volumesOf(values: Tree, replicas: number): number {
  if (isList(values)) return total(values.map((child) => volumesOf(child, replicas)));
  if (!isMap(values)) return 0;
  const count = typeof values.replicas === 'number' ? values.replicas : replicas;
  const own = [claimOf(values), persistenceOf(values)].map((size) => (size === undefined ? 0 : count * gibOf(size)));
  return total([...own, ...Object.values(values).map((child) => volumesOf(child, count))]);
}

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

function claimOf({ resources }: TreeMap): Tree {
  return isMap(resources) && isMap(resources.requests) ? resources.requests.storage : undefined;
}

const persistenceOf = ({ persistence }: TreeMap): Tree => (isMap(persistence) && persistence.enabled === true ? persistence.size : undefined);

function gibOf(size: Tree): number {
  const [, amount, unit] = /^(\d+)([MGT])i$/.exec(typeof size === 'string' ? size : '') ?? [];
  return amount === undefined ? Number.NaN : Number(amount) * ({ M: 1 / 1024, G: 1, T: 1024 }[unit ?? ''] ?? Number.NaN);
}

export const kubernetesPricers: Readonly<Record<string, Pricer>> = {
  'kubernetes:gateway.networking.k8s.io/v1:Gateway': gateway,
  'kubernetes:core/v1:Service': service,
  'kubernetes:helm.sh/v3:Release': release,
};
