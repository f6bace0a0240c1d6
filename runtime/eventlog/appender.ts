import { ArgsError } from '../errors.ts';
import { partitionFolder } from './names.ts';
import { PartitionWriter, type WriterSettings } from './partition-writer.ts';
import type { EventLog, NewRecord } from './port.ts';
import { measure } from './record.ts';
import type { Tail } from './repair.ts';

/** Of one `append`: it is one write(2), and its memory is held until then. */
const MAX_APPEND_BYTES = 64 * 1024 * 1024;
/** Staged bytes of one partition at which the end of the turn is not awaited. */
const FLUSH_BYTES = 8 * 1024 * 1024;

/** Collects the appends of one turn of the event loop, over all partitions. */
export class Appender {
  readonly #root: string;
  readonly #settings: WriterSettings;
  readonly #writers = new Map<string, PartitionWriter>();
  #staged = new Set<PartitionWriter>();
  #closed = false;

  constructor(root: string, settings: WriterSettings) {
    this.#root = root;
    this.#settings = settings;
  }

  /** Goes on at the tail that opening found. */
  adopt(topic: string, partition: number, tail: Tail | null): PartitionWriter {
    const writer = new PartitionWriter(partitionFolder(this.#root, topic, partition), tail, this.#settings);
    this.#writers.set(`${topic}/${partition}`, writer);
    return writer;
  }

  async append(topic: string, partition: number, records: readonly NewRecord[]): ReturnType<EventLog['append']> {
    if (this.#closed) throw new Error('append after close');
    const writer = this.#writers.get(`${topic}/${partition}`) ?? this.adopt(topic, partition, null);
    if (records.length === 0) throw new ArgsError('log.append', 'no record given', 'Append one record or more.');
    const bytes = records.reduce((sum, record) => sum + measure(record), 0);
    if (bytes > MAX_APPEND_BYTES) throw new ArgsError('log.append', `${bytes} bytes`, `Append at most ${MAX_APPEND_BYTES} bytes at once.`);
    if (this.#staged.size === 0) setImmediate(() => this.#flush()); // runs when this turn's input is handled, so that one write serves it all
    this.#staged.add(writer);
    return new Promise((resolve, reject) => {
      writer.stage(records, bytes, this.#settings.clock(), { resolve, reject });
      if (writer.stagedBytes >= FLUSH_BYTES) writer.flush();
    });
  }

  /** Writes what waits, then refuses more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#flush();
    for (const writer of this.#writers.values()) writer.close();
  }

  #flush(): void {
    const staged = this.#staged;
    this.#staged = new Set();
    for (const writer of staged) writer.flush();
  }
}
