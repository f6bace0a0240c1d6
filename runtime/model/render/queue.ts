import type { TenantModel } from '../loaded.ts';
import type { Slot } from '../types.ts';
import { slotObjects, type WorkloadOf } from './dedicated.ts';
import { metadataOf, modelSelector } from './metadata.ts';
import { namespaceOf, slotName } from './names.ts';
import type { Workload } from './parts.ts';
import { PROXY_PORT } from './proxy.ts';
import { routeConfigMap, routeVolume, withRoute } from './queue-route.ts';
import { queueAuthentication } from './queue-scale.ts';
import { type QueueTopics, queueTopics } from './queue-topics.ts';
import type { KubernetesObject, RenderEnvironment, RenderStatus } from './types.ts';

/**
 * A model of pattern async or streaming: pods as online, no route at the gateway. The proxies of the slot that is stable read the topic. Each record
 * goes to the slot that the route's positions name for its key: to their own server, or over the other slot's Service; copies go as the mirror
 * says; whoever scored it, the reader writes the answer and then commits the offset. So a candidate reads nothing: it can be slow, wrong or dead
 * and no partition waits for it, and its share is what it would be online. At promotion the readers change within one consumer group.
 */
export function renderQueue(
  model: TenantModel,
  status: RenderStatus,
  environment: RenderEnvironment,
  workloadOf: WorkloadOf,
): readonly KubernetesObject[] {
  const topics = queueTopics(model);
  if (topics === null) throw new Error(`${model.model}: pattern ${model.pattern} reads no topic`);
  const consumer: WorkloadOf = (model, served, environment) => consumerOf(workloadOf(model, served, environment), model, served.slot, topics);
  return [routeConfigMap(model, status), peerPolicy(model), kafkaIdentity(model), ...slotObjects(model, status, environment, consumer)];
}

function consumerOf(workload: Workload, model: TenantModel, slot: Slot, topics: QueueTopics): Workload {
  const args = [
    `--consume=${topics.from}`,
    `--produce=${topics.to}`,
    `--group=${topics.consumerGroup}`,
    `--peer-a=${peerUrl(model, 'a')}`,
    `--peer-b=${peerUrl(model, 'b')}`,
    ...(model.async === undefined ? [] : [`--max-age=${model.async.maxAge}`, `--concurrency=${model.async.concurrency}`]),
  ];
  const containers = workload.containers.map((container) => (container.name === 'proxy' ? withRoute(container, slot, args) : container));
  return { ...workload, containers, volumes: [...workload.volumes, routeVolume(model)] };
}

function peerUrl({ tenant, model }: TenantModel, slot: Slot): string {
  return `http://${slotName(model, slot)}.${namespaceOf(tenant)}:${PROXY_PORT}`;
}

/** The slots' proxies reach each other, beside what every model's policy lets through. */
function peerPolicy(model: TenantModel): KubernetesObject {
  const selector = { podSelector: { matchLabels: modelSelector(model) } };
  const ports = [{ protocol: 'TCP', port: PROXY_PORT }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(model, `${model.model}.peers`),
    spec: { ...selector, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [selector], ports }], egress: [{ to: [selector], ports }] },
  };
}

/** KEDA reads the lag with its own identity; its role may describe groups and topics, and read no record. */
function kafkaIdentity(model: TenantModel): KubernetesObject {
  const metadata = metadataOf(model, queueAuthentication(model.model));
  return { apiVersion: 'keda.sh/v1alpha1', kind: 'TriggerAuthentication', metadata, spec: { podIdentity: { provider: 'aws' } } };
}
