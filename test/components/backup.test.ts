import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { Backup } from '../../components/backup/backup.ts';
import { type BackupArgs, planBackup } from '../../components/backup/plan.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf, theOne } from './graphs.ts';

const ARGS: BackupArgs = {
  ...PLACE,
  dataPolicy: 'keep',
  keyArn: 'arn:data-key',
  dailyDays: 35,
  monthlyMonths: 12,
  copyRegion: 'eu-central-1',
  vaultLock: true,
  restoreTest: true,
  databases: ['arn:aws:rds:eu-west-1:123456789012:db:weir-test-postgres'],
  restoreSubnetGroup: 'weir-test-postgres',
};
const { copyRegion: _, ...ONE_REGION } = ARGS;
const VAULT = 'aws:backup/vault:Vault';
const LOCK = 'aws:backup/vaultLockConfiguration:VaultLockConfiguration';
const recordBackup = (args: BackupArgs) => graphOf(() => new Backup('test-backup', args));

describe('backups', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await recordBackup(ARGS);
  });

  test('are made every day and every month, and kept as long as the settings say, here and in the second region', () => {
    const { rules } = theOne(graph, 'aws:backup/plan:Plan').inputs;
    const copyArn = `arn:aws:backup:eu-central-1:123456789012:backup-vault:${String(theOne(graph, VAULT, '-copy').inputs.name)}`;
    const line = (ruleName: string, deleteAfter: number) =>
      expect.objectContaining({ ruleName, lifecycle: { deleteAfter }, copyActions: [{ destinationVaultArn: copyArn, lifecycle: { deleteAfter } }] });
    expect(rules).toEqual([line('daily', 35), line('monthly', 372)]);
  });

  test("start after the database's own backup and maintenance, and the two never at once", () => {
    const { rules } = planBackup(ARGS);
    const starts = rules.map(({ schedule }) => {
      const [, minute = '', hour = ''] = /^cron\((\d+) (\d+) /.exec(schedule) ?? [];
      return Number(hour) * 60 + Number(minute);
    });
    for (const start of starts) expect(start).toBeGreaterThanOrEqual(5 * 60 + 30); // an hour after the default maintenance ends
    expect(new Set(starts).size).toBe(starts.length);
  });

  test('are of what carries the tag, in this environment alone', () => {
    const { resources, conditions, selectionTags } = theOne(graph, 'aws:backup/selection:Selection').inputs;
    expect({ resources, conditions, selectionTags }).toEqual({
      resources: ['*'],
      conditions: [
        {
          stringEquals: [
            { key: 'aws:ResourceTag/backup', value: 'daily' },
            { key: 'aws:ResourceTag/env', value: 'test' },
          ],
        },
      ],
      selectionTags: undefined, // any of these would be enough, whatever the conditions say
    });
  });

  test('CKV_AWS_166: each vault has a key of ours, the copy one of its own region', () => {
    expect(theOne(graph, VAULT, '-vault').inputs.kmsKeyArn).toBe('arn:data-key');
    expect(theOne(graph, VAULT, '-copy').inputs).toMatchObject({ region: 'eu-central-1', kmsKeyArn: expect.stringContaining('copy-key') });
    const key = theOne(graph, 'aws:kms/key:Key');
    expect(key.inputs).toMatchObject({ region: 'eu-central-1', enableKeyRotation: true, deletionWindowInDays: 30 });
    expect(Object.keys(statementsOf(key.inputs.policy))).toEqual(['AccountDecidesByIam']);
    expect(theOne(graph, 'aws:kms/alias:Alias').inputs).toMatchObject({ region: 'eu-central-1', name: 'alias/weir-test-backup-copy' });
  });

  test('are locked in governance mode: nobody shortens a life, and the lock itself can be lifted', () => {
    const locks = ofType(graph, LOCK).map(({ inputs }) => inputs);
    expect(locks).toEqual([
      expect.objectContaining({ minRetentionDays: 35, maxRetentionDays: 372 }),
      expect.objectContaining({ minRetentionDays: 35, maxRetentionDays: 372, region: 'eu-central-1' }),
    ]);
    for (const lock of locks) expect(lock).not.toHaveProperty('changeableForDays'); // compliance mode, for ever
  });

  test('D10: locked vaults and the key of the copy stay when data may go', async () => {
    const dropped = await recordBackup({ ...ARGS, dataPolicy: 'drop' });
    const kept = [...ofType(dropped, VAULT), ...ofType(dropped, LOCK), ...ofType(dropped, 'aws:kms/key:Key')];
    expect(kept).toHaveLength(5);
    for (const { retainOnDelete, protect, inputs } of kept)
      expect([retainOnDelete, protect, inputs.forceDestroy ?? false]).toEqual([true, false, false]);
  });

  test('D10: without a lock they go with the stack when data may go', async () => {
    const dropped = await recordBackup({ ...ARGS, dataPolicy: 'drop', vaultLock: false });
    expect(ofType(dropped, LOCK)).toEqual([]);
    for (const { retainOnDelete, protect, inputs } of ofType(dropped, VAULT))
      expect([retainOnDelete, protect, inputs.forceDestroy]).toEqual([false, false, true]);
  });

  test('AWS-0342: the role that takes them cannot restore, and the one that restores cannot take any', () => {
    const roles = ofType(graph, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').map(({ inputs }) => inputs.policyArn);
    expect(roles).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores',
    ]);
    for (const { inputs } of ofType(graph, 'aws:iam/role:Role')) {
      expect(statementsOf(inputs.assumeRolePolicy).AssumedByTheService).toMatchObject({
        Principal: { Service: 'backup.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': PLACE.account } },
      });
    }
    expect(needsOf(graph, theOne(graph, 'aws:backup/selection:Selection'))).toContain('test-backup-role-policy');
  });

  test('are restored once a week to prove that they can be, into the network of the data stores', () => {
    expect(theOne(graph, 'aws:backup/restoreTestingPlan:RestoreTestingPlan').inputs).toMatchObject({
      name: 'weir_test',
      scheduleExpression: 'cron(0 8 ? * SUN *)',
      recoveryPointSelection: { algorithm: 'LATEST_WITHIN_WINDOW', recoveryPointTypes: ['SNAPSHOT'] },
    });
    expect(theOne(graph, 'aws:backup/restoreTestingSelection:RestoreTestingSelection').inputs).toMatchObject({
      protectedResourceType: 'RDS',
      protectedResourceArns: ARGS.databases,
      restoreMetadataOverrides: { dbSubnetGroupName: 'weir-test-postgres' },
    });
  });

  test('a name of a restore test holds letters, digits and underscores alone', () => {
    expect(planBackup({ ...ARGS, env: 'team-a-prod' }).restoreTests.map(({ name }) => name)).toEqual(['weir_team_a_prod']);
  });

  test('stay in one region, unlocked and untested, where the settings want no more', async () => {
    const plain = await recordBackup({ ...ONE_REGION, vaultLock: false, restoreTest: false, monthlyMonths: 0 });
    expect(ofType(plain, VAULT)).toHaveLength(1);
    expect([...plain.values()].filter(({ type }) => /kms|restoreTesting|Lock/i.test(type.split(':')[1] ?? ''))).toEqual([]);
    const { rules } = theOne(plain, 'aws:backup/plan:Plan').inputs;
    expect(Array.isArray(rules) && rules.map((rule: unknown) => (isMap(rule) ? rule.ruleName : null))).toEqual(['daily']);
  });

  test('are refused where nothing is kept, and where the second region is the first', () => {
    expect(() => planBackup({ ...ARGS, dailyDays: 0, monthlyMonths: 0 })).toThrow(
      'backup  keeps neither daily nor monthly backups\n  Set backup.dailyDays or backup.monthlyMonths.',
    );
    expect(() => planBackup({ ...ARGS, copyRegion: PLACE.region })).toThrow(
      'backup.copyRegion  "eu-west-1" is the environment\'s own region\n  Name another one, or leave it out.',
    );
  });

  test('have a second life: no name but roles and plans, which go with the stack, is fixed', () => {
    for (const { inputs } of ofType(graph, VAULT)) expect(inputs.name).toMatch(/^weir-test-[a-z0-9]{8}$/);
  });
});
