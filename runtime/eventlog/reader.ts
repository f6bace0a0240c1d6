import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ArgsError, hasCode } from '../errors.ts';
import { readCommitted, writeCommitted } from './groups.ts';
import { checkOffset, topicsFolder } from './names.ts';
import { PartitionReader } from './partition-reader.ts';
import { PlaceIndex } from './place-index.ts';
import type { EventLog } from './port.ts';

/** All of the log but `append`. Each consumer group has one consumer at a time: its commits are its own. */
export type EventLogReader = Omit<EventLog, 'append'>;

/** Of one `read`, when the caller names none. */
const MAX_RECORDS = 10_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Reads a log folder that any thread or process writes, as many readers as there are; it takes no lock, and a folder that is not there
 * yet is an empty log. Whole writes only: the beginning of one at the tail is the end. Damaged records throw an ArgsError that names
 * file and byte. A record's value is a view of at most 256 KiB that were read at once (more for a larger record): copy what is kept for
 * long. Files are read on the calling thread, at the tail in some 30 µs: polling is how a reader elsewhere learns of new records.
 */
export function openReader(root: string): EventLogReader {
  const index = new PlaceIndex();
  const partitionOf = (topic: string, partition: number): PartitionReader => new PartitionReader(root, topic, partition, index);
  return {
    read: async (topic, partition, from, limits = {}) => {
      checkOffset(from);
      return partitionOf(topic, partition).read(from, {
        maxRecords: checkLimit('maxRecords', limits.maxRecords ?? MAX_RECORDS),
        maxBytes: checkLimit('maxBytes', limits.maxBytes ?? MAX_BYTES),
      });
    },
    offsets: async (topic, partition) => partitionOf(topic, partition).offsets(),
    topics: async () => listTopics(root),
    committed: async (group, topic, partition) => readCommitted(root, group, topic, partition),
    commit: async (group, topic, partition, next) => writeCommitted(root, group, topic, partition, next),
    close: async () => {},
  };
}

/** Topics by name; partitions are counted from 0 to the highest that has a folder. */
export function listTopics(root: string): { readonly topic: string; readonly partitions: number }[] {
  return list(topicsFolder(root))
    .sort()
    .map((topic) => ({
      topic,
      partitions:
        1 +
        Math.max(
          -1,
          ...list(join(topicsFolder(root), topic))
            .filter(isPartition)
            .map(Number),
        ),
    }));
}

function isPartition(name: string): boolean {
  return /^\d{1,4}$/.test(name);
}

/** Names in a folder; none when it is not there, or is a file. */
function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

function checkLimit(name: string, limit: number): number {
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new ArgsError(`log.read.${name}`, `${limit} is no limit`, 'Give a whole number above 0.');
}
