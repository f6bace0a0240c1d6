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

/** Records that go to one partition before the next one gets its turn: the appends of one turn are then one write(2) nearly always. */
const RUN = 128;

/** The embedded policy: an answer leaves only after its records are in the log (60-local), which gathers the appends of one turn. */
export function acknowledgedSink(append: Append): Sink {
  let added = 0;
  let dropped = 0;
  let underWay = 0;
  let idle: (() => void)[] = [];

  function settled(): void {
    underWay -= 1;
    if (underWay > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  }

  return {
    async add(topic, records) {
      const partition = Math.floor(added / RUN) % PREDICTION_PARTITIONS;
      added += records.length;
      underWay += 1;
      try {
        await append(topic, partition, records);
      } catch (error) {
        dropped += records.length;
        throw error;
      } finally {
        settled();
      }
    },
    dropped: () => dropped,
    drain: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
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
