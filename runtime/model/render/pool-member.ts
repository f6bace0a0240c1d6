import type { TenantModel } from '../loaded.ts';
import { memberService } from './pool-slices.ts';
import { httpRoute } from './route.ts';
import { backendTrafficPolicies } from './route-policy.ts';
import { servedSlots } from './slots.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from './types.ts';

/**
 * What a model of mode `shared` has of its own: a Service for each version and one route, as every model. Pods, autoscaler, monitor and network
 * policy are its pool's (`renderPool`). The controller adds the Services' EndpointSlices (`endpointSlices`), for only it knows the pods.
 */
export function renderMember(model: TenantModel, status: RenderStatus, environment: RenderEnvironment): readonly KubernetesObject[] {
  return [
    ...servedSlots(model, status).map((served) => memberService(model, served)),
    ...backendTrafficPolicies(model, status),
    httpRoute(model, status, environment),
  ];
}
