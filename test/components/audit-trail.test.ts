import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { AuditTrail } from '../../components/audit-trail/audit-trail.ts';
import { type AuditTrailArgs, planAuditTrail } from '../../components/audit-trail/plan.ts';
import { planKeys } from '../../components/keys/plan.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf, theOne } from './graphs.ts';

const ARGS: AuditTrailArgs = {
  ...PLACE,
  dataPolicy: 'drop',
  logsKeyArn: 'arn:logs-key',
  dataEventBuckets: ['arn:aws:s3:::registry', 'arn:aws:s3:::serving'],
  logDays: 365,
  accessLogsBucket: 'weir-test-logs-1',
};
const TRAIL = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/weir-test';

describe('an audit trail', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await graphOf(() => new AuditTrail('test-audit-trail', ARGS));
  });
  const trail = () => theOne(graph, 'aws:cloudtrail/trail:Trail');

  test('AWS-0014, CKV_AWS_67: records all regions, and services that have none', () => {
    expect(trail().inputs).toMatchObject({ isMultiRegionTrail: true, includeGlobalServiceEvents: true });
  });

  test('AWS-0015, CKV_AWS_35: is encrypted with a key of ours, that admits this very trail', () => {
    expect(trail().inputs).toMatchObject({ kmsKeyId: 'arn:logs-key', name: 'weir-test' });
    const { keys } = planKeys({ ...PLACE, dataPolicy: 'drop' });
    expect(JSON.stringify(keys.find(({ purpose }) => purpose === 'logs')?.statements)).toContain(TRAIL);
  });

  test('AWS-0016, CKV_AWS_36: signs what it writes, so that a changed file shows', () => {
    expect(trail().inputs.enableLogFileValidation).toBe(true);
  });

  test('records who read and wrote a model, beside who changed the account', () => {
    expect(trail().inputs.advancedEventSelectors).toEqual([
      { name: 'management', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
      {
        name: 'models',
        fieldSelectors: [
          { field: 'eventCategory', equals: ['Data'] },
          { field: 'resources.type', equals: ['AWS::S3::Object'] },
          { field: 'resources.ARN', startsWiths: ['arn:aws:s3:::registry/', 'arn:aws:s3:::serving/'] },
        ],
      },
    ]);
  });

  test('writes into a bucket that is locked for as long as a file lives', () => {
    const { inputs } = theOne(graph, 'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration');
    expect(inputs.rule).toEqual({ defaultRetention: { mode: 'GOVERNANCE', days: 365 } });
    expect(planAuditTrail(ARGS).lives).toEqual([{ name: 'log-files', prefix: '', days: 365 }]);
    expect(theOne(graph, 'aws:s3/bucket:Bucket').inputs).toMatchObject({ objectLockEnabled: true, forceDestroy: false });
  });

  test('D10: the bucket stays when data may go, with its policy, its lock and its encryption', () => {
    const parts = [...graph.values()].filter(({ type }) => type.startsWith('aws:s3/'));
    expect(parts.filter(({ retainOnDelete, protect }) => !retainOnDelete || protect).map(({ name }) => name)).toEqual([]);
  });

  test('CKV_AWS_70: the bucket takes files of this trail and of no other', () => {
    const { TrailWrites: write, TrailLooksAtTheBucket: look } = statementsOf(theOne(graph, 'aws:s3/bucketPolicy:BucketPolicy').inputs.policy);
    expect(write).toMatchObject({
      Action: ['s3:PutObject'],
      Resource: [expect.stringMatching(/\/AWSLogs\/123456789012\/\*$/)],
      Condition: { StringEquals: { 'aws:SourceArn': TRAIL, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    });
    expect(look).toMatchObject({ Action: ['s3:GetBucketAcl'], Condition: { StringEquals: { 'aws:SourceArn': TRAIL } } });
  });

  test('AWS-0163, CKV_AWS_18: access to the bucket is itself recorded', () => {
    expect(theOne(graph, 'aws:s3/bucketLogging:BucketLogging').inputs).toMatchObject({
      targetBucket: 'weir-test-logs-1',
      targetPrefix: 'access/audit/',
    });
  });

  test('begins when its bucket takes files: AWS refuses a trail that cannot write', () => {
    expect(needsOf(graph, trail())).toContain('test-audit-trail-files-policy');
    expect(ofType(graph, 'aws:s3/bucket:Bucket')).toHaveLength(1);
  });
});
