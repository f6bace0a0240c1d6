import type { Fixture, FixtureResource, GraphRule } from '../../rule.ts';
import { BUCKET_CHECKS } from './bucket-checks.ts';
import * as parts from './bucket-parts.ts';

const BUCKET = 'models-1a2b';
const TLS_ONLY = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${BUCKET}/*`, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
};

/** A bucket with all that belongs to it; its log goes to one that another stack has. */
function bucketOf(restrictPublicBuckets: boolean): Fixture {
  const part = ([type = '']: readonly string[], name: string, props: FixtureResource['props']): FixtureResource => ({
    type,
    name,
    props: { bucket: BUCKET, ...props },
    options: { dependencies: ['models'] },
  });
  const key = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/models' };
  return [
    { type: 'aws:s3/bucket:Bucket', name: 'models', props: { bucket: BUCKET } },
    part(parts.ACCESS_BLOCKS, 'access', { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets }),
    part(parts.OWNERSHIPS, 'ownership', { rule: { objectOwnership: 'BucketOwnerEnforced' } }),
    part(parts.ENCRYPTIONS, 'encryption', { rules: [{ applyServerSideEncryptionByDefault: key, bucketKeyEnabled: true }] }),
    part(parts.VERSIONINGS, 'versioning', { versioningConfiguration: { status: 'Enabled' } }),
    part(parts.POLICIES, 'policy', { policy: JSON.stringify(TLS_ONLY) }),
    part(parts.LIFECYCLES, 'lifecycle', {
      rules: [{ id: 'leftovers', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }],
    }),
    part(parts.LOGGINGS, 'logging', { targetBucket: 'logs-1a2b', targetPrefix: 'models/' }),
  ];
}

export const s3Baseline: GraphRule = {
  kind: 'graph',
  id: 's3-baseline',
  title: 'a bucket is closed, encrypted with an own key, versioned, logged, and speaks TLS alone',
  reason:
    'Buckets hold the models, the features and the lake: one that is open is found within hours, and one without versions loses what a job overwrites.',
  remedy:
    'Weir’s buckets have all of it; elsewhere add a BucketPublicAccessBlock, BucketServerSideEncryptionConfiguration, BucketVersioning, BucketPolicy, BucketLifecycleConfiguration and BucketLogging to the bucket.',
  severity: 'high',
  ids: `AWS-0086 AWS-0087 AWS-0088 AWS-0089 AWS-0090 AWS-0091 AWS-0092 AWS-0093 AWS-0094 AWS-0132
CKV_AWS_18 CKV_AWS_19 CKV_AWS_21 CKV_AWS_53 CKV_AWS_54 CKV_AWS_55 CKV_AWS_56 CKV_AWS_70 CKV_AWS_145 CKV_AWS_300 CKV_AWS_379 CKV2_AWS_6 CKV2_AWS_61 CKV2_AWS_65`.split(
    /\s+/,
  ),
  scope: 'any',
  needs: ['dependencies'],
  mustBeKnown: ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets', 'versioningConfiguration.status'],
  check: (graph) => BUCKET_CHECKS.flatMap(({ on, check }) => on.flatMap((type) => graph.each(type, (view) => check(graph, view)))),
  pass: bucketOf(true),
  fail: bucketOf(false),
};
