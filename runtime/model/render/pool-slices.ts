import type { TenantModel } from '../loaded.ts';
import type { EffectivePool } from '../tenant-file.ts';
import type { Slot } from '../types.ts';
import { metadataOf } from './metadata.ts';
import { slotName } from './names.ts';
import { chosenPods, copiesOf } from './pool-placement.ts';
import { SLOT_PORTS } from './slot-map.ts';
import type { Served } from './slots.ts';
import type { KubernetesObject } from './types.ts';

/** A pod of a pool, as the controller sees it. */
export interface PoolPod {
  readonly name: string;
  /** IPv4 or IPv6. */
  readonly address: string;
  readonly node: string;
  readonly zone: string;
  /** It answers this version: asked of the pod itself, since a pool's own readiness says nothing about one model (10-rollout, 10). */
  readonly ready: boolean;
}

/** One port by one name: what a Service without a selector and its slices are matched by. */
const PORT_NAME = 'http';
const HTTP = { protocol: 'TCP', appProtocol: 'http' } as const;

/** The Service of a member's slot: without a selector, for the model lives on some of the pool's pods only. */
export function memberService(model: TenantModel, { slot }: Pick<Served, 'slot'>): KubernetesObject {
  const port = { name: PORT_NAME, port: SLOT_PORTS.a, targetPort: SLOT_PORTS[slot], ...HTTP };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(model, slotName(model.model, slot), slot),
    spec: { type: 'ClusterIP', ports: [port] },
  };
}

/** The EndpointSlices of that Service: its k pods of all pods of the pool, one slice for each kind of address. */
export function endpointSlices(model: TenantModel, pool: EffectivePool, slot: Slot, pods: readonly PoolPod[]): readonly KubernetesObject[] {
  const chosen = chosenPods(model.model, pods, copiesOf(model, pool));
  return (['IPv4', 'IPv6'] as const).flatMap((addressType) => {
    const here = chosen.filter(({ address }) => address.includes(':') === (addressType === 'IPv6'));
    return here.length === 0 ? [] : [slice(model, slot, addressType, here)];
  });
}

function slice(model: TenantModel, slot: Slot, addressType: 'IPv4' | 'IPv6', pods: readonly PoolPod[]): KubernetesObject {
  const service = slotName(model.model, slot);
  const { labels, ...metadata } = metadataOf(model, `${service}-${addressType.toLowerCase()}`, slot);
  const found = { 'kubernetes.io/service-name': service, 'endpointslice.kubernetes.io/managed-by': 'weir.dev' };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { ...labels, ...found } },
    addressType,
    ports: [{ name: PORT_NAME, port: SLOT_PORTS[slot], ...HTTP }],
    endpoints: [...pods].sort((one, other) => (one.address < other.address ? -1 : 1)).map((pod) => endpoint(pod, metadata.namespace)),
  };
}

function endpoint({ name, address, node, zone, ready }: PoolPod, namespace: string): object {
  const targetRef = { kind: 'Pod', name, namespace };
  return { addresses: [address], conditions: { ready, serving: ready, terminating: false }, nodeName: node, zone, targetRef };
}
