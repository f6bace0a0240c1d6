import type { UsageKey } from '../assumptions.ts';
import type { PricedNode } from '../graph.ts';
import { InputReader } from '../input-reader.ts';
import { assumed, DAYS, fixed, type Pricer, type PricingContext, share, unpriced } from '../line.ts';

const GROUP = 'aws:cloudwatch/logGroup:LogGroup';

/** What EKS and MSK deliver is billed as vended logs, other logs at the dearer price of custom ones. */
const SENDERS: Readonly<Record<string, { readonly key: UsageKey; readonly price: string }>> = {
  cluster: { key: 'controlPlaneLogGb', price: 'logs.vended.gb' },
  kafka: { key: 'brokerLogGb', price: 'logs.vended.gb' },
  valkey: { key: 'databaseLogGb', price: 'logs.ingest.gb' },
  postgres: { key: 'databaseLogGb', price: 'logs.ingest.gb' },
};
const OTHER = { key: 'otherLogGb', price: 'logs.ingest.gb' } satisfies (typeof SENDERS)[string];
/** Kept for ever: a year's worth is counted. */
const FOR_EVER_DAYS = 365;

/** By the topic; in the cluster's the control plane writes to `/aws/eks/<name>/cluster` alone. */
function senderOf(context: PricingContext, node: PricedNode) {
  const topic = context.topicOf(node);
  const name = new InputReader(node.inputs).text('name', '');
  if (topic === 'cluster' && !name.startsWith('/aws/eks/')) return OTHER;
  return SENDERS[topic] ?? OTHER;
}

/** Groups of one sender share what it writes; all of it is taken to be kept as long as the longest of them keeps it. */
const logGroup: Pricer = (_, context, node) => {
  const { key, price } = senderOf(context, node);
  const groups = context.nodes(GROUP).filter((other) => senderOf(context, other).key === key);
  const gb = share(context, key, node, groups);
  const days = Math.max(...groups.map(daysKept));
  return [
    assumed('logs written', price, gb, key),
    assumed('logs kept', 'logs.store.gb', (gb * days) / DAYS, key, 'as written: CloudWatch stores less, since it compresses'),
  ];
};

function daysKept(node: PricedNode): number {
  const days = new InputReader(node.inputs).number('retentionInDays', 0);
  return days === 0 ? FOR_EVER_DAYS : days; // 0 is for ever
}

const alarm: Pricer = () => [fixed('alarm', 'cloudwatch.alarm', 1)];

/** The control plane's logs on their way to S3; other streams have another source, which nobody priced. */
const stream: Pricer = (inputs, context, node) => {
  if (inputs.has('mskSourceConfiguration')) return [unpriced('delivery from Kafka', 'charged by GB; its price could not be read')];
  if (context.topicOf(node) !== 'cluster') return [unpriced('delivery by Firehose', 'nobody described how much it delivers')];
  return [assumed('logs delivered by Firehose', 'firehose.gb', context.usage.quantities.controlPlaneLogGb, 'controlPlaneLogGb')];
};

export const logPricers: Readonly<Record<string, Pricer>> = {
  [GROUP]: logGroup,
  'aws:cloudwatch/metricAlarm:MetricAlarm': alarm,
  'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream': stream,
};
