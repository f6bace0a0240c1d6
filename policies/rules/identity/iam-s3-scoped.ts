import type { Problem, ResourceRule } from '../../rule.ts';
import { ATTACHMENTS, GRANTS, grantsOf, isBound, managedOf, rolePolicy } from './grants.ts';
import type { Statement } from './policy-document.ts';

/** About the account, not about a bucket: IAM's table of actions has no resource for them. */
const OF_ACCOUNT =
  /^s3:(ListAllMyBuckets|HeadBucket|(Get|Put)AccountPublicAccessBlock|List(AccessPoints\w*|Jobs|MultiRegionAccessPoints|StorageLens\w+)|CreateJob)$/;

/** AWS’s own policies that name no bucket. */
const OF_EVERY_BUCKET: ReadonlyMap<string, string> = new Map([
  ['AmazonS3FullAccess', 'allows all of S3 on every bucket'],
  ['AmazonS3ReadOnlyAccess', 'reads every bucket of the account'],
  ['ReadOnlyAccess', 'reads every bucket of the account'],
]);

export const iamS3Scoped: ResourceRule = {
  kind: 'resource',
  id: 'iam-s3-scoped',
  title: 'access to S3 names its actions and its buckets',
  reason:
    'The registry, the lake and the audit trail are buckets of one account: a policy on all of them reads every tenant’s data and can rewrite the evidence.',
  remedy: 'Name the actions and the bucket’s ARN with a prefix, such as arn:aws:s3:::my-models/shop/*.',
  severity: 'high',
  ids: ['AWS-0345', 'CKV_AWS_108', 'CKV_AWS_288'],
  scope: 'any',
  on: [...new Set([...GRANTS, ...ATTACHMENTS])],
  check: (resource, _, { type }) => [
    ...grantsOf(resource, type).flatMap(unscoped),
    ...managedOf(resource, type).flatMap(({ at, name }) => {
      const problem = OF_EVERY_BUCKET.get(name);
      return problem === undefined ? [] : [at.problem('', problem)];
    }),
  ],
  pass: rolePolicy({ Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::my-models/shop/*' }),
  fail: rolePolicy({ Action: ['s3:GetObject'], Resource: '*' }),
};

function unscoped({ at, actions, resources, conditions, allBut }: Statement): readonly Problem[] {
  const ours = actions.filter((action) => /^s3:/i.test(action) && !OF_ACCOUNT.test(action));
  if (ours.length === 0) return [];
  if (ours.includes('s3:*')) return [at.problem('Action', 'allows all of S3')];
  const everywhere = !isBound(conditions) && (allBut.includes('Resource') || resources.some(isEveryBucket));
  return everywhere ? [at.problem('Resource', `allows ${ours.join(', ')} on every bucket`)] : [];
}

const isEveryBucket = (resource: string): boolean => /^(\*|arn:[a-z*-]+:(\*|s3:\*:\*:\*|s3:::\*(\/\*)?))$/.test(resource);
