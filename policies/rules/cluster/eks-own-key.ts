import type { ResourceRule } from '../../rule.ts';

const CLUSTER = 'aws:eks/cluster:Cluster';

export const eksOwnKey: ResourceRule = {
  kind: 'resource',
  id: 'eks-own-key',
  title: 'the cluster’s data is encrypted by a key of its own',
  reason: 'With AWS’s own key nobody can see who decrypted the cluster’s Secrets, or take the right to do so away.',
  remedy: 'Let components/cluster make it, or set encryptionConfig with provider.keyArn and resources ["secrets"].',
  severity: 'high',
  ids: ['AWS-0039', 'CKV_AWS_58', 'CIS EKS 5.3.1'],
  scope: 'any',
  mustBeKnown: ['encryptionConfig.resources'],
  on: [CLUSTER],
  check: (eks) => {
    if (eks.list('encryptionConfig').length === 0) return [eks.problem('encryptionConfig', 'has no key of its own')];
    return eks.each('encryptionConfig', (config) => [
      ...(config.has('provider.keyArn') ? [] : [config.problem('provider.keyArn', 'has no key of its own')]),
      ...config.part(() =>
        config.texts('resources').includes('secrets') ? [] : [config.problem('resources', 'does not encrypt secrets by its key')],
      ),
    ]);
  },
  pass: [
    { type: CLUSTER, props: { encryptionConfig: { provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' }, resources: ['secrets'] } } },
  ],
  fail: [{ type: CLUSTER, props: {} }],
};
