/**
 * From a model and the state of its rollout to the objects that the controller applies, `weir plan` prices and `weir render` prints.
 *
 * A renderer of its own kind takes the shared pieces from `render/`: names and labels (names.ts, metadata.ts), the slots of a status (slots.ts),
 * a pod's frame and parts (pod.ts, parts.ts, placement.ts, probes.ts, resources.ts), the proxy (proxy.ts), Triton (triton.ts, pbtxt.ts), the
 * files of a version (delivery.ts), and what a slot and a model have (slot.ts, scaled-object.ts, triggers.ts, route.ts, pod-monitor.ts,
 * network-policy.ts). One that differs in the pod alone gives a `WorkloadOf` to `renderDedicated` (dedicated.ts).
 */
import type { TenantModel } from './loaded.ts';
import { renderBatch } from './render/batch.ts';
import { renderDedicated } from './render/dedicated.ts';
import { inOrder } from './render/in-order.ts';
import { renderMember } from './render/pool-member.ts';
import { renderQueue } from './render/queue.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from './render/types.ts';
import { vllmWorkload } from './render/vllm.ts';
import { dedicatedWorkload } from './render/workload.ts';

export { firstStatus, UNRESOLVED_DIGEST } from './render/first-status.ts';
export { withOwner } from './render/owner.ts';

/**
 * Every object of the model below its `Model`, in the order of applying. Pure: it reads no clock, and equal arguments give equal objects,
 * whatever the order of their fields. What a slot's pods are made of follows from the model and the slot's version alone.
 * @param spec The effective spec, from a file or from the `Model` object.
 * @throws Error for a status that no controller may write (render/route.ts)
 */
export function render(spec: TenantModel, status: RenderStatus, environment: RenderEnvironment): readonly KubernetesObject[] {
  const model = inOrder(spec);
  const workloadOf = model.serving.engine === 'vllm' ? vllmWorkload : dedicatedWorkload;
  switch (model.pattern) {
    case 'batch':
      return renderBatch(model, status, environment, workloadOf);
    case 'async':
    case 'streaming':
      return renderQueue(model, status, environment, workloadOf);
    case 'online':
      break; // the common case
  }
  if (model.serving.mode === 'shared') return renderMember(model, status, environment);
  return renderDedicated(model, status, environment, workloadOf);
}
