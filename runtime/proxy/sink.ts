import type { EventLog, NewRecord } from '../eventlog/port.ts';
import { PREDICTION_PARTITIONS } from '../telemetry/events.ts';

export type Append = EventLog['append'];

/** Where events go on their way to the log. */
export interface Sink {
  /** Resolves when the caller may answer; rejects when nothing of these records is in the log and the caller must say so. */
  add(topic: string, records: readonly NewRecord[]): Promise<void>;
  /** Records given up: not one of them was acknowledged to a caller that waits. */
  dropped(): number;
  /** Resolves when all that was added is in the log or given up. */
  drain(): Promise<void>;
}

interface Batch {
  readonly records: NewRecord[];
  readonly done: PromiseWithResolvers<void>;
}

/**
 * The embedded policy: an answer leaves only after its records are in the log (60-local). The records of one turn of the event loop go
 * out as one append per topic, to one partition after the other.
 */
export function acknowledgedSink(append: Append): Sink {
  let open = new Map<string, Batch>();
  const underWay = new Set<Promise<unknown>>();
  let dropped = 0;
  let turn = 0;

  function flush(): void {
    const batches = open;
    open = new Map();
    for (const [topic, { records, done }] of batches) {
      const partition = turn++ % PREDICTION_PARTITIONS;
      const appended = append(topic, partition, records).then(
        () => done.resolve(),
        (error: unknown) => {
          dropped += records.length;
          done.reject(error);
        },
      );
      underWay.add(appended);
      void appended.finally(() => underWay.delete(appended));
    }
  }

  return {
    add(topic, records) {
      if (open.size === 0) setImmediate(flush);
      let batch = open.get(topic);
      if (batch === undefined) {
        batch = { records: [], done: Promise.withResolvers<void>() };
        open.set(topic, batch);
      }
      batch.records.push(...records);
      return batch.done.promise;
    },
    dropped: () => dropped,
    async drain() {
      if (open.size > 0) flush();
      await Promise.all(underWay);
    },
  };
}

/**
 * The cluster's policy: answers never wait for the log. At most `maxRecords` wait; what does not fit, or what the log refuses, is
 * dropped and counted.
 */
export function asynchronousSink(append: Append, maxRecords: number): Sink {
  const inner = acknowledgedSink(append);
  let waiting = 0;
  let refused = 0;
  return {
    async add(topic, records) {
      if (waiting + records.length > maxRecords) {
        refused += records.length;
        return;
      }
      waiting += records.length;
      const settle = (): void => {
        waiting -= records.length;
      };
      inner.add(topic, records).then(settle, settle); // the inner sink counts what the log refuses
    },
    dropped: () => refused + inner.dropped(),
    drain: () => inner.drain(),
  };
}
