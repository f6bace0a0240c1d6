import * as aws from '@pulumi/aws';
import { type ComponentResourceOptions, type Output, output, type Resource } from '@pulumi/pulumi';
import { Component, type DataPolicy } from '../base.ts';
import { policyDocument } from '../identity/policy.ts';
import { DELETION_WINDOW_DAYS, type KeyPlan, type KeyPurpose, type KeysArgs, planKeys } from './plan.ts';

/**
 * The environment's KMS keys, one per purpose.
 * @example new Keys('prod-keys', { env: 'prod', account: '123456789012', partition: 'aws', region: 'eu-west-1', dataPolicy: 'keep', lasting: ['logs'] })
 */
export class Keys extends Component {
  /** ARN of the key of the cluster's API data, node volumes and images. */
  readonly cluster: Output<string>;
  /** ARN of the key of databases, brokers, caches, backups and buckets of data. */
  readonly data: Output<string>;
  /** ARN of the key of models. */
  readonly registry: Output<string>;
  /** ARN of the key of log groups and the audit trail. */
  readonly logs: Output<string>;
  readonly ready: readonly Resource[];

  constructor(name: string, args: KeysArgs, options?: ComponentResourceOptions) {
    const plan = planKeys(args); // before super: a refused argument must leave no half-registered component
    super('weir:keys:Keys', name, {}, options);

    const keys = new Map(plan.keys.map((key) => [key.purpose, this.#key(name, key, args.dataPolicy)]));
    const arn = (purpose: KeyPurpose) => keys.get(purpose)?.arn ?? output(existing(plan.existing[purpose]));

    this.cluster = arn('cluster');
    this.data = arn('data');
    this.registry = arn('registry');
    this.logs = arn('logs');
    this.ready = [...keys.values()];
    this.registerOutputs({ cluster: this.cluster, data: this.data, registry: this.registry, logs: this.logs });
  }

  #key(name: string, { purpose, alias, description, statements, lasting }: KeyPlan, dataPolicy: DataPolicy): aws.kms.Key {
    const args = { description, policy: policyDocument(statements), enableKeyRotation: true, deletionWindowInDays: DELETION_WINDOW_DAYS };
    const key = new aws.kms.Key(`${name}-${purpose}`, args, lasting ? this.lasting(dataPolicy) : this.stateful(dataPolicy));
    new aws.kms.Alias(`${name}-${purpose}-alias`, { name: alias, targetKeyId: key.keyId }, this.child());
    return key;
  }
}

function existing(arn: string | undefined): string {
  if (arn === undefined) throw new Error('the plan has neither a key of ours nor of another team');
  return arn;
}
