import type { ResourceRule } from '../../rule.ts';

const GROUP = 'aws:elasticache/replicationGroup:ReplicationGroup';

const cache = { engine: 'valkey', transitEncryptionEnabled: true };

export const valkeyAuthenticated: ResourceRule = {
  kind: 'resource',
  id: 'valkey-authenticated',
  title: 'a cache asks who reads it',
  reason: 'Without users or a password every pod that reaches its port reads and rewrites the features that models decide by.',
  remedy: 'Weir’s store of features has users of IAM; elsewhere set userGroupIds, or authToken, of the aws.elasticache.ReplicationGroup.',
  severity: 'high',
  ids: ['CKV_AWS_31'],
  scope: 'any',
  exceptions: [
    {
      urn: '*::weir:valkey:Valkey$aws:elasticache/replicationGroup:ReplicationGroup::*-rate-limits',
      path: 'userGroupIds',
      reason:
        'Envoy’s rate limit service knows passwords alone, and one would lie in the state: it holds counters, and only the nodes’ security group reaches it.',
    },
  ],
  on: [GROUP],
  check: (group) =>
    group.list('userGroupIds').length > 0 || group.has('authToken') ? [] : [group.problem('userGroupIds', 'answers whoever reaches its port')],
  pass: [{ type: GROUP, props: { ...cache, userGroupIds: ['features'] } }],
  fail: [{ type: GROUP, props: cache }],
};
