import type { EventLog } from '../../eventlog/port.ts';
import { type Counter, createCounter, type ReferenceLookup } from '../executors/stream/counter.ts';
import type { ProfileStore } from '../store/port.ts';
import { type Watermark, watermarkPath } from './watermark.ts';

/** What a consumer needs of the event log. */
export type ReadableLog = Pick<EventLog, 'read' | 'offsets' | 'topics' | 'committed' | 'commit'>;

export interface PartitionOptions {
  readonly log: ReadableLog;
  readonly store: ProfileStore;
  readonly references: ReferenceLookup;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** First offset to read. */
  readonly start: number;
  /** Broker time that the store is known to reach; null: not known. */
  readonly time: number | null;
}

/** What a partition has done since the process began. */
export interface PartitionTotals {
  records: number;
  late: number;
  decodeErrors: number;
  unreferenced: number;
  flushes: number;
  /** Offsets that retention removed before they were read: a gap in the path. */
  lost: number;
}

/** One partition's unflushed counts and its place in the log. Whoever owns it calls one method at a time. */
export class PartitionCollector {
  readonly totals: PartitionTotals = { records: 0, late: 0, decodeErrors: 0, unreferenced: 0, flushes: 0, lost: 0 };
  readonly #options: PartitionOptions;
  readonly #counter: Counter;
  /** First offset that is not flushed, and first that is not read. */
  #first: number;
  #next: number;
  #lag = 0;
  /** Broker time of the last record read, and up to which everything is known. */
  #lastTime = -Infinity;
  #watermark: Watermark;
  #oldestAt: number | null = null;
  #heartbeatAt = -Infinity;

  constructor(options: PartitionOptions) {
    this.#options = options;
    this.#counter = createCounter(options.references);
    this.#first = options.start;
    this.#next = options.start;
    this.#watermark = { topic: options.topic, partition: options.partition, next: options.start, time: options.time, caughtUp: false };
  }

  get watermark(): Watermark {
    return this.#watermark;
  }

  get lag(): number {
    return this.#lag;
  }

  get bytes(): number {
    return this.#counter.bytes();
  }

  get unflushed(): number {
    return this.#next - this.#first;
  }

  /** Monotonic milliseconds at which the oldest unflushed record was read; null: all is flushed. */
  get oldestAt(): number | null {
    return this.#oldestAt;
  }

  /**
   * Reads and counts one batch; returns how many records it held. When looking up a reference throws, what came before stays counted and
   * the next read begins with that record.
   * @param brokerNow the broker's clock, read before the log: what comes in later is later
   */
  async read(maxRecords: number, brokerNow: number, monotonic: number): Promise<number> {
    const { log, topic, partition } = this.#options;
    const records = await log.read(topic, partition, this.#next, { maxRecords });
    const [head] = records;
    if (head !== undefined && head.offset > this.#next) await this.#skipTo(head.offset);
    if (head !== undefined) this.#oldestAt ??= monotonic;
    for (const record of records) {
      this.#counter.add(record);
      this.#next = record.offset + 1;
      this.#lastTime = Math.max(this.#lastTime, record.time);
      this.totals.records += 1;
    }
    this.#lag = Math.max(0, (await log.offsets(topic, partition)).next - this.#next);
    const caughtUp = records.length === 0 && this.#lag === 0 && this.unflushed === 0;
    this.#watermark = {
      ...this.#watermark,
      caughtUp,
      time: caughtUp ? Math.max(this.#watermark.time ?? brokerNow, brokerNow) : this.#watermark.time,
    };
    return records.length;
  }

  /** Put, then commit, then clear: after a crash in between, the same range or a longer one is put again, and readers take one path. */
  async flush(): Promise<void> {
    const { log, store, group, topic, partition } = this.#options;
    if (this.unflushed === 0) return;
    const coverage = [{ topic, partition, first: this.#first, last: this.#next - 1 }];
    const counted = this.#counter.peek();
    await store.putRaw({ coverage, ...counted }, this.#lastTime);
    await log.commit(group, topic, partition, this.#next);
    this.#counter.clear();
    this.#first = this.#next;
    this.#oldestAt = null;
    this.#watermark = { ...this.#watermark, next: this.#next, time: Math.max(this.#watermark.time ?? this.#lastTime, this.#lastTime) };
    this.totals.flushes += 1;
    this.totals.decodeErrors += counted.decodeErrors;
    this.totals.unreferenced += counted.unreferenced;
    this.totals.late += counted.rows.reduce((sum, row) => sum + row.late, 0);
    await this.#store(store);
  }

  /** Tells readers of the store that a silent partition is complete up to now. */
  async heartbeat(everySeconds: number, monotonic: number): Promise<void> {
    if (!this.#watermark.caughtUp || monotonic - this.#heartbeatAt < everySeconds * 1000) return;
    this.#heartbeatAt = monotonic;
    await this.#store(this.#options.store);
  }

  async #store(store: ProfileStore): Promise<void> {
    await store.putJson(watermarkPath(this.#options.topic, this.#options.partition), this.#watermark);
  }

  /** Offsets may be missing because the broker never gave them out (transactions), which is no loss, or because retention was faster. */
  async #skipTo(offset: number): Promise<void> {
    const { log, topic, partition } = this.#options;
    const kept = await log.offsets(topic, partition);
    if (kept.first <= this.#next) return;
    await this.flush();
    this.totals.lost += offset - this.#next;
    this.#first = offset;
    this.#next = offset;
  }
}
