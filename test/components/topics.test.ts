import { expect, test } from 'vitest';
import { Topics } from '../../components/topics/topics.ts';
import { AUDIT_TOPIC, VERDICT_TOPIC } from '../../runtime/telemetry/events.ts';
import { graphOf } from './stores.ts';

const TOPIC = 'aws:msk/topic:Topic';
const topics = async (dataPolicy: 'keep' | 'drop') => {
  const graph = await graphOf(() => new Topics('test-topics', { clusterArn: 'arn:cluster', replication: 3, dataPolicy, after: [] }));
  return [...graph.values()].filter(({ type }) => type === TOPIC);
};

test('the topics that the runtime writes to by itself are made, in the order in which they are read: with one partition', async () => {
  const made = (await topics('keep')).map(({ inputs }) => inputs);
  expect(made).toEqual([VERDICT_TOPIC, AUDIT_TOPIC].map((name) => ({ clusterArn: 'arn:cluster', name, partitionCount: 1, replicationFactor: 3 })));
});

test('kept topics are protected and left behind, dropped ones are not', async () => {
  expect((await topics('keep')).map(({ protect, retainOnDelete }) => [protect, retainOnDelete])).toEqual([
    [true, true],
    [true, true],
  ]);
  expect((await topics('drop')).map(({ protect, retainOnDelete }) => [protect, retainOnDelete])).toEqual([
    [false, false],
    [false, false],
  ]);
});
