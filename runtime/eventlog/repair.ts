import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { HEAD_BYTES, MARKER, readHead } from './record.ts';
import { damaged, HEADER_BYTES, listSegments, Segment } from './segment.ts';
import { beginning, type Place, walk } from './walk.ts';

/** What opening a log cut off: bytes that no append had acknowledged, or that a power loss took. */
export interface Repair {
  readonly file: string;
  /** The file's length now. */
  readonly keptBytes: number;
  readonly cutBytes: number;
  /** The offset that the next record of this partition gets. */
  readonly next: number;
  /** `torn`: the beginning of a write, as kill -9 leaves it. `damaged`: whole but wrong bytes with nothing good after them (power loss). */
  readonly kind: 'torn' | 'damaged';
}

/** The active segment of a partition, whole to its last byte. */
export interface Tail {
  readonly base: number;
  readonly place: Place;
  readonly repair: Repair | null;
}

const WINDOW_BYTES = 1024 * 1024;

/**
 * Reads the active segment (sealed ones are never cut) and cuts it at the end of its last whole write. Null: an empty partition.
 * Throws ArgsError when whole records stand after the damage: then this is no torn tail, and cutting would lose acknowledged records.
 */
export function repairTail(folder: string): Tail | null {
  const base = listSegments(folder).at(-1);
  if (base === undefined) return null;
  for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name));
  using segment = new Segment(folder, base);
  const stop = walk(segment, beginning(base), base, () => true);
  if (stop.kind === 'end' || stop.kind === 'stopped') return { base, place: stop.at, repair: null };
  const { position, offset } = stop.at;
  if (stop.kind === 'damaged' && hasRecordAfter(segment, position + 1)) throw damaged(segment.path, position, stop.problem);
  truncateSync(segment.path, position);
  const repair = { file: segment.path, keptBytes: position, cutBytes: segment.size - position, next: offset, kind: stop.kind };
  return { base, place: stop.at, repair };
}

/** Whether anywhere from here on a head stands that is healthy. */
function hasRecordAfter(segment: Segment, from: number): boolean {
  for (let position = Math.max(from, HEADER_BYTES); position < segment.size; position += WINDOW_BYTES) {
    const window = segment.load(position, WINDOW_BYTES + HEAD_BYTES); // overlaps: a head may lie across the border
    for (let at = window.indexOf(MARKER); at !== -1; at = window.indexOf(MARKER, at + 1)) {
      if (at + HEAD_BYTES <= window.length && readHead(window, at) !== null) return true;
    }
  }
  return false;
}
