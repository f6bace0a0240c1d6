import { ArgsError } from '../../runtime/errors.ts';
import type { TenantTopic } from './names.ts';

/** The brokers that there are. */
export interface Brokers {
  /** Such as `kafka.m7g.large`. */
  readonly instance: string;
  readonly brokers: number;
  /** Copies of every partition. */
  readonly replication: number;
}

/** A tenant's topics. */
export interface TopicsOfTenant {
  readonly tenant: string;
  readonly topics: readonly TenantTopic[];
}

/** Of Kafka's own topics, `__consumer_offsets` and `__transaction_state`, each 50 (Kafka's defaults), and two of the platform's. */
const OTHER_PARTITIONS = 102;

/**
 * Copies of partitions that MSK recommends for one broker at most, leaders and followers together. Above that it may refuse to update the cluster, and metrics
 * get lost (MSK developer guide, "Right-size your cluster: Number of partitions per Standard broker", read 2026-11-21).
 */
export function copiesPerBroker(instance: string): number {
  const size = instance.split('.').at(-1) ?? '';
  if (size === 'large' || size === 'xlarge') return 1_000;
  return size === '2xlarge' ? 2_000 : 4_000;
}

/** @throws ArgsError when the tenants' topics are more than the brokers carry: how many tenants fit, and what to raise */
export function assertPartitions(brokers: Brokers, tenants: readonly TopicsOfTenant[]): void {
  const { instance, brokers: count, replication } = brokers;
  const each = copiesPerBroker(instance);
  const copies = tenants.map(({ topics }) => topics.reduce((sum, { partitions }) => sum + partitions, 0) * replication);
  const other = OTHER_PARTITIONS * replication;
  const needed = copies.reduce((sum, own) => sum + own, other);
  const most = count * each;
  if (needed <= most) return;
  const fit = fitting(copies, most - other);
  const problem = `the topics of ${tenants.length} tenants are ${number(needed)} copies of partitions, and ${count} brokers of ${instance} carry ${number(most)}: ${number(fit)} of these tenants fit`;
  const remedy = `Raise weir:kafka.brokers to at least ${Math.ceil(needed / each)}, a multiple of the zones, or weir:kafka.instance; a broker of 2xlarge carries ${number(2_000)}, of 4xlarge ${number(4_000)}.`;
  throw new ArgsError('weir:kafka', problem, remedy);
}

/** How many of them fit, one after the other. */
function fitting(copies: readonly number[], room: number): number {
  let used = 0;
  let count = 0;
  for (const own of copies) {
    used += own;
    if (used > room) break;
    count += 1;
  }
  return count;
}

const number = (value: number): string => value.toLocaleString('en');
