import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ArgsError, hasCode } from '../errors.ts';
import { createWhole } from '../files.ts';

/*
 * A segment is `<offset of its first record, 20 digits>.log`: a header of 24 bytes, then records.
 *   header   "WEIRSEGM" | format u32 | first offset f64 | CRC of the 20 bytes before u32
 * The last segment is the active one; the others never change again.
 */

export const HEADER_BYTES = 24;
const MAGIC = 'WEIRSEGM';
const FORMAT = 1;

export function segmentPath(folder: string, base: number): string {
  return join(folder, `${String(base).padStart(20, '0')}.log`);
}

/** First offsets of a partition's segments in order; empty for a partition that does not exist. */
export function listSegments(folder: string): number[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
  return names
    .filter((name) => /^\d{20}\.log$/.test(name))
    .map((name) => Number(name.slice(0, 20)))
    .sort((a, b) => a - b);
}

/** An empty segment; appears with its header whole. */
export function createSegment(folder: string, base: number): void {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, 'latin1');
  header.writeUInt32LE(FORMAT, 8);
  header.writeDoubleLE(base, 12);
  header.writeUInt32LE(crc32(header.subarray(0, 20)), 20);
  const path = segmentPath(folder, base);
  if (!createWhole(path, header)) throw new Error(`${path} exists already`);
}

/** A segment open for reading, and how long it was then. */
export class Segment implements Disposable {
  readonly path: string;
  readonly base: number;
  readonly size: number;
  readonly #file: number;

  /** Throws what `open` throws (ENOENT: retention was faster), and ArgsError for a header that is not one. */
  constructor(folder: string, base: number) {
    this.path = segmentPath(folder, base);
    this.base = base;
    this.#file = openSync(this.path, 'r');
    try {
      this.size = fstatSync(this.#file).size;
      this.#checkHeader();
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  /** Up to `bytes` from `position`; fewer at the end of the file. */
  load(position: number, bytes: number): Buffer {
    const chunk = Buffer.allocUnsafeSlow(Math.min(bytes, this.size - position));
    let got = 0;
    while (got < chunk.length) {
      const read = readSync(this.#file, chunk, got, chunk.length - got, position + got);
      if (read === 0) break;
      got += read;
    }
    return chunk.subarray(0, got);
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }

  #checkHeader(): void {
    const header = this.load(0, HEADER_BYTES);
    if (header.length < HEADER_BYTES || header.toString('latin1', 0, 8) !== MAGIC) throw damaged(this.path, 0, 'this is no segment of an event log');
    const format = header.readUInt32LE(8);
    if (format !== FORMAT) throw new ArgsError(this.path, `has format ${format}; this Weir reads ${FORMAT}`, 'Start the Weir that wrote it.');
    if (crc32(header.subarray(0, 20)) !== header.readUInt32LE(20)) throw damaged(this.path, 0, 'the header does not match its CRC');
    if (header.readDoubleLE(12) !== this.base) throw damaged(this.path, 12, `the header is that of segment ${header.readDoubleLE(12)}`);
  }
}

/** Damage is never skipped: a record that is lost in silence would be a prediction that nobody misses. */
export function damaged(path: string, byte: number, problem: string): ArgsError {
  const remedy = `Restore ${basename(path)} from a copy, or move the log's folder away and start with an empty one.`;
  return new ArgsError(`${path}:byte ${byte}`, `the event log is damaged: ${problem}`, remedy);
}
