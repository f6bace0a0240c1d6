import { type PolicyKind, policyProblem } from './policy-document.ts';
import type { ValueRule } from './rule.ts';

const SOURCE = 'IAM User Guide, grammar of the policy language and quotas';
/** No action, no principal, an old version: what the reader has to refuse whatever the kind. */
const REFUSED = '{"Version":"2012-10-17","Statement":[{"Effect":"Permit","Action":"s3:GetObject","Resource":"*"}]}';

const documentAt = (type: string, path: string, kind: PolicyKind, longest: number): ValueRule => ({
  id: `${kind}-policy`,
  types: [type],
  path,
  problem: (value) => policyProblem(value, kind, longest),
  refuses: REFUSED,
  source: SOURCE,
});

/** JSON documents that the SDK sends as text; lengths are each service's quota. */
export const POLICY_RULES: readonly ValueRule[] = [
  documentAt('aws:iam/role:Role', 'assumeRolePolicy', 'trust', 2048),
  documentAt('aws:iam/role:Role', 'inlinePolicies.policy', 'identity', 10_240),
  documentAt('aws:iam/rolePolicy:RolePolicy', 'policy', 'identity', 10_240),
  documentAt('aws:iam/policy:Policy', 'policy', 'identity', 6144),
  documentAt('aws:eks/podIdentityAssociation:PodIdentityAssociation', 'policy', 'identity', 2048),
  documentAt('aws:s3/bucketPolicy:BucketPolicy', 'policy', 'resource', 20_480),
  documentAt('aws:kms/key:Key', 'policy', 'resource', 32_768),
  documentAt('aws:sqs/queue:Queue', 'policy', 'resource', 8192),
  documentAt('aws:sqs/queuePolicy:QueuePolicy', 'policy', 'resource', 8192),
  documentAt('aws:ec2/vpcEndpoint:VpcEndpoint', 'policy', 'resource', 20_480),
  documentAt('aws:msk/clusterPolicy:ClusterPolicy', 'policy', 'resource', 20_480),
  {
    id: 'json',
    types: ['aws:ecr/lifecyclePolicy:LifecyclePolicy'],
    path: 'policy',
    problem: json,
    refuses: '{rules: []}',
    source: 'AWS API reference, ECR PutLifecyclePolicy',
  },
  {
    id: 'json',
    types: ['aws:cloudwatch/eventRule:EventRule'],
    path: 'eventPattern',
    problem: json,
    refuses: '{source: aws.ec2}',
    source: 'AWS API reference, EventBridge PutRule, EventPattern',
  },
  {
    id: 'json',
    types: ['aws:eks/addon:Addon'],
    path: 'configurationValues',
    problem: json,
    refuses: 'enableNetworkPolicy: true',
    source: 'AWS API reference, EKS CreateAddon, configurationValues: JSON or YAML; Weir writes JSON',
  },
  {
    id: 'json',
    types: ['aws:msk/topic:Topic'],
    path: 'configs',
    problem: json,
    refuses: 'cleanup.policy=compact',
    source: 'Terraform registry, aws_msk_topic, configs',
  },
];

function json(value: unknown): string | null {
  try {
    const parsed: unknown = JSON.parse(String(value));
    return typeof parsed === 'object' && parsed !== null ? null : 'must be an object of JSON';
  } catch {
    return 'is not JSON';
  }
}
