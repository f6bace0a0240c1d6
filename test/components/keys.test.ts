import { describe, expect, test } from 'vitest';
import { Keys } from '../../components/keys/keys.ts';
import { KEY_PURPOSES, type KeysArgs, planKeys } from '../../components/keys/plan.ts';
import { graphOf, ofType, PLACE, statementsOf, theOne } from './graphs.ts';

const ARGS: KeysArgs = { ...PLACE, dataPolicy: 'drop' };
const ROOT = 'arn:aws:iam::123456789012:root';
const KEY = 'aws:kms/key:Key';

const recordKeys = (more: Partial<KeysArgs> = {}) => graphOf(() => new Keys('test-keys', { ...ARGS, ...more }));
const statements = (purpose: string) => planKeys(ARGS).keys.find((key) => key.purpose === purpose)?.statements ?? [];

describe('keys', () => {
  test('AWS-0065, CKV_AWS_7: every one rotates, and its deletion can be taken back for 30 days', async () => {
    const graph = await recordKeys();
    const keys = ofType(graph, KEY);
    expect(keys.map(({ name }) => name)).toEqual(KEY_PURPOSES.map((purpose) => `test-keys-${purpose}`));
    for (const { inputs } of keys) expect(inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
    expect(ofType(graph, 'aws:kms/alias:Alias').map(({ inputs }) => inputs.name)).toEqual(
      KEY_PURPOSES.map((purpose) => `alias/weir-test-${purpose}`),
    );
  });

  test('CKV2_AWS_64: each has a policy that leaves the account able to change it', async () => {
    for (const { inputs } of ofType(await recordKeys(), KEY)) {
      expect(statementsOf(inputs.policy).AccountDecidesByIam).toEqual({
        Sid: 'AccountDecidesByIam',
        Effect: 'Allow',
        Principal: { AWS: ROOT },
        Action: ['kms:*'],
        Resource: ['*'],
      });
    }
  });

  test.each(KEY_PURPOSES)('the key of %s admits nobody outside of the account, and no service without a condition', (purpose) => {
    for (const { principal, conditions } of statements(purpose).slice(1)) {
      expect(JSON.stringify(conditions)).toContain(PLACE.account);
      expect(principal).not.toEqual({ AWS: ROOT });
    }
  });

  test('data and models are reached by roles alone', () => {
    for (const purpose of ['data', 'registry']) expect(statements(purpose).map(({ sid }) => sid)).toEqual(['AccountDecidesByIam']);
  });

  test('volumes are encrypted through EC2 of this region, also for service-linked roles that a new account lacks', () => {
    const [, use, attach] = statements('cluster');
    const throughEc2 = { 'kms:CallerAccount': PLACE.account, 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' };
    expect(use?.conditions).toEqual({ StringEquals: throughEc2 });
    expect(attach).toMatchObject({
      actions: ['kms:CreateGrant'],
      conditions: { StringEquals: throughEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
  });

  test('logs are encrypted for log groups of this account and for the one trail', () => {
    const [, groups, trail] = statements('logs');
    expect(groups).toMatchObject({
      principal: { Service: 'logs.eu-west-1.amazonaws.com' },
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:123456789012:log-group:*' } },
    });
    expect(trail).toMatchObject({
      principal: { Service: 'cloudtrail.amazonaws.com' },
      actions: ['kms:GenerateDataKey', 'kms:DescribeKey'],
      conditions: { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/weir-test' } },
    });
  });

  test('no statement but the account’s allows an action by a wildcard', () => {
    const actions = KEY_PURPOSES.flatMap((purpose) => statements(purpose).slice(1)).flatMap((statement) => statement.actions);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('D10: keys go when data may go, but for those of what stays', async () => {
    const graph = await recordKeys({ lasting: ['registry', 'logs'] });
    const fate = (purpose: string) => {
      const { protect, retainOnDelete } = theOne(graph, KEY, `-${purpose}`);
      return { protect, retainOnDelete };
    };
    expect(fate('cluster')).toEqual({ protect: false, retainOnDelete: false });
    expect(fate('registry')).toEqual({ protect: false, retainOnDelete: true });
    expect(fate('logs')).toEqual({ protect: false, retainOnDelete: true });
  });

  test('D10: keys are protected and stay when data is kept', async () => {
    const graph = await recordKeys({ dataPolicy: 'keep' });
    expect(ofType(graph, KEY).filter(({ protect, retainOnDelete }) => !protect || !retainOnDelete)).toEqual([]);
  });

  test("another team's keys are passed on, and nothing is created", async () => {
    const arn = (purpose: string) => `arn:aws:kms:eu-west-1:123456789012:key/${purpose}`;
    const existing = { cluster: arn('c'), data: arn('d'), registry: arn('r'), logs: arn('l') };
    const seen: string[] = [];
    const graph = await graphOf(() => {
      const keys = new Keys('test-keys', { ...ARGS, existing });
      for (const purpose of KEY_PURPOSES) keys[purpose].apply((value) => seen.push(value));
    });
    expect([...graph.values()].filter(({ custom }) => custom).map(({ type }) => type)).toEqual([]);
    expect(seen).toEqual(Object.values(existing));
  });

  test('in another partition every ARN is of that partition', () => {
    const { keys } = planKeys({ ...ARGS, partition: 'aws-us-gov', region: 'us-gov-west-1' });
    expect(JSON.stringify(keys)).not.toContain('arn:aws:');
  });

  test('in China services have names of China: another one would encrypt no volume and no log group', () => {
    const { keys } = planKeys({ ...ARGS, partition: 'aws-cn', region: 'cn-north-1' });
    const text = JSON.stringify(keys);
    expect(text).toContain('"kms:ViaService":"ec2.cn-north-1.amazonaws.com.cn"');
    expect(text).toContain('"Service":"logs.cn-north-1.amazonaws.com.cn"');
  });
});
