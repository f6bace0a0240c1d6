import { listed, pattern } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';

export const NODE_POOL = 'karpenter.sh/NodePool';

/** Devices that a node may have, as Kubernetes counts them. */
const DEVICES = ['nvidia.com/gpu', 'amd.com/gpu', 'aws.amazon.com/neuron'] as const;
/** Families of EC2 with accelerators: G and P, Inferentia and Trainium. */
const FAMILY = /^(g\d|gr\d|p\d|inf\d|trn\d)/;
const CATEGORY = /^(g|p|inf|trn)$/;
/** What is asked of the devices themselves. */
const DEVICE_KEY = /\/instance-(gpu|accelerator)-(count|name|manufacturer|memory)$/;
const INSTANCE_KEY = /\/(instance-family|instance-type)$/;

/** What limits the devices that a pool may launch: one of these is enough, since a family has one kind, and a number of nodes bounds them too. */
const LIMITS = [...DEVICES, 'nodes'];
export const DEVICE_LIMITS = LIMITS.map((limit) => ['spec', 'limits', limit]);

/** Whether its nodes have accelerators: by what it asks EC2 for, or by a taint that says so. A pool that asks for nothing in particular is none. */
export function isGpuPool(pool: Reader): boolean {
  return pool.list('spec.template.spec.requirements').some(asksForOne) || pool.list('spec.template.spec.taints').some(namesOne);
}

function asksForOne(requirement: Reader): boolean {
  const key = requirement.text('key') ?? '';
  const operator = requirement.text('operator');
  if (operator === 'NotIn' || operator === 'DoesNotExist') return false;
  if (DEVICE_KEY.test(key)) return operator !== 'Lt' && operator !== 'Lte'; // fewer than five may be none
  const values = requirement.texts('values');
  if (key.endsWith('/instance-category')) return values.some((value) => CATEGORY.test(value));
  return INSTANCE_KEY.test(key) && values.some((value) => FAMILY.test(value));
}

const namesOne = (taint: Reader): boolean => DEVICES.some((device) => device === taint.text('key'));

/** The same questions as the API server asks them. */
export const GPU_POOL = {
  life: 'object.spec.template.spec',
  taints: 'variables.life.?taints.orValue([])',
  asked: "variables.life.?requirements.orValue([]).filter(r, !(r.operator in ['NotIn', 'DoesNotExist']))",
  gpus: `variables.taints.exists(t, t.key in ${listed(DEVICES)})
    || variables.asked.exists(r, r.key.matches(${pattern(DEVICE_KEY)}) ? !(r.operator in ['Lt', 'Lte'])
      : r.key.endsWith('/instance-category') ? r.?values.orValue([]).exists(v, v.matches(${pattern(CATEGORY)}))
      : r.key.matches(${pattern(INSTANCE_KEY)}) && r.?values.orValue([]).exists(v, v.matches(${pattern(FAMILY)})))`,
  limited: `${listed(LIMITS)}.exists(d, d in object.spec.?limits.orValue({}))`,
} as const;
