import type { TenantModel } from '../loaded.ts';
import { versionVolumes } from './delivery.ts';
import { networkPolicy } from './network-policy.ts';
import type { MetricsPort, Workload } from './parts.ts';
import { podMonitor } from './pod-monitor.ts';
import { httpRoute } from './route.ts';
import { backendTrafficPolicies } from './route-policy.ts';
import { scaledObjects } from './scaled-object.ts';
import { wantedCandidate } from './sizes.ts';
import { slotConfigMap, slotDeployment, slotDisruptionBudget, slotService } from './slot.ts';
import { candidateSlot, type Served, servedSlots } from './slots.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from './types.ts';

/** Makes the pod of a version in its slot. It is given neither role nor weights, so a promotion cannot change a pod. */
export type WorkloadOf = (model: TenantModel, served: Served, environment: RenderEnvironment) => Workload;

/** A Deployment for each version in its slot, and one route before them. In the order in which they are applied: the route comes last. */
export function renderDedicated(
  model: TenantModel,
  status: RenderStatus,
  environment: RenderEnvironment,
  workloadOf: WorkloadOf,
): readonly KubernetesObject[] {
  return [...slotObjects(model, status, environment, workloadOf), ...backendTrafficPolicies(model, status), httpRoute(model, status, environment)];
}

/** What both slots consist of, without a route before them. */
export function slotObjects(
  model: TenantModel,
  status: RenderStatus,
  environment: RenderEnvironment,
  workloadOf: WorkloadOf,
): readonly KubernetesObject[] {
  const slots = servedSlots(model, status).map((served) => ({ served, workload: workloadOf(served.model, served, environment) }));
  const servers = metricsPorts(slots.map(({ workload }) => workload));
  const candidate = candidateSlot(status);
  return [
    networkPolicy(model, servers, environment),
    ...versionVolumes(
      slots.map(({ served }) => served),
      environment,
    ),
    ...slots.flatMap(({ served, workload }) => {
      const { model } = served;
      const replicas = served.slot === candidate ? wantedCandidate(status) : null;
      return [
        slotConfigMap(model, served, workload),
        slotDeployment({ model, served, workload, replicas }, environment),
        slotService(model, served),
        ...scaledObjects(model, served, status, environment),
        slotDisruptionBudget(model, served),
      ];
    }),
    podMonitor(model, servers),
  ];
}

/** Where metrics are besides the proxies', each once. */
export function metricsPorts(workloads: readonly Workload[]): readonly MetricsPort[] {
  return [...new Map(workloads.flatMap(({ metrics = [] }) => metrics.map((port) => [port.name, port] as const))).values()];
}
