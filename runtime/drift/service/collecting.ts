import { COLLECTOR_GROUP, type Collector, type CollectorTotals, createCollector } from '../collector.ts';
import { lowWatermark } from '../windows.ts';
import type { Hours } from './hours.ts';
import type { DriftServiceOptions } from './options.ts';
import { MissingReference, type References } from './references.ts';

/** Batches that one round reads from each partition: a backlog is worked off over rounds, not in one that blocks the rest. */
const BATCHES = 10;

/** Drives the collector for a round: reads what is there, flushes when a window wants to close, folds what was flushed. */
export class Collecting {
  readonly #options: DriftServiceOptions;
  readonly #references: References;
  readonly #collector: Collector;
  #flushedFor = -Infinity;

  constructor(options: DriftServiceOptions, references: References) {
    this.#options = options;
    this.#references = references;
    const { log, store, eventNow, monotonic } = options;
    this.#collector = createCollector({ log, store, references: references.lookup, brokerClock: () => eventNow() ?? 0, monotonic });
  }

  /**
   * @param closesAt when the next window of any model closes, epoch seconds: counts must be on disk before it is judged. Null: no model has
   *   a window yet, so the first records are put on disk at once
   */
  async round(hours: Hours, now: number, closesAt: number | null): Promise<{ readonly records: number; readonly gap: boolean }> {
    let records = 0;
    for (let batch = 0; batch < BATCHES; batch++) {
      const read = await this.#poll();
      records += read;
      if (read === 0) break;
    }
    if (closesAt === null) await this.#collector.flush();
    else if (now >= closesAt && this.#flushedFor < closesAt) {
      await this.#collector.flush();
      if ((this.watermark() ?? -Infinity) >= closesAt * 1000) this.#flushedFor = closesAt;
    }
    return { records, gap: await hours.fold(this.#options.log, COLLECTOR_GROUP, this.#collector.watermarks()) };
  }

  /** A version seen for the first time is looked up and its record read again: nothing of it was counted. */
  async #poll(): Promise<number> {
    for (;;) {
      try {
        return await this.#collector.poll();
      } catch (error) {
        if (!(error instanceof MissingReference)) throw error;
        await this.#references.load(error.tenant, error.model, error.version);
      }
    }
  }

  /** Event time that every partition has passed, milliseconds; null: a partition has not been looked at. */
  watermark(): number | null {
    const marks = this.#collector.watermarks();
    if (marks.some(({ time }) => time === null)) return null;
    return lowWatermark(marks.map(({ topic, partition, time }) => ({ topic, partition, time: time ?? 0 })));
  }

  partitions(): readonly { readonly topic: string; readonly partition: number }[] {
    return this.#collector.watermarks();
  }

  totals(): CollectorTotals {
    return this.#collector.totals();
  }

  flush(): Promise<void> {
    return this.#collector.flush();
  }
}
