import type { Grant } from './bucket-plan.ts';

/** Whose logs are taken in. */
export interface DeliveryPlace {
  readonly env: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/** Where each kind of log lies in the `logs` bucket: each has its own life, and what writes one cannot touch the others. */
export const LOG_PREFIXES = {
  access: 'access/',
  flow: 'flow/',
  loadBalancers: 'load-balancers/',
  controlPlane: 'control-plane/',
} as const;

/**
 * The services of AWS that write logs of this account into the `logs` bucket. Each names the account or resource it writes for, so that nobody
 * else's logs can be made to land here. Names of statements are those that AWS looks for before it adds its own.
 */
export function deliveryGrants({ env, account, partition, region }: DeliveryPlace): readonly Grant[] {
  const delivery = 'delivery.logs.amazonaws.com'; // flow logs and network load balancers
  const ours = { 'aws:SourceAccount': account };
  const logsHere = { ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` } };
  const balancersHere = { ArnLike: { 'aws:SourceArn': `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/*` } };
  return [
    {
      sid: 'AccessLogs', // S3 user guide, "Enabling Amazon S3 server access logging"
      service: 'logging.s3.amazonaws.com',
      action: 's3:PutObject',
      prefixes: [LOG_PREFIXES.access],
      conditions: { StringEquals: ours, ArnLike: { 'aws:SourceArn': `arn:${partition}:s3:::weir-${env}-*` } },
    },
    {
      sid: 'AWSLogDeliveryWrite', // VPC user guide, "Amazon S3 bucket permissions for flow logs"
      service: delivery,
      action: 's3:PutObject',
      prefixes: [LOG_PREFIXES.flow, LOG_PREFIXES.loadBalancers],
      conditions: { StringEquals: { ...ours, 's3:x-amz-acl': 'bucket-owner-full-control' }, ...logsHere },
    },
    { sid: 'AWSLogDeliveryAclCheck', service: delivery, action: 's3:GetBucketAcl', prefixes: [], conditions: { StringEquals: ours, ...logsHere } },
    {
      sid: 'ApplicationLoadBalancers', // ELB user guide, "Enable access logs for your Application Load Balancer"
      service: 'logdelivery.elasticloadbalancing.amazonaws.com',
      action: 's3:PutObject',
      prefixes: [LOG_PREFIXES.loadBalancers],
      conditions: { StringEquals: ours, ...balancersHere },
    },
  ];
}
