import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument } from '../identity/policy.ts';

/** What EC2 and AWS Health tell about instances, as upstream's template listens to it (Karpenter 1.14). */
export const INTERRUPTIONS = {
  spot: { source: 'aws.ec2', detailType: 'EC2 Spot Instance Interruption Warning' },
  rebalance: { source: 'aws.ec2', detailType: 'EC2 Instance Rebalance Recommendation' },
  state: { source: 'aws.ec2', detailType: 'EC2 Instance State-change Notification' },
  health: { source: 'aws.health', detailType: 'AWS Health Event' },
  reservation: { source: 'aws.ec2', detailType: 'EC2 Capacity Reservation Instance Interruption Warning' },
} as const;

/** A spot instance has two minutes: what is five minutes old helps nobody. */
const RETENTION_SECONDS = 300;

/**
 * News of instances that are about to go, for Karpenter: it drains them in time. Five EventBridge rules and a queue; a few cents a month.
 * @example new Interruptions('prod-karpenter-interruptions', { queueName: 'weir-prod-karpenter' })
 */
export class Interruptions extends Component {
  readonly queueName: Output<string>;
  readonly queueArn: Output<string>;
  /** Queue, its policy, rules and targets. */
  readonly ready: readonly Resource[];

  constructor(name: string, { queueName }: { readonly queueName: string }, options?: ComponentResourceOptions) {
    super('weir:nodes:Interruptions', name, {}, options);
    const about = { name: queueName, messageRetentionSeconds: RETENTION_SECONDS, sqsManagedSseEnabled: true };
    const queue = new aws.sqs.Queue(`${name}-queue`, about, this.child());
    const rules = Object.entries(INTERRUPTIONS).map(([what, { source, detailType }]) => {
      const eventPattern = JSON.stringify({ source: [source], 'detail-type': [detailType] });
      const rule = { name: `${queueName}-${what}`, description: `${detailType}, for Karpenter`, eventPattern };
      return { what, rule: new aws.cloudwatch.EventRule(`${name}-${what}`, rule, this.child()) };
    });
    const access = policyDocument([
      {
        sid: 'AllowTheseRules',
        principal: { Service: 'events.amazonaws.com' },
        actions: ['sqs:SendMessage'],
        resources: [queue.arn],
        conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ rule }) => rule.arn) } },
      },
      {
        sid: 'DenyWithoutTls',
        effect: 'Deny',
        principal: { AWS: '*' },
        actions: ['sqs:*'],
        resources: [queue.arn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
    const policy = new aws.sqs.QueuePolicy(`${name}-policy`, { queueUrl: queue.url, policy: access }, this.child());
    const targets = rules.map(({ what, rule }) => {
      const link = { rule: rule.name, targetId: 'karpenter', arn: queue.arn };
      return new aws.cloudwatch.EventTarget(`${name}-${what}-target`, link, this.child({ dependsOn: [policy] }));
    });
    this.queueName = queue.name;
    this.queueArn = queue.arn;
    this.ready = [queue, policy, ...targets];
    this.registerOutputs({ queueName: this.queueName });
  }
}
