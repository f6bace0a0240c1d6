import type { TenantModel } from '../loaded.ts';
import type { Slot } from '../types.ts';
import { metadataOf } from './metadata.ts';
import type { Container, Volume, VolumeMount } from './parts.ts';
import type { KubernetesObject, RenderStatus } from './types.ts';

/**
 * The route of a model that has no HTTPRoute: the intent itself, as a file that proxies and batch runs read and watch. Its record's key takes the
 * place of the caller's header: the bucket of the key (xxHash64, `proxy/assign.ts`) says which slot a record is for, so that a candidate gets the
 * share it would get online. Pods are not rolled by it. A kubelet brings a changed ConfigMap within about a minute, and at once when the pod's
 * annotations change, which is how the controller hurries a rollback; what verifies it is the counter that stands still, as everywhere.
 */
export function routeConfigMap(model: TenantModel, { route }: RenderStatus): KubernetesObject {
  const data = { 'route.json': `${JSON.stringify(route, null, 2)}\n` };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(model, routeName(model.model)), data };
}

/** No other ConfigMap of a model has a dot. */
function routeName(model: string): string {
  return `${model}.route`;
}

export function routeVolume({ model }: TenantModel): Volume {
  return { name: 'route', configMap: { name: routeName(model) } };
}

/** A folder, for a file that is mounted alone is never updated. */
const ROUTE_MOUNT: VolumeMount = { name: 'route', mountPath: '/etc/weir-route', readOnly: true };

/** The container, told where the route is and which slot it stands in: a role would change its pod with each promotion. */
export function withRoute(container: Container, slot: Slot, args: readonly string[]): Container {
  return {
    ...container,
    args: [...(container.args ?? []), `--slot=${slot}`, `--route=${ROUTE_MOUNT.mountPath}/route.json`, ...args],
    volumeMounts: [...container.volumeMounts, ROUTE_MOUNT],
  };
}
