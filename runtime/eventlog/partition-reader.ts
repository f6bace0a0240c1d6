import { ArgsError, hasCode } from '../errors.ts';
import { partitionFolder } from './names.ts';
import type { PlaceIndex } from './place-index.ts';
import type { LogRecord } from './port.ts';
import { decode, HEAD_BYTES } from './record.ts';
import { damaged, listSegments, Segment } from './segment.ts';
import { beginning, type Stop, type Visit, walk } from './walk.ts';

export interface Limits {
  readonly maxRecords: number;
  /** Of the records as they are on disk. One record is given whatever its size. */
  readonly maxBytes: number;
}

const TRIES = 5;

/** Reads one partition from its files alone: the writer may be another thread or another process. */
export class PartitionReader {
  readonly #topic: string;
  readonly #partition: number;
  readonly #folder: string;
  readonly #index: PlaceIndex;

  constructor(root: string, topic: string, partition: number, index: PlaceIndex) {
    this.#topic = topic;
    this.#partition = partition;
    this.#folder = partitionFolder(root, topic, partition);
    this.#index = index;
  }

  read(from: number, limits: Limits): LogRecord[] {
    return again(() => {
      const records: LogRecord[] = [];
      let bytes = 0;
      const bases = listSegments(this.#folder);
      const holding = bases.findLastIndex((base) => base <= from);
      for (let i = Math.max(0, holding); i < bases.length; i++) {
        const stop = this.#walk(bases, i, from, (head, body) => {
          if (head.offset < from) return true;
          bytes += HEAD_BYTES + head.bodyBytes;
          if (records.length >= limits.maxRecords || (bytes > limits.maxBytes && records.length > 0)) return false;
          records.push(decode(this.#topic, this.#partition, head, body));
          return true;
        });
        if (stop.kind === 'stopped') break;
      }
      return records;
    });
  }

  offsets(): { readonly first: number; readonly next: number } {
    return again(() => {
      const bases = listSegments(this.#folder);
      const first = bases[0];
      if (first === undefined) return { first: 0, next: 0 };
      const { at } = this.#walk(bases, bases.length - 1, Number.MAX_SAFE_INTEGER, () => true);
      return { first, next: at.offset };
    });
  }

  /** Walks one segment from the nearest known place, and learns places on the way. */
  #walk(bases: readonly number[], i: number, from: number, visit: Visit): Stop {
    const base = bases[i] ?? 0;
    using segment = new Segment(this.#folder, base);
    const places = this.#index.of(segment.path, beginning(base));
    const stop = walk(segment, places.before(from), from, (head, body, position) => {
      places.pass(position, head.offset);
      return visit(head, body, position);
    });
    places.ended(stop.at);
    if (stop.kind === 'damaged') throw damaged(segment.path, stop.at.position, stop.problem);
    const following = bases[i + 1];
    if (following !== undefined && stop.kind !== 'stopped' && stop.at.offset !== following) {
      // The list was read before the file, so this segment was complete then: what is missing will not come.
      throw damaged(segment.path, stop.at.position, `records ${stop.at.offset} to ${following - 1} are missing`);
    }
    return stop;
  }
}

/**
 * Tries again when retention removed a file between listing and opening it, or when the writer cut a failed write off just while its
 * bytes were read: both pass. Damage stays and is thrown.
 */
function again<T>(look: () => T): T {
  for (let attempt = 1; ; attempt++) {
    try {
      return look();
    } catch (error) {
      const passing = hasCode(error, 'ENOENT') || error instanceof ArgsError;
      if (!passing || attempt === TRIES) throw error;
    }
  }
}
