/**
 * The event log: topics of partitions of records in order, as Kafka has them. Two adapters: append-only files on one machine, Kafka
 * in the cluster; `test/eventlog/contract.ts` holds what both must do. Delivery is at least once: a consumer commits after its work.
 */
export interface EventLog {
  /**
   * Appends in order and resolves when the records are handed to the operating system (files: `write(2)`, no fsync) or acknowledged by
   * all in-sync replicas (Kafka). Resolved records survive kill -9 of the writer. Rejects without having acknowledged anything
   * (ENOSPC: nothing of the batch is visible to readers, and a later append may succeed).
   */
  append(topic: string, partition: number, records: readonly NewRecord[]): Promise<{ readonly first: number; readonly last: number }>;
  /** Records from this offset on, in order; empty at the end. Skips to the first kept record when `from` was removed by retention. */
  read(
    topic: string,
    partition: number,
    from: number,
    limits?: { readonly maxRecords?: number; readonly maxBytes?: number },
  ): Promise<readonly LogRecord[]>;
  /** `first`: oldest kept offset; `next`: the offset that the next record will get. */
  offsets(topic: string, partition: number): Promise<{ readonly first: number; readonly next: number }>;
  /** Topics and how many partitions each has. */
  topics(): Promise<readonly { readonly topic: string; readonly partitions: number }[]>;
  /** The next offset that the group wants, or null when it never committed. */
  committed(group: string, topic: string, partition: number): Promise<number | null>;
  commit(group: string, topic: string, partition: number, next: number): Promise<void>;
  close(): Promise<void>;
}

export interface NewRecord {
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
  /** Broker time in milliseconds since 1970. The files adapter stamps its own clock when absent. */
  readonly time?: number;
}

export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Broker time, milliseconds since 1970. */
  readonly time: number;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
}
