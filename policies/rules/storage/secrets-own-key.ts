import type { ResourceRule } from '../../rule.ts';

const SECRET = 'aws:secretsmanager/secret:Secret';

export const secretsOwnKey: ResourceRule = {
  kind: 'resource',
  id: 'secrets-own-key',
  title: 'a secret lies under an own key',
  reason: 'With the account’s key whoever may read secrets may read this one, and no key policy can say otherwise or end it.',
  remedy: 'Weir sets it; elsewhere set kmsKeyId of the aws.secretsmanager.Secret.',
  severity: 'medium',
  ids: ['AWS-0098', 'CKV_AWS_149'],
  scope: 'any',
  on: [SECRET],
  check: (secret) => (secret.has('kmsKeyId') ? [] : [secret.problem('kmsKeyId', 'is encrypted with a key that is not its own')]),
  pass: [{ type: SECRET, props: { name: 'weir/prod/example', kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/data' } }],
  fail: [{ type: SECRET, props: { name: 'weir/prod/example' } }],
};
