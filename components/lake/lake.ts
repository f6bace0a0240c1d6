import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument, trustOf } from '../identity/policy.ts';
import { LAKE_LOG_STREAM, type LakeArgs, type LakePlan, planLake } from './plan.ts';
import { deliveryRights } from './rights.ts';
import { workgroupOf } from './workgroup.ts';

/**
 * The lake without its tenants: each brings tables and streams of its own (components/tenant).
 * @example new Lake('prod-lake', { env: 'prod', account, region, partition, dataPolicy: 'keep', buckets, keys, kafkaArn, logDays: 90, after: [] })
 */
export class Lake extends Component {
  /** The catalogue's name. */
  readonly database: Output<string>;
  /** Athena's workgroup: every query of Weir's goes through it. */
  readonly workgroup: Output<string>;
  /** ARN of the role that streams deliver with. */
  readonly deliveryRole: Output<string>;
  /** What streams and tables need. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: LakeArgs, options?: ComponentResourceOptions) {
    const plan = planLake(args);
    super('weir:lake:Lake', name, {}, options);

    // deleting a catalogue deletes its tables, so it stays when they do
    const database = new aws.glue.CatalogDatabase(
      `${name}-catalogue`,
      { name: plan.database, description: 'Weir: predictions and labels of all tenants' },
      this.stateful(args.dataPolicy),
    );
    const { account, buckets, keys, dataPolicy } = args;
    const results = pulumi.interpolate`${buckets.athena}/results/`;
    const queries = workgroupOf({ name: plan.workgroup, results, keyArn: keys.data, account, mostBytes: plan.mostBytes, dataPolicy });
    const workgroup = new aws.athena.Workgroup(`${name}-queries`, queries, this.child());
    const log = new aws.cloudwatch.LogGroup(
      `${name}-failures`,
      { name: plan.logGroup, retentionInDays: args.logDays, kmsKeyId: args.keys.logs },
      this.child(),
    );
    const lines = new aws.cloudwatch.LogStream(`${name}-failures-s3`, { logGroupName: log.name, name: LAKE_LOG_STREAM }, this.child());
    const trust = policyDocument([trustOf('firehose.amazonaws.com', { StringEquals: { 'aws:SourceAccount': args.account } })]);
    const role = new aws.iam.Role(`${name}-delivery`, { name: plan.roleName, assumeRolePolicy: trust }, this.child({ dependsOn: [...args.after] }));
    const rights = new aws.iam.RolePolicy(
      `${name}-delivery-policy`,
      { role: role.name, name: plan.roleName, policy: rightsOf(args, plan) },
      this.child(),
    );

    this.database = database.name;
    this.workgroup = workgroup.name;
    this.deliveryRole = role.arn;
    this.ready = [database, workgroup, lines, rights];
    this.registerOutputs({ database: this.database, workgroup: this.workgroup, deliveryRole: this.deliveryRole });
  }
}

function rightsOf({ account, region, partition, buckets, keys, kafkaArn }: LakeArgs, { database, logGroup }: LakePlan): Output<string> {
  return pulumi.all([buckets.lake, keys.data, kafkaArn]).apply(([bucket, dataKey, brokers]) => {
    return policyDocument(deliveryRights({ partition, region, account, database, logGroup, bucket, dataKey, kafkaArn: brokers }));
  });
}
