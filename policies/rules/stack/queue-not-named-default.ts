import { NO_DEFAULT_QUEUE } from '../../admission/queue-name.ts';
import type { ResourceRule } from '../../rule.ts';

const queue = (name: string) => ({
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'LocalQueue',
  metadata: { name, namespace: 'tenant-shop' },
  spec: { clusterQueue: 'tenant-shop' },
});

export const queueNotNamedDefault: ResourceRule = {
  kind: 'resource',
  id: 'queue-not-named-default',
  title: 'no queue of Kueue is named default',
  reason: 'Kueue puts every workload without a label into a queue of this name: models then wait for a quota of training, and stop being served.',
  remedy: 'Name the queue after its tenant, and label what is to wait in it.',
  severity: 'high',
  ids: [],
  scope: 'any',
  mustBeKnown: ['metadata.name'],
  on: ['kueue.x-k8s.io/LocalQueue'],
  check: (localQueue) =>
    localQueue.expect('metadata.name', (value) => value !== 'default', 'captures every workload of its namespace that has no label'),
  admission: NO_DEFAULT_QUEUE,
  pass: [{ props: queue('shop') }],
  fail: [{ props: queue('default') }],
};
