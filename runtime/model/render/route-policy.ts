import type { TenantModel } from '../loaded.ts';
import { metadataOf } from './metadata.ts';
import { modelName } from './names.ts';
import type { KubernetesObject, RenderStatus } from './types.ts';

/**
 * How the gateway picks within the route: none or one. Merged into the Gateway's own policy, so that its rate limits and timeouts stay.
 * - Sticky: the header's hash picks the position (Envoy: xxHash64 modulo the total weight over the cumulative weights, as `proxy/assign.ts`),
 *   and the replica behind it. Needs Envoy Gateway 1.9.
 * - Down to zero: requests go to the Service's address instead of its endpoints. Without a ready endpoint Envoy Gateway 1.9 puts a fixed 503
 *   in the place of the route, which counts nowhere by model: nothing would ever wake the model. By address they reach a cluster and count.
 */
export function backendTrafficPolicies(model: TenantModel, { route }: RenderStatus): readonly KubernetesObject[] {
  const { sticky } = route;
  const zero = model.serving.autoscaling.zero !== undefined;
  if (sticky === null && !zero) return [];
  const name = modelName(model.model);
  const hash = { loadBalancer: { type: 'ConsistentHash', consistentHash: { type: 'Headers', headers: [{ name: sticky?.header }] } } };
  return [
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'BackendTrafficPolicy',
      metadata: metadataOf(model, name),
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name }],
        mergeType: 'StrategicMerge',
        ...(sticky === null ? {} : hash),
        ...(zero ? { routingType: 'Service' } : {}),
      },
    },
  ];
}
