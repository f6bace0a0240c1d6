import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { HEAD_BYTES, readHead } from './record.ts';
import { HEADER_BYTES, listSegments, segmentPath } from './segment.ts';

/**
 * How much of each partition is kept. Whole segments go, oldest first, and never the active one. As in Kafka, consumer groups are not
 * asked: a group that nobody runs any more must not fill the disk. A consumer sees what it missed by `offsets().first`.
 */
export interface Retention {
  /** Bytes per partition, the active segment counted. */
  readonly maxBytes: number;
  /** Broker time in milliseconds since the last record of a segment; Infinity: age does not matter. */
  readonly maxAgeMs: number;
}

export interface SealedSegment {
  readonly base: number;
  readonly bytes: number;
  /** Broker time at which the following segment began, so that no record here is younger; null: nothing followed yet. */
  readonly until: number | null;
}

/** Which segments go: a run from the oldest on, so that offsets keep no holes. */
export function expired(sealed: readonly SealedSegment[], activeBytes: number, retention: Retention, now: number): number[] {
  let bytes = sealed.reduce((sum, segment) => sum + segment.bytes, activeBytes);
  const gone: number[] = [];
  for (const segment of sealed) {
    const tooOld = segment.until !== null && segment.until < now - retention.maxAgeMs;
    if (!tooOld && bytes <= retention.maxBytes) break;
    bytes -= segment.bytes;
    gone.push(segment.base);
  }
  return gone;
}

/** Removes what retention no longer keeps. A reader that has one of the files open reads it to its end. */
export function sweep(folder: string, retention: Retention, now: number): void {
  const bases = listSegments(folder);
  const active = bases.at(-1);
  if (active === undefined) return;
  const sealed = bases.slice(0, -1).map((base, i) => ({
    base,
    bytes: statSync(segmentPath(folder, base)).size,
    until: firstTime(segmentPath(folder, bases[i + 1] ?? active)),
  }));
  for (const base of expired(sealed, statSync(segmentPath(folder, active)).size, retention, now)) rmSync(segmentPath(folder, base));
}

function firstTime(path: string): number | null {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return readSync(file, head, 0, HEAD_BYTES, HEADER_BYTES) < HEAD_BYTES ? null : (readHead(head, 0)?.time ?? null);
  } finally {
    closeSync(file);
  }
}
