import { PartitionCollector, type PartitionTotals, type ReadableLog } from './collector/partition.ts';
import { readWatermark, type Watermark } from './collector/watermark.ts';
import type { ReferenceLookup } from './executors/stream/counter.ts';
import type { ProfileStore } from './store/port.ts';

export const COLLECTOR_GROUP = 'weir-drift-collector';

export interface CollectorLimits {
  /** Wall seconds after which counts are flushed. Default 60. */
  readonly flushSeconds: number;
  /** Records after which a partition is flushed. Default 200,000. */
  readonly flushRecords: number;
  /** At the end of the log, wall seconds that a record waits for its flush. Default 1. */
  readonly idleSeconds: number;
  /** Wall seconds between heartbeats of a partition that is caught up. Default 30. */
  readonly heartbeatSeconds: number;
  /** Unflushed counts of all partitions; above it everything is flushed before more is read, never sampled. Default 256 MB. */
  readonly maxBytes: number;
  /** Records read at once from a partition. Default 5,000. */
  readonly batchRecords: number;
}

export interface CollectorOptions {
  /** Read only: whoever owns the log appends. */
  readonly log: ReadableLog;
  readonly store: ProfileStore;
  readonly references: ReferenceLookup;
  /** Default `weir-drift-collector`. */
  readonly group?: string;
  /** Which topics hold predictions. Default: those of `predictionTopic`. */
  readonly isPredictionTopic?: (topic: string) => boolean;
  /** The broker's clock, milliseconds since 1970: locally the replay's event clock. */
  readonly brokerClock: () => number;
  /** Milliseconds that only go forward, such as `performance.now`: paces flushes, never counts. */
  readonly monotonic: () => number;
  readonly limits?: Partial<CollectorLimits>;
}

export interface Collector {
  /** Reads one batch of each partition, flushes what is due, beats for what is caught up. Returns the records read; 0: nothing new. */
  poll(): Promise<number>;
  /** Flushes everything: before a stop. */
  flush(): Promise<void>;
  watermarks(): readonly Watermark[];
  totals(): CollectorTotals;
}

/** Over all partitions, since the process began; `lag` and `unflushedBytes` are of now. */
export interface CollectorTotals extends Readonly<PartitionTotals> {
  /** Records of the log that are not read yet. */
  readonly lag: number;
  readonly unflushedBytes: number;
}

const DEFAULTS: CollectorLimits = {
  flushSeconds: 60,
  flushRecords: 200_000,
  idleSeconds: 1,
  heartbeatSeconds: 30,
  maxBytes: 256 * 1024 * 1024,
  batchRecords: 5000,
};

/**
 * Counts prediction records into one-minute profiles and stores them by offset range. Holds nothing but unflushed counts: killed at any
 * moment, a new one goes on from the committed offsets, and every cut of the log gives the same integers.
 */
export function createCollector(options: CollectorOptions): Collector {
  const limits = { ...DEFAULTS, ...options.limits };
  const partitions = new Map<string, PartitionCollector>();
  let tail: Promise<unknown> = Promise.resolve();
  /** One call at a time: a poll and a flush of the same partition must not interleave. */
  const serially = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work, work);
    tail = result.catch(() => undefined); // the caller of `work` gets its error
    return result;
  };
  const flushAll = async (): Promise<void> => {
    for (const partition of partitions.values()) await partition.flush();
  };
  const pollAll = async (): Promise<number> => {
    await discover(options, partitions);
    let read = 0;
    for (const partition of partitions.values()) {
      if (unflushedBytes(partitions) > limits.maxBytes) await flushAll();
      const now = options.monotonic();
      read += await partition.read(limits.batchRecords, options.brokerClock(), now);
      if (isDue(partition, limits, options.monotonic())) await partition.flush();
      await partition.heartbeat(limits.heartbeatSeconds, now);
    }
    return read;
  };
  return {
    poll: () => serially(pollAll),
    flush: () => serially(flushAll),
    watermarks: () => [...partitions.values()].map(({ watermark }) => watermark),
    totals: () => sumTotals(partitions),
  };
}

/** Topics and partitions may come at any time: a tenant joins. */
async function discover(options: CollectorOptions, partitions: Map<string, PartitionCollector>): Promise<void> {
  const { log, group = COLLECTOR_GROUP, isPredictionTopic = (topic) => topic.startsWith('weir.predictions.') } = options;
  for (const { topic, partitions: count } of await log.topics()) {
    if (!isPredictionTopic(topic)) continue;
    for (let partition = 0; partition < count; partition++) {
      const key = `${topic}/${partition}`;
      if (partitions.has(key)) continue;
      const start = (await log.committed(group, topic, partition)) ?? (await log.offsets(topic, partition)).first;
      const stored = await readWatermark(options.store, topic, partition); // written after the commit, so never ahead of it
      partitions.set(key, new PartitionCollector({ ...options, group, topic, partition, start, time: stored?.time ?? null }));
    }
  }
}

function isDue(partition: PartitionCollector, limits: CollectorLimits, now: number): boolean {
  if (partition.oldestAt === null) return false;
  const waitedSeconds = (now - partition.oldestAt) / 1000;
  return (
    partition.unflushed >= limits.flushRecords || waitedSeconds >= limits.flushSeconds || (partition.lag === 0 && waitedSeconds >= limits.idleSeconds)
  );
}

function unflushedBytes(partitions: ReadonlyMap<string, PartitionCollector>): number {
  let bytes = 0;
  for (const partition of partitions.values()) bytes += partition.bytes;
  return bytes;
}

function sumTotals(partitions: ReadonlyMap<string, PartitionCollector>): CollectorTotals {
  const sum = { records: 0, late: 0, decodeErrors: 0, unreferenced: 0, flushes: 0, lost: 0, lag: 0, unflushedBytes: unflushedBytes(partitions) };
  for (const { totals, lag } of partitions.values()) {
    sum.records += totals.records;
    sum.late += totals.late;
    sum.decodeErrors += totals.decodeErrors;
    sum.unreferenced += totals.unreferenced;
    sum.flushes += totals.flushes;
    sum.lost += totals.lost;
    sum.lag += lag;
  }
  return sum;
}
