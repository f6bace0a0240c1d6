import type { UsageKey } from '../assumptions.ts';
import type { PricedNode } from '../graph.ts';
import { InputReader } from '../input-reader.ts';
import { assumed, DAYS, fixed, type Pricer, share } from '../line.ts';

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

const senderOf = (topic: string) => SENDERS[topic] ?? OTHER;

/** Groups of one sender share what it writes; all of it is taken to be kept as long as the longest of them keeps it. */
const logGroup: Pricer = (_, context, node) => {
  const { key, price } = senderOf(context.topicOf(node));
  const groups = context.nodes(GROUP).filter((other) => senderOf(context.topicOf(other)).key === key);
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

export const logPricers: Readonly<Record<string, Pricer>> = { [GROUP]: logGroup, 'aws:cloudwatch/metricAlarm:MetricAlarm': alarm };
