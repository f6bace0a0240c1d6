import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { metadataOf } from './metadata.ts';
import { slotName } from './names.ts';
import { peakTriggers } from './peaks.ts';
import { startupSeconds } from './probes.ts';
import { otherSlot, type Served } from './slots.ts';
import { loadTriggers, type Trigger } from './triggers.ts';
import type { KubernetesObject, ObjectMeta, RenderEnvironment, RenderStatus } from './types.ts';

/**
 * The autoscaler of a slot: none or one. Stable always has one, the other slot only while baking: until then the controller sizes a candidate
 * by its share of the traffic (sizes.ts), which an autoscaler cannot know in advance.
 */
export function scaledObjects(model: TenantModel, served: Served, status: RenderStatus, environment: RenderEnvironment): readonly KubernetesObject[] {
  const autoscaled = served.slot === status.route.stableSlot || status.phase === 'Baking';
  if (!autoscaled) return [];
  const { peaks } = model.serving.autoscaling;
  const lead = startupSeconds(secondsOf(model.serving.loadTime));
  const triggers = [...loadTriggers(model, served.slot, environment), ...peakTriggers(peaks, lead)];
  return [scaledObject(model, served, minReplicas(model, status), triggers)];
}

/** @param min Zero: no replica while nothing asks. */
export function scaledObject(model: TenantModel, { slot }: Served, min: number, triggers: readonly Trigger[]): KubernetesObject {
  const { max, zero } = model.serving.autoscaling;
  // how long after the last trigger it goes to zero: the trigger itself looks back over `zero.after`
  const range = { min, max, cooldownSeconds: zero === undefined ? 300 : 60 };
  return autoscaler(metadataOf(model, slotName(model.model, slot), slot), range, triggers);
}

export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
  /** From the last trigger to zero replicas. */
  readonly cooldownSeconds: number;
}

/** The ScaledObject of the Deployment of the same name. */
export function autoscaler(metadata: ObjectMeta, { min, max, cooldownSeconds }: ReplicaRange, triggers: readonly Trigger[]): KubernetesObject {
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
      minReplicaCount: min,
      maxReplicaCount: Math.max(max, min, 1),
      pollingInterval: 15,
      cooldownPeriod: cooldownSeconds,
      // a Prometheus that does not answer keeps what is there, and never scales down
      fallback: { failureThreshold: 3, replicas: Math.max(1, min), behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOUR } },
      triggers,
    },
  };
}

/** Up by what is there again, or by two, in 30 s; down by one in two minutes, after five quiet ones. */
const BEHAVIOUR = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 30 },
      { type: 'Pods', value: 2, periodSeconds: 30 },
    ],
  },
  scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
};

/**
 * While another version runs beside stable, stable's minimum is what it has: traffic that moves away must not shrink it, for it may all come
 * back at once. The champion that stays warm while baking keeps as many.
 */
function minReplicas({ serving: { autoscaling } }: TenantModel, { route, stableReplicas }: RenderStatus): number {
  const min = autoscaling.zero === undefined ? autoscaling.min : 0;
  return otherSlot(route) === null ? min : Math.max(autoscaling.min, stableReplicas);
}
