import type { Reader } from '../../reader.ts';

export const SCALED_OBJECT = 'keda.sh/ScaledObject';

/** Triggers that ask nobody outside the cluster's own metrics: there is no answer that could be missing. */
const INSIDE = ['cpu', 'memory', 'cron', 'kubernetes-workload'];

/** Whether it depends on the answer of another system. */
export const asksOutside = (trigger: Reader): boolean => !INSIDE.includes(trigger.text('type') ?? '');

/** What a serving pod says of itself: where no pod is, the series is not. */
const OF_PODS = /\b(nv_(inference|gpu|cpu|energy)_\w+|vllm:\w+|weir_request\w*)/;

/** A query over metrics that vanish with the last replica. */
export const vanishesAtZero = (trigger: Reader): boolean =>
  trigger.text('type') === 'prometheus' && OF_PODS.test(trigger.text('metadata.query') ?? '');
