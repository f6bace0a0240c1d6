import * as aws from '@pulumi/aws';
import { all, type ComponentResourceOptions, type CustomResourceOptions, type Input, interpolate, type Output, type Resource } from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { Component } from '../base.ts';
import { policyDocument, trustOf } from '../identity/policy.ts';
import { DELETION_WINDOW_DAYS } from '../keys/plan.ts';
import { type BackupArgs, type BackupPlan, planBackup, type VaultPlan } from './plan.ts';

/** A role and what allows it anything. */
interface Actor {
  readonly role: aws.iam.Role;
  readonly grant: Resource;
}

/**
 * Backups of the environment, their copies, and the proof that they can be restored.
 * @example new Backup('small-backup', { env: 'small', account, partition: 'aws', region, dataPolicy: 'keep', keyArn, dailyDays: 35, monthlyMonths: 0, vaultLock: true, restoreTest: true, databases: [postgres.arn], restoreSubnetGroup })
 */
export class Backup extends Component {
  readonly vaultArn: Output<string>;
  readonly ready: readonly Resource[];

  readonly #name: string;
  readonly #args: BackupArgs;
  /** Ends the vaults' names: a vault that outlived an environment must not stop its second life. */
  readonly #suffix: Output<string>;

  constructor(name: string, args: BackupArgs, options?: ComponentResourceOptions) {
    const plan = planBackup(args); // before super: a refused argument must leave no half-registered component
    super('weir:backup:Backup', name, {}, options);
    this.#name = name;
    this.#args = args;

    this.#suffix = new random.RandomString(`${name}-suffix`, { length: 8, upper: false, special: false }, this.child()).result;
    const vault = this.#vault(plan.vault, args.keyArn);
    const copies = plan.copies.map((copy) => this.#vault(copy, this.#copyKey(copy).arn, copy.region));
    const [backups, restores] = [this.#role('Backup'), this.#role('Restores')];
    this.#schedule(plan, vault, copies, backups);
    this.#restoreTests(plan, vault, restores);

    this.vaultArn = vault.arn;
    this.ready = [vault, ...copies];
    this.registerOutputs({ vaultArn: this.vaultArn });
  }

  #kept({ dataPolicy, lasting }: Pick<VaultPlan, 'dataPolicy' | 'lasting'>): CustomResourceOptions {
    return lasting ? this.lasting(dataPolicy) : this.stateful(dataPolicy);
  }

  #vault({ suffix, forceDestroy, locks, ...fate }: VaultPlan, kmsKeyArn: Input<string>, region?: string): aws.backup.Vault {
    const name = `${this.#name}-vault${suffix}`;
    const where = region === undefined ? {} : { region };
    const args = { name: interpolate`weir-${this.#args.env}-${this.#suffix}`, kmsKeyArn, forceDestroy, ...where };
    const vault = new aws.backup.Vault(name, args, this.#kept(fate));
    for (const lock of locks) {
      new aws.backup.VaultLockConfiguration(`${name}-lock`, { backupVaultName: vault.name, ...lock, ...where }, this.#kept(fate));
    }
    return vault;
  }

  #copyKey({ region, keyStatements, ...fate }: BackupPlan['copies'][number]): aws.kms.Key {
    const name = `${this.#name}-copy-key`;
    const { env } = this.#args;
    const args = {
      region,
      description: `weir ${env}: copies of backups`,
      policy: policyDocument(keyStatements),
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
    };
    const key = new aws.kms.Key(name, args, this.#kept(fate));
    new aws.kms.Alias(`${name}-alias`, { region, name: `alias/weir-${env}-backup-copy`, targetKeyId: key.keyId }, this.child());
    return key;
  }

  /** One that takes backups and cannot restore, one that restores: what tests a backup must not be able to spoil the next one. */
  #role(what: 'Backup' | 'Restores'): Actor {
    const { env, account, partition } = this.#args;
    const name = `${this.#name}-${what === 'Backup' ? 'role' : 'restore-role'}`;
    const trust = policyDocument([trustOf('backup.amazonaws.com', { StringEquals: { 'aws:SourceAccount': account } })]);
    const args = { name: `weir-${env}-${what === 'Backup' ? 'backup' : 'restore-test'}`, assumeRolePolicy: trust };
    const role = new aws.iam.Role(name, args, this.child());
    const policyArn = `arn:${partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${what}`;
    return { role, grant: new aws.iam.RolePolicyAttachment(`${name}-policy`, { role: role.name, policyArn }, this.child()) };
  }

  #schedule({ rules }: BackupPlan, vault: aws.backup.Vault, copies: readonly aws.backup.Vault[], { role, grant }: Actor): void {
    const lines = rules.map(({ name, schedule, deleteAfterDays }) => {
      const lifecycle = { deleteAfter: deleteAfterDays };
      const copyActions = copies.map((copy) => ({ destinationVaultArn: copy.arn, lifecycle }));
      return { ruleName: name, targetVaultName: vault.name, schedule, startWindow: 60, completionWindow: 360, lifecycle, copyActions };
    });
    const { env } = this.#args;
    const plan = new aws.backup.Plan(`${this.#name}-plan`, { name: `weir-${env}`, rules: lines }, this.child());
    const both = [
      { key: 'aws:ResourceTag/backup', value: 'daily' },
      { key: 'aws:ResourceTag/env', value: env }, // another environment of the account has its own plan
    ];
    const selection = { name: `weir-${env}`, planId: plan.id, iamRoleArn: role.arn, resources: ['*'], conditions: [{ stringEquals: both }] };
    new aws.backup.Selection(`${this.#name}-selection`, selection, this.child({ dependsOn: [grant] }));
  }

  #restoreTests({ restoreTests }: BackupPlan, vault: aws.backup.Vault, { role, grant }: Actor): void {
    for (const { name, schedule } of restoreTests) {
      const newest = {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [vault.arn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 7,
      };
      const tests = { name, scheduleExpression: schedule, startWindowHours: 4, recoveryPointSelection: newest };
      const plan = new aws.backup.RestoreTestingPlan(`${this.#name}-restore-test`, tests, this.child());
      const databases = {
        name: 'databases',
        restoreTestingPlanName: plan.name,
        protectedResourceType: 'RDS',
        protectedResourceArns: all([...this.#args.databases]),
        restoreMetadataOverrides: { dbSubnetGroupName: this.#args.restoreSubnetGroup },
        validationWindowHours: 1,
        iamRoleArn: role.arn,
      };
      new aws.backup.RestoreTestingSelection(`${this.#name}-restore-test-databases`, databases, this.child({ dependsOn: [grant] }));
    }
  }
}
