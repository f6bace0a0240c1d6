import type { PricedNode } from '../graph.ts';
import { InputReader } from '../input-reader.ts';
import { assumed, fixed, free, HOURS, type Line, type Pricer, type PricingContext, share } from '../line.ts';

const NAT = 'aws:ec2/natGateway:NatGateway';
const ENDPOINT = 'aws:ec2/vpcEndpoint:VpcEndpoint';
const FLOW_LOG = 'aws:ec2/flowLog:FlowLog';

const natGateway: Pricer = (_, context, node) => [
  fixed('NAT gateway', 'nat.hour', HOURS),
  assumed('traffic through NAT', 'nat.gb', share(context, 'natGb', node, context.nodes(NAT)), 'natGb'),
];

const address: Pricer = () => [fixed('public IPv4 address', 'ipv4.hour', HOURS)];

/** The provider's default is a gateway endpoint, which is free. */
const kindOf = (node: PricedNode): string => new InputReader(node.inputs).text('vpcEndpointType', 'Gateway');

const endpoint: Pricer = (inputs, context, node) => {
  const kind = kindOf(node);
  if (kind === 'Gateway') return [free('gateway endpoint', 'gateway endpoints of S3 and DynamoDB are not charged')];
  const sharers = context.nodes(ENDPOINT).filter((other) => kindOf(other) !== 'Gateway');
  const zones = inputs.has('subnetIds') ? inputs.size('subnetIds') : inputs.size('subnetConfigurations'); // an interface in each is charged by the hour
  return [
    fixed('interface endpoint, each zone', 'endpoint.hour', zones * HOURS),
    assumed('traffic through endpoints', 'endpoint.gb', share(context, 'endpointGb', node, sharers), 'endpointGb'),
  ];
};

/** Each flow log delivers a copy of its own. */
const flowLog: Pricer = (inputs, context) => {
  const gb = context.usage.quantities.flowLogGb;
  if (inputs.text('logDestinationType', 'cloud-watch-logs') !== 's3') return [assumed('flow logs to CloudWatch', 'logs.vended.gb', gb, 'flowLogGb')];
  const parquet = inputs.text('destinationOptions.fileFormat', 'plain-text') === 'parquet';
  return [
    assumed('flow logs to S3', 'logs.vended-s3.gb', gb, 'flowLogGb'),
    ...(parquet ? [assumed('flow logs to Parquet', 'logs.parquet.gb', gb, 'flowLogGb')] : []),
  ];
};

/** Traffic that no resource of ours is charged for by itself; it goes with the VPC, or with the cluster in a VPC that a team brought. */
export function traffic(context: PricingContext): readonly Line[] {
  const { crossZoneGb, internetGb } = context.usage.quantities;
  return [
    assumed('traffic between zones', 'transfer.zone.gb', 2 * crossZoneGb, 'crossZoneGb', 'each GB is charged where it leaves and where it arrives'),
    assumed('traffic to the internet', 'transfer.internet.gb', internetGb, 'internetGb'),
  ];
}

const vpc: Pricer = (_, context, node) => (context.nodes('aws:ec2/vpc:Vpc')[0]?.urn === node.urn ? traffic(context) : []);

export const networkPricers: Readonly<Record<string, Pricer>> = {
  [NAT]: natGateway,
  'aws:ec2/eip:Eip': address,
  [ENDPOINT]: endpoint,
  [FLOW_LOG]: flowLog,
  'aws:ec2/vpc:Vpc': vpc,
};
