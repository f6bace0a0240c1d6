import type { Reader } from '../../reader.ts';
import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { Problem } from '../../rule.ts';
import { isPublic, isTlsOnly, statementsOf } from '../resource-policy.ts';
import { isOn } from '../values.ts';
import * as parts from './bucket-parts.ts';

/** One thing that a bucket, or what belongs to it, has to be: decided by itself, whatever else is not known. */
export interface BucketCheck {
  readonly on: readonly string[];
  readonly check: (graph: ResourceGraph, view: View) => readonly Problem[];
}

/** A bucket without a resource of these types, and without the older property of its own. Its path is that property's, so that a waiver can be about it alone. */
const has = (types: readonly string[], path: string, problem: string, inline: (bucket: Reader) => boolean): BucketCheck => ({
  on: parts.BUCKETS,
  check: (graph, bucket) => (parts.partsOf(graph, bucket, types).length > 0 || inline(bucket.reader) ? [] : [bucket.reader.problem(path, problem)]),
});

const on = (types: readonly string[], check: (part: Reader) => readonly Problem[]): BucketCheck => ({
  on: types,
  check: (_, { reader }) => check(reader),
});

const BLOCKS = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'] as const;
const ACCOUNT = 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock';
const byAccount = (graph: ResourceGraph): boolean => graph.of(ACCOUNT).some(({ reader }) => BLOCKS.every((block) => isOn(reader.get(block))));

const access: readonly BucketCheck[] = [
  {
    on: parts.ACCESS_BLOCKS,
    check: (graph, { reader }) =>
      byAccount(graph) ? [] : BLOCKS.flatMap((block) => reader.expect(block, isOn, 'lets the bucket be opened to the public')), // false by default
  },
  {
    // S3 closes what was made since April 2023, and nothing would close it again
    on: parts.BUCKETS,
    check: (graph, bucket) =>
      parts.partsOf(graph, bucket, parts.ACCESS_BLOCKS).length > 0 || byAccount(graph)
        ? []
        : [bucket.reader.problem('publicAccessBlock', 'leaves it to S3 whether it may be opened to the public')],
  },
  on(parts.OWNERSHIPS, (part) =>
    part.expect('rule.objectOwnership', (value) => value === undefined || value === 'BucketOwnerEnforced', 'lets ACLs decide who reads an object'),
  ), // enforced by default since April 2023
  on([...parts.BUCKETS, ...parts.ACLS], (part) =>
    part.expect('acl', (value) => typeof value !== 'string' || !/^(public-|authenticated-read)/.test(value), 'is open to everybody by its ACL'),
  ),
];

/** S3 encrypts with its own key unless it is told another; into what takes logs it writes with no other. */
function ownKey(path: string): BucketCheck['check'] {
  return (graph, part) => {
    const buckets = parts.BUCKETS.includes(part.resource.type) ? [part] : parts.bucketsOf(graph, part);
    return part.reader.list(path).flatMap((rule) => {
      const named = rule.text('applyServerSideEncryptionByDefault.sseAlgorithm')?.startsWith('aws:kms') === true;
      if (named && rule.has('applyServerSideEncryptionByDefault.kmsMasterKeyId')) return [];
      if (buckets.some((bucket) => parts.takesLogs(graph, bucket))) return [];
      return [rule.problem('applyServerSideEncryptionByDefault', 'encrypts with a key that is not its own')];
    });
  };
}

const INLINE_KEY = 'serverSideEncryptionConfiguration';
const encryption: readonly BucketCheck[] = [
  {
    on: parts.BUCKETS,
    check: (graph, bucket) =>
      bucket.reader.has(INLINE_KEY) || parts.partsOf(graph, bucket, parts.ENCRYPTIONS).length > 0 || parts.takesLogs(graph, bucket)
        ? []
        : [bucket.reader.problem(INLINE_KEY, 'is encrypted with a key that is not its own')],
  },
  { on: parts.BUCKETS, check: ownKey(`${INLINE_KEY}.rule`) },
  { on: parts.ENCRYPTIONS, check: ownKey('rules') },
];

const VERSIONLESS = 'keeps no versions: what is overwritten or deleted is gone';
const versions: readonly BucketCheck[] = [
  has(parts.VERSIONINGS, 'versioning', VERSIONLESS, (bucket) => isOn(bucket.get('versioning.enabled')) || isOn(bucket.get('objectLockEnabled'))), // a lock versions
  on(parts.VERSIONINGS, (part) => part.expect('versioningConfiguration.status', (value) => value === 'Enabled', VERSIONLESS)),
];

const policy: readonly BucketCheck[] = [
  has(parts.POLICIES, 'policy', 'answers without TLS', (bucket) => bucket.has('policy')),
  on([...parts.BUCKETS, ...parts.POLICIES], (part) => {
    if (!part.has('policy')) return [];
    const statements = statementsOf(part, 'policy');
    return [
      ...(statements.some(isTlsOnly) ? [] : [part.problem('policy', 'answers without TLS')]),
      ...(statements.some(isPublic) ? [part.problem('policy', 'lets everybody in the world in')] : []),
    ];
  }),
];

const LEFTOVERS = 'keeps, and pays for, the pieces of uploads that broke off';
const isAborting = (rule: Reader): boolean =>
  isOn(rule.get('enabled'))
    ? rule.has('abortIncompleteMultipartUploadDays')
    : rule.get('status') === 'Enabled' && rule.has('abortIncompleteMultipartUpload');

const life: readonly BucketCheck[] = [
  has(parts.LIFECYCLES, 'lifecycleRules', LEFTOVERS, (bucket) => bucket.list('lifecycleRules').some(isAborting)),
  on(parts.LIFECYCLES, (part) => (part.list('rules').some(isAborting) ? [] : [part.problem('rules', LEFTOVERS)])),
];

const logging: BucketCheck = {
  on: parts.BUCKETS,
  check: (graph, bucket) =>
    bucket.reader.has('logging') ||
    bucket.reader.has('loggings') ||
    parts.partsOf(graph, bucket, parts.LOGGINGS).length > 0 ||
    parts.takesLogs(graph, bucket)
      ? []
      : [bucket.reader.problem('logging', 'keeps no record of who reads it')],
};

export const BUCKET_CHECKS: readonly BucketCheck[] = [...access, ...encryption, ...versions, ...policy, ...life, logging];
