import { listed, pattern } from '../../admission/cel.ts';
import type { Kinds } from '../../admission/form.ts';
import type { Reader } from '../../reader.ts';

export const SCALED_OBJECT = 'keda.sh/ScaledObject';
export const SCALED_OBJECT_KIND: readonly Kinds[] = [{ apiGroups: ['keda.sh'], resources: ['scaledobjects'] }];

/** Triggers that ask nobody outside the cluster's own metrics: there is no answer that could be missing. */
const INSIDE = ['cpu', 'memory', 'cron', 'kubernetes-workload'];

/** Whether it depends on the answer of another system. */
export const asksOutside = (trigger: Reader): boolean => !INSIDE.includes(trigger.text('type') ?? '');

/** What a serving pod says of itself: where no pod is, the series is not. */
const OF_PODS = /\b(nv_(inference|gpu|cpu|energy)_\w+|vllm:\w+|weir_request\w*)/;

/** A query over metrics that vanish with the last replica. */
export const vanishesAtZero = (trigger: Reader): boolean =>
  trigger.text('type') === 'prometheus' && OF_PODS.test(trigger.text('metadata.query') ?? '');

/** The same questions as the API server asks them, each over a trigger `t`. */
export const TRIGGERS = { triggers: 'object.spec.?triggers.orValue([])' } as const;
export const OUTSIDE = `!(t.type in ${listed(INSIDE)})`;
export const VANISHES = `t.type == 'prometheus' && t.?metadata[?'query'].orValue('').matches(${pattern(OF_PODS)})`;
