import type { ResourceRule } from '../../rule.ts';

const VAULT = 'aws:backup/vault:Vault';

export const backupVaultKey: ResourceRule = {
  kind: 'resource',
  id: 'backup-vault-key',
  title: 'backups lie under an own key',
  reason: 'A backup under the account’s key cannot be copied to another account, and whoever may restore may read it.',
  remedy: 'Weir sets it; elsewhere set kmsKeyArn of the aws.backup.Vault, which can be done at its creation alone.',
  severity: 'medium',
  ids: ['CKV_AWS_166'],
  scope: 'any',
  on: [VAULT],
  check: (vault) => (vault.has('kmsKeyArn') ? [] : [vault.problem('kmsKeyArn', 'is encrypted with a key that is not its own')]),
  pass: [{ type: VAULT, props: { name: 'daily', kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/data' } }],
  fail: [{ type: VAULT, props: { name: 'daily' } }],
};
