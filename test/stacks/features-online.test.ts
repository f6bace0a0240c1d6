import { expect, test } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import { environment } from '../../stacks/environment.ts';
import { configOf, recordEnvironment, stackValues } from '../support/environments.ts';

const DYNAMODB = { features: { online: 'dynamodb' } };

test('features in DynamoDB have no cluster that is paid by the hour: the gateway counts in the only one', async () => {
  const { graph } = await recordEnvironment('dev', { settings: DYNAMODB });
  const groups = [...graph.values()].filter(({ type }) => type === 'aws:elasticache/replicationGroup:ReplicationGroup');
  expect(groups.map(({ name }) => name)).toEqual(['dev-valkey-rate-limits']);
});

test('a platform that wants Valkey above a foundation without it is refused, with what to do', async () => {
  const below = await recordEnvironment('dev', { split: 'foundation', settings: DYNAMODB, world: { preview: false } });
  const platform = record(environment, {
    stack: 'dev-platform',
    config: configOf({ ...stackValues('dev'), layers: ['platform'], upstream: 'dev' }),
    state: ({ type }) => (type === 'pulumi:pulumi:StackReference' ? { outputs: below.outputs } : {}),
  });
  await expect(platform).rejects.toThrow(/weir:features\.online {2}the stack below has no Valkey for features[\s\S]*Say the same in both stacks/);
});
