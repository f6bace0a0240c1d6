import type { Graph, Node } from '../../../cli/graph/node.ts';
import { statementsOf } from '../inputs/policy-document.ts';
import { numberAt, textAt, valuesAt } from '../inputs/values.ts';
import { EVERYWHERE, type RuleId } from './rule-id.ts';

const BUCKET = 'aws:s3/bucket:Bucket';
const ACCESS = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
const ENCRYPTION = 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration';
const LOGGING = 'aws:s3/bucketLogging:BucketLogging';
const VERSIONING = 'aws:s3/bucketVersioning:BucketVersioning';
const OWNERSHIP = 'aws:s3/bucketOwnershipControls:BucketOwnershipControls';
const POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
const LIFECYCLE = 'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration';
const LOCK = 'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration';
const KEY = 'aws:kms/key:Key';

/** The inputs of the resource of a type that belongs to a bucket; null where there is none. */
function partOf(bucket: Node, graph: Graph, type: string): Node['inputs'] | null {
  const names = [textAt(bucket.inputs, 'bucket') ?? bucket.name, `${bucket.name}-id`];
  const part = [...graph.values()].find((node) => node.type === type && names.includes(textAt(node.inputs, 'bucket') ?? ''));
  return part?.inputs ?? null;
}

const blocked = (ids: readonly string[], property: string, title: string): RuleId => ({
  ids,
  title,
  types: [BUCKET],
  holds: (bucket, graph) => partOf(bucket, graph, ACCESS)?.[property] === true,
  breaks: { type: ACCESS, changes: { [property]: false } },
});

const algorithm = (bucket: Node, graph: Graph): string | null =>
  textAt(partOf(bucket, graph, ENCRYPTION), 'rules.applyServerSideEncryptionByDefault.sseAlgorithm');

const statements = (bucket: Node, graph: Graph) => statementsOf(partOf(bucket, graph, POLICY)?.policy);

/** 30-platform 2.5. */
export const STORAGE: readonly RuleId[] = [
  {
    ids: ['AWS-0065', 'CKV_AWS_7'],
    title: 'keys rotate',
    types: [KEY],
    holds: ({ inputs }) => inputs.enableKeyRotation === true,
    breaks: { changes: { enableKeyRotation: false } },
  },
  blocked(['AWS-0086', 'CKV_AWS_53'], 'blockPublicAcls', 'a bucket takes no public ACL'),
  blocked(['AWS-0087', 'CKV_AWS_54'], 'blockPublicPolicy', 'a bucket takes no public policy'),
  blocked(['AWS-0091', 'CKV_AWS_55'], 'ignorePublicAcls', 'a bucket ignores public ACLs'),
  blocked(['AWS-0093', 'CKV_AWS_56'], 'restrictPublicBuckets', 'a public bucket is open to its account alone'),
  {
    ids: ['AWS-0094'],
    title: 'a bucket has its access blocked',
    types: [BUCKET],
    holds: (bucket, graph) => partOf(bucket, graph, ACCESS) !== null,
    breaks: { type: ACCESS },
  },
  {
    ids: ['AWS-0092'],
    title: 'a bucket has no ACL that opens it',
    types: [BUCKET],
    holds: (bucket, graph) =>
      textAt(partOf(bucket, graph, OWNERSHIP), 'rule.objectOwnership') === 'BucketOwnerEnforced' && bucket.inputs.acl === undefined,
    breaks: { type: OWNERSHIP, changes: { 'rule.objectOwnership': 'ObjectWriter' } },
  },
  {
    ids: ['AWS-0088', 'CKV_AWS_19'],
    title: 'a bucket is encrypted',
    types: [BUCKET],
    holds: (bucket, graph) => algorithm(bucket, graph) !== null,
    breaks: { type: ENCRYPTION },
  },
  {
    ids: ['AWS-0132', 'CKV_AWS_145'],
    title: 'a bucket is encrypted with an own key',
    types: [BUCKET],
    holds: (bucket, graph) =>
      algorithm(bucket, graph) === 'aws:kms' &&
      textAt(partOf(bucket, graph, ENCRYPTION), 'rules.applyServerSideEncryptionByDefault.kmsMasterKeyId') !== null,
    breaks: { type: ENCRYPTION, changes: { 'rules.applyServerSideEncryptionByDefault.sseAlgorithm': 'AES256' } },
    waived: [{ profiles: EVERYWHERE, named: /-logs-bucket$/, reason: 'S3 delivers access logs to a bucket with SSE-S3 only.', date: '2026-11-21' }],
  },
  {
    ids: ['AWS-0089', 'CKV_AWS_18'],
    title: 'who reads a bucket is logged',
    types: [BUCKET],
    holds: (bucket, graph) => textAt(partOf(bucket, graph, LOGGING), 'targetBucket') !== null,
    breaks: { type: LOGGING },
    waived: [
      {
        profiles: EVERYWHERE,
        named: /-logs-bucket$/,
        reason: 'The bucket of the access logs would log its own logging for ever.',
        date: '2026-11-21',
      },
    ],
  },
  {
    ids: ['AWS-0090', 'CKV_AWS_21'],
    title: 'a bucket keeps versions',
    types: [BUCKET],
    holds: (bucket, graph) => textAt(partOf(bucket, graph, VERSIONING), 'versioningConfiguration.status') === 'Enabled',
    breaks: { type: VERSIONING, changes: { 'versioningConfiguration.status': 'Suspended' } },
  },
  {
    ids: ['CKV_AWS_70'],
    title: 'no bucket’s policy allows anything to everybody',
    types: [BUCKET],
    holds: (bucket, graph) => statements(bucket, graph).every(({ effect, principals }) => effect === 'Deny' || !principals.includes('*')),
    breaks: {
      type: POLICY,
      changes: {
        policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}]}',
      },
    },
  },
  {
    ids: ['CKV_AWS_379'],
    title: 'a bucket speaks TLS alone',
    types: [BUCKET],
    holds: (bucket, graph) =>
      statements(bucket, graph).some(
        ({ effect, condition, actions }) =>
          effect === 'Deny' && actions.includes('s3:*') && textAt(condition, 'Bool.aws:SecureTransport') === 'false',
      ),
    breaks: { type: POLICY },
  },
  {
    ids: ['CKV_AWS_300'],
    title: 'uploads that broke off are removed',
    types: [BUCKET],
    holds: (bucket, graph) =>
      valuesAt(partOf(bucket, graph, LIFECYCLE), 'rules').some(
        ({ value }) => textAt(value, 'status') === 'Enabled' && numberAt(value, 'abortIncompleteMultipartUpload.daysAfterInitiation') !== null,
      ),
    breaks: { type: LIFECYCLE, changes: { 'rules.abortIncompleteMultipartUpload': null } },
  },
  {
    ids: ['CKV_AWS_143'],
    title: 'the registry is locked from its creation on',
    types: [BUCKET],
    of: ({ name }) => name.endsWith('-registry-bucket'),
    holds: (bucket, graph) => bucket.inputs.objectLockEnabled === true && textAt(partOf(bucket, graph, LOCK), 'rule.defaultRetention.mode') !== null,
    breaks: { type: LOCK },
    waived: [{ profiles: ['dev'], reason: 'dev drops its data with the stack, and a lock cannot be dropped.', date: '2026-11-21' }],
  },
];
