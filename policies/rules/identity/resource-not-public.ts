import { keyOf } from '../../resource.ts';
import type { ResourceRule } from '../../rule.ts';
import { isPublic, statementsOf } from '../resource-policy.ts';

const QUEUE = 'aws:sqs/queuePolicy:QueuePolicy';

/** What has a policy of its own, in words; buckets have a rule for themselves, and roles too. */
const SHARED: Readonly<Record<string, string>> = {
  'aws:kms/key:Key': 'key',
  'aws:kms/keyPolicy:KeyPolicy': 'key',
  'aws:sqs/queue:Queue': 'queue',
  [QUEUE]: 'queue',
  'aws:sns/topic:Topic': 'topic',
  'aws:sns/topicPolicy:TopicPolicy': 'topic',
  'aws:ecr/repositoryPolicy:RepositoryPolicy': 'repository',
  'aws:secretsmanager/secret:Secret': 'secret',
  'aws:secretsmanager/secretPolicy:SecretPolicy': 'secret',
  'aws:msk/clusterPolicy:ClusterPolicy': 'cluster',
  'aws:backup/vaultPolicy:VaultPolicy': 'vault',
};

const open = (account: string | null) => {
  const condition = account === null ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': account } } };
  const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*', ...condition };
  return [{ type: QUEUE, props: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }];
};

export const resourceNotPublic: ResourceRule = {
  kind: 'resource',
  id: 'resource-not-public',
  title: 'a key, queue, topic, secret or repository is open to named accounts alone',
  reason: 'A policy of a resource lets in accounts that no role of yours knows: with * anybody who has an AWS account decrypts, reads or sends.',
  remedy: 'Name accounts, roles or services as Principal, or bind the statement by aws:SourceAccount, aws:SourceArn or aws:PrincipalOrgID.',
  severity: 'critical',
  ids: ['CKV_AWS_32', 'CKV_AWS_33', 'CKV_AWS_168', 'CKV_AWS_169', 'CKV_AWS_385', 'CKV_AWS_387'],
  scope: 'any',
  on: Object.keys(SHARED),
  check: (resource, _, { type }) =>
    statementsOf(resource, 'policy').some(isPublic) ? [resource.problem('policy', `opens its ${SHARED[keyOf(type)]} to everybody`)] : [],
  pass: open('123456789012'),
  fail: open(null),
};
