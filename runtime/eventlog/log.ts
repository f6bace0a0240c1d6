import { lockDirectory } from '../files-lock.ts';
import { Appender } from './appender.ts';
import { partitionFolder } from './names.ts';
import type { EventLog } from './port.ts';
import { listTopics, openReader } from './reader.ts';
import { type Repair, repairTail } from './repair.ts';
import type { Retention } from './retention.ts';

export interface LogOptions {
  /** Broker time of records that bring none, milliseconds since 1970: the embedded platform passes its event clock. */
  readonly clock: () => number;
  /** Default 32 MiB: opening reads one segment per partition. A write is never split, so one segment may be longer. */
  readonly segmentBytes?: number;
  /** Default: 2 GiB per partition, of any age. */
  readonly retention?: Retention;
}

/** The one writer of a log folder; it reads as any reader does. */
export interface FilesLog extends EventLog {
  /** What opening cut off; empty after an orderly end. */
  readonly repairs: readonly Repair[];
}

const SEGMENT_BYTES = 32 * 1024 * 1024;
const RETENTION: Retention = { maxBytes: 2 * 1024 ** 3, maxAgeMs: Infinity };

/**
 * Opens a log folder for writing: takes its lock (ArgsError names the pid of another writer), cuts torn tails, and throws an ArgsError
 * with file and byte where the active segments are damaged. Sealed segments are read when asked for, so a big log opens as fast as a small one.
 *
 * Appends of one turn of the event loop become one write(2) per partition, made on this thread: into the page cache that is a few
 * microseconds, less than a trip to the thread pool. A write counts whole or not at all, to readers and after a crash. No fsync: what is
 * acknowledged survives the death of the process (kill -9), not a loss of power.
 */
export async function openLog(root: string, options: LogOptions): Promise<FilesLog> {
  const lock = await lockDirectory(root);
  try {
    const appender = new Appender(root, { segmentBytes: SEGMENT_BYTES, retention: RETENTION, ...options });
    const repairs = recover(root, appender);
    const close = async (): Promise<void> => {
      appender.close();
      lock.release();
    };
    return { ...openReader(root), append: (topic, partition, records) => appender.append(topic, partition, records), close, repairs };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function recover(root: string, appender: Appender): Repair[] {
  const repairs: Repair[] = [];
  for (const { topic, partitions } of listTopics(root)) {
    for (let partition = 0; partition < partitions; partition++) {
      const tail = repairTail(partitionFolder(root, topic, partition));
      appender.adopt(topic, partition, tail);
      if (tail?.repair) repairs.push(tail.repair);
    }
  }
  return repairs;
}
