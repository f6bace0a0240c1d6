import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { labelsOf, metadataOf, slotSelector } from './metadata.ts';
import { slotName } from './names.ts';
import type { Workload } from './parts.ts';
import { placementOf } from './placement.ts';
import { podTemplate } from './pod.ts';
import { PROXY_PORT } from './proxy.ts';
import type { Served } from './slots.ts';
import type { KubernetesObject, RenderEnvironment } from './types.ts';

export interface SlotPods {
  readonly model: TenantModel;
  readonly served: Served;
  readonly workload: Workload;
  /** What the controller sets; null: the autoscaler does. */
  readonly replicas: number | null;
}

/**
 * The Deployment of a slot. It never carries `spec.replicas`: the autoscaler writes it for stable, the controller for a candidate (sizes.ts),
 * both through the scale subresource. A field that is applied and later left out falls back to 1, in the moment of promotion. What the
 * controller sets stands in the annotation `weir.dev/replicas`, for people and prices.
 */
export function slotDeployment({ model, served, workload, replicas }: SlotPods, { zones }: RenderEnvironment): KubernetesObject {
  const { slot, version } = served;
  const annotations = { 'weir.dev/version': version.version, 'weir.dev/digest': version.digest };
  const people = { 'weir.dev/owner': model.owner, ...(replicas === null ? {} : { 'weir.dev/replicas': String(replicas) }) };
  const selector = slotSelector(model, slot);
  const frame = {
    labels: labelsOf(model, slot),
    annotations: { ...annotations, ...workload.annotations },
    selector,
    placement: placementOf(model, zones),
    priority: model.risk === 'high' || model.risk === 'regulated' ? 'inference-critical' : 'inference',
  } as const;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadataOf(model, slotName(model.model, slot), slot), annotations: { ...annotations, ...people } },
    spec: {
      selector: { matchLabels: selector },
      // one at a time, and none goes before another has come
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      progressDeadlineSeconds: Math.max(Math.ceil(secondsOf(model.rollout.progressDeadline)), workload.startSeconds + 60),
      revisionHistoryLimit: 2,
      template: podTemplate(frame, workload),
    },
  };
}

/** `config.pbtxt` and the proxy's document. The pods carry a hash of it: they are rolled when it changes. */
export function slotConfigMap(model: TenantModel, { slot }: Served, { config }: Workload): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(model, slotName(model.model, slot), slot), data: config };
}

/** ClusterIP, and the proxy's port only: Triton's stay inside the pod. */
export function slotService(model: TenantModel, { slot }: Served): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(model, slotName(model.model, slot), slot),
    spec: {
      type: 'ClusterIP',
      selector: slotSelector(model, slot),
      ports: [{ name: 'http', port: PROXY_PORT, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  };
}

/** A node that is drained takes one replica at a time. */
export function slotDisruptionBudget(model: TenantModel, { slot }: Served): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(model, slotName(model.model, slot), slot),
    spec: { maxUnavailable: 1, selector: { matchLabels: slotSelector(model, slot) }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  };
}
