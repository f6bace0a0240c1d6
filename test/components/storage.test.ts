import * as aws from '@pulumi/aws';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { deliveryGrants } from '../../components/storage/deliveries.ts';
import { BUCKETS, type BucketName, planStorage, type StorageArgs } from '../../components/storage/plan.ts';
import { Storage } from '../../components/storage/storage.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf, theOne } from './graphs.ts';

const ARGS: StorageArgs = {
  ...PLACE,
  dataPolicy: 'keep',
  keys: { data: 'arn:data-key', registry: 'arn:registry-key' },
  registryLock: 'governance',
  registryLockDays: 90,
  logDays: 365,
  flowLogDays: 30,
};
const recordStorage = (more: Partial<StorageArgs> = {}) => graphOf(() => new Storage('test-storage', { ...ARGS, ...more }));
const name = (bucket: BucketName, part: string) => `test-storage-${bucket}-${part}`;
const bucketPlan = (bucket: BucketName, more: Partial<StorageArgs> = {}) => {
  const { logs, others } = planStorage({ ...ARGS, ...more });
  return [logs, ...others].find((each) => each.bucket === bucket);
};

describe('every bucket', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await recordStorage();
  });
  const part = (bucket: BucketName, type: string, end: string) => theOne(graph, `aws:s3/${type}`, name(bucket, end)).inputs;

  test.each(BUCKETS)('AWS-0086, 0087, 0091, 0093, 0094, CKV_AWS_53 to 56: %s is public by no ACL and no policy', (bucket) => {
    expect(part(bucket, 'bucketPublicAccessBlock:BucketPublicAccessBlock', 'public-access')).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  test.each(BUCKETS)('AWS-0092, CKV2_AWS_65: %s knows no ACL at all', (bucket) => {
    expect(part(bucket, 'bucketOwnershipControls:BucketOwnershipControls', 'ownership').rule).toEqual({ objectOwnership: 'BucketOwnerEnforced' });
  });

  test.each(BUCKETS.filter((bucket) => bucket !== 'logs'))(
    'AWS-0088, AWS-0132, CKV_AWS_19, CKV_AWS_145: %s is encrypted with a key of ours, by bucket key',
    (bucket) => {
      const kmsMasterKeyId = bucket === 'registry' || bucket === 'serving' ? 'arn:registry-key' : 'arn:data-key';
      expect(part(bucket, 'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', 'encryption').rules).toEqual([
        { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId }, bucketKeyEnabled: true },
      ]);
    },
  );

  test('logs is encrypted by S3 itself: deliveries of access logs take no key', () => {
    expect(part('logs', 'bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', 'encryption').rules).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
    ]);
  });

  test.each(BUCKETS)('AWS-0090, CKV_AWS_21: %s keeps versions', (bucket) => {
    expect(part(bucket, 'bucketVersioning:BucketVersioning', 'versioning').versioningConfiguration).toEqual({ status: 'Enabled' });
  });

  test.each(BUCKETS.filter((bucket) => bucket !== 'logs'))('AWS-0089, CKV_AWS_18: access to %s is recorded, under its own prefix', (bucket) => {
    const { targetBucket, targetPrefix } = part(bucket, 'bucketLogging:BucketLogging', 'logging');
    expect(targetBucket).toMatch(/^weir-test-logs-/);
    expect(targetPrefix).toBe(`access/${bucket}/`);
  });

  test.each(BUCKETS)('CKV_AWS_70, CKV_AWS_379: %s refuses whoever comes without TLS, and admits nobody by name but services', (bucket) => {
    const policy = theOne(graph, 'aws:s3/bucketPolicy:BucketPolicy', name(bucket, 'policy'));
    const { TlsOnly: tls, ...others } = statementsOf(policy.inputs.policy);
    expect(tls).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(tls?.Resource).toEqual([expect.stringMatching(/^arn:aws:s3:::weir-test-/), expect.stringMatching(/^arn:aws:s3:::weir-test-.*\/\*$/)]);
    for (const { Principal: who, Condition: when } of Object.values(others)) {
      expect(Object.keys(who ?? {})).toEqual(['Service']);
      expect(JSON.stringify(when)).toContain(PLACE.account);
    }
    expect(needsOf(graph, policy)).toContain(name(bucket, 'public-access')); // S3 refuses both at once
  });

  test.each(BUCKETS)('CKV_AWS_300, CKV2_AWS_61: %s forgets uploads that never ended, and old versions', (bucket) => {
    const { rules } = part(bucket, 'bucketLifecycleConfiguration:BucketLifecycleConfiguration', 'lifecycle');
    expect(rules).toEqual(
      expect.arrayContaining([
        {
          id: 'leftovers',
          status: 'Enabled',
          filter: {},
          expiration: { expiredObjectDeleteMarker: true },
          noncurrentVersionExpiration: { noncurrentDays: expect.any(Number) },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ]),
    );
  });

  test('has a name that ends at random and is never too long', async () => {
    const long = await recordStorage({ env: 'a'.repeat(20) });
    const names = ofType(long, 'aws:s3/bucket:Bucket').map(({ inputs }) => String(inputs.bucket));
    for (const each of names) expect(each).toMatch(/^(?=.{3,63}$)weir-a{20}-[a-z]+-[a-z0-9]{8}$/);
    expect(new Set(names).size).toBe(BUCKETS.length);
  });

  test('whatever is kept keeps what protects it', () => {
    const parts = [...graph.values()].filter(({ type }) => type.startsWith('aws:s3/'));
    expect(parts.filter(({ protect, retainOnDelete }) => !protect || !retainOnDelete).map(({ name }) => name)).toEqual([]);
    expect(ofType(graph, 'aws:s3/bucket:Bucket').filter(({ inputs }) => inputs.forceDestroy !== false)).toEqual([]);
  });

  test('goes empty and whole when data may go', async () => {
    const dropped = await recordStorage({ dataPolicy: 'drop', registryLock: 'none' });
    for (const node of ofType(dropped, 'aws:s3/bucket:Bucket')) {
      expect([node.inputs.forceDestroy, node.protect, node.retainOnDelete]).toEqual([true, false, false]);
    }
  });

  test('is safe before anybody writes to it: its users wait for its policy, its encryption and its versions', async () => {
    const used = await graphOf(() => {
      const { buckets } = new Storage('test-storage', ARGS);
      return new aws.ec2.FlowLog('user', { logDestination: buckets.logs.arn });
    });
    const parts = ['policy', 'encryption', 'versioning'].map((end) => name('logs', end));
    expect(needsOf(used, theOne(used, 'aws:ec2/flowLog:FlowLog'))).toEqual(expect.arrayContaining(parts));
  });

  test('stands in a first preview as in the update', async () => {
    const preview = await graphOf(() => new Storage('test-storage', ARGS), true);
    expect([...preview.keys()].sort()).toEqual([...graph.keys()].sort());
  });
});

describe('the registry', () => {
  const LOCK = 'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration';

  test('CKV_AWS_143: is locked from creation on, for as long as the settings say', async () => {
    const graph = await recordStorage();
    expect(theOne(graph, 'aws:s3/bucket:Bucket', name('registry', 'bucket')).inputs.objectLockEnabled).toBe(true);
    expect(ofType(graph, LOCK).map(({ name, inputs }) => [name, inputs.rule])).toEqual([
      [name('registry', 'lock'), { defaultRetention: { mode: 'GOVERNANCE', days: 90 } }],
    ]);
    expect(ofType(graph, 'aws:s3/bucket:Bucket').filter(({ inputs }) => inputs.objectLockEnabled === true)).toHaveLength(1);
  });

  test('can hold single versions where nothing locks them all: a lock cannot be added to a bucket later', async () => {
    const graph = await recordStorage({ registryLock: 'none' });
    expect(theOne(graph, 'aws:s3/bucket:Bucket', name('registry', 'bucket')).inputs.objectLockEnabled).toBe(true);
    expect(ofType(graph, LOCK)).toEqual([]);
  });

  test('stays, locked, when data may go, and nobody empties it', async () => {
    const graph = await recordStorage({ dataPolicy: 'drop' });
    const { inputs, protect, retainOnDelete } = theOne(graph, 'aws:s3/bucket:Bucket', name('registry', 'bucket'));
    expect([inputs.forceDestroy, protect, retainOnDelete]).toEqual([false, false, true]);
  });

  test('is locked for ever by nobody who has not said that he understands', () => {
    expect(() => planStorage({ ...ARGS, registryLock: 'compliance' })).toThrow(
      'storage.registryLock  "compliance" cannot be undone by anybody, AWS included\n' +
        '  Set storage.iUnderstandThisIsIrreversible to true, or use "governance".',
    );
    expect(bucketPlan('registry', { registryLock: 'compliance', iUnderstandThisIsIrreversible: true })?.locks).toEqual([
      { mode: 'COMPLIANCE', days: 90 },
    ]);
  });

  test('keeps an overwritten version for a quarter, and no shorter than its lock', () => {
    expect(bucketPlan('registry', { registryLockDays: 1 })?.noncurrentDays).toBe(90);
    expect(bucketPlan('registry', { registryLockDays: 400 })?.noncurrentDays).toBe(400);
  });
});

describe('lives', () => {
  const lives = (bucket: BucketName) => Object.fromEntries((bucketPlan(bucket)?.lives ?? []).map(({ prefix, days }) => [prefix, days]));

  test.each<[BucketName, Record<string, number>]>([
    ['registry', {}],
    ['serving', {}],
    ['features', { 'feast/staging/': 7 }],
    ['lake', {}],
    ['athena', { '': 7 }],
    ['logs', { 'access/': 365, 'flow/': 30, 'load-balancers/': 365, 'control-plane/': 365 }],
  ])('of %s', (bucket, expected) => {
    expect(lives(bucket)).toEqual(expected);
  });

  test('raw profiles live a week, references for ever, the rest 400 days', () => {
    const { 'raw/': raw, ...rest } = lives('profiles');
    expect(raw).toBe(7);
    expect(new Set(Object.values(rest))).toEqual(new Set([400]));
    expect(Object.keys(rest)).toContain('bundles/');
    expect(Object.keys(rest).filter((prefix) => 'references/x.json'.startsWith(prefix))).toEqual([]);
  });

  test('old versions of served models live 30 days', () => {
    expect(bucketPlan('serving')?.noncurrentDays).toBe(30);
  });
});

describe('deliveries', () => {
  test('only the logs bucket takes any', () => {
    const { logs, others } = planStorage(ARGS);
    expect(logs.grants).not.toEqual([]);
    expect(others.flatMap(({ grants }) => grants)).toEqual([]);
  });

  test.each(deliveryGrants(PLACE))('$sid: of this account alone, and below its own prefix', ({ conditions, action, prefixes }) => {
    expect(conditions.StringEquals).toMatchObject({ 'aws:SourceAccount': PLACE.account });
    expect(conditions.ArnLike).toMatchObject({ 'aws:SourceArn': expect.stringMatching(/eu-west-1:123456789012|s3:::weir-test-/) });
    expect(prefixes.length > 0).toBe(action === 's3:PutObject');
  });

  test('flow logs and load balancers write as AWS asks for it, or it adds statements of its own', () => {
    const write = deliveryGrants(PLACE).find(({ sid }) => sid === 'AWSLogDeliveryWrite');
    expect(write).toMatchObject({
      service: 'delivery.logs.amazonaws.com',
      prefixes: ['flow/', 'load-balancers/'],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    });
    expect(deliveryGrants(PLACE).map(({ sid }) => sid)).toContain('AWSLogDeliveryAclCheck');
  });
});
