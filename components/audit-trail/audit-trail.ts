import * as aws from '@pulumi/aws';
import { type ComponentResourceOptions, interpolate, type Output, output, type Resource } from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { Component } from '../base.ts';
import { Bucket } from '../storage/bucket.ts';
import { LOG_PREFIXES } from '../storage/deliveries.ts';
import { type AuditTrailArgs, planAuditTrail } from './plan.ts';

/**
 * The account's audit trail, in a bucket that outlives the environment.
 * @example new AuditTrail('prod-audit-trail', { env: 'prod', account, partition: 'aws', region, dataPolicy: 'keep', logsKeyArn: keys.logs, dataEventBuckets: [registry.arn], logDays: 365, accessLogsBucket: logs.name })
 */
export class AuditTrail extends Component {
  readonly bucketName: Output<string>;
  readonly arn: Output<string>;
  readonly ready: readonly Resource[];

  constructor(name: string, args: AuditTrailArgs, options?: ComponentResourceOptions) {
    const plan = planAuditTrail(args); // before super: a refused argument must leave no half-registered component
    super('weir:audit-trail:AuditTrail', name, {}, options);

    const suffix = new random.RandomString(`${name}-suffix`, { length: 8, upper: false, special: false }, this.child()).result;
    const bucket = new Bucket(
      `${name}-files`,
      {
        bucket: interpolate`weir-${args.env}-audit-${suffix}`,
        encryption: { kind: 'key', keyArn: args.logsKeyArn },
        dataPolicy: args.dataPolicy,
        lockable: true,
        lock: plan.lock,
        lives: plan.lives,
        noncurrentDays: 1,
        accessLogs: { bucket: args.accessLogsBucket, prefix: `${LOG_PREFIXES.access}audit/` },
        grants: plan.grants,
      },
      this.child(),
    );
    const objects = args.dataEventBuckets.map((arn) => interpolate`${arn}/`);
    const trail = new aws.cloudtrail.Trail(
      `${name}-trail`,
      {
        name: plan.trail,
        s3BucketName: bucket.bucketName,
        kmsKeyId: args.logsKeyArn,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        advancedEventSelectors: [
          { name: 'management', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
          {
            name: 'models',
            fieldSelectors: [
              { field: 'eventCategory', equals: ['Data'] },
              { field: 'resources.type', equals: ['AWS::S3::Object'] },
              { field: 'resources.ARN', startsWiths: output(objects) },
            ],
          },
        ],
      },
      this.child(),
    );

    this.bucketName = bucket.bucketName;
    this.arn = trail.arn;
    this.ready = [...bucket.ready, trail];
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }
}
