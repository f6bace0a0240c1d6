import { crc32 } from 'node:zlib';
import { HEAD_BYTES, type Head, readHead } from './record.ts';
import { HEADER_BYTES, type Segment } from './segment.ts';

const CHUNK_BYTES = 256 * 1024;

/** Between two records of a segment: the byte, and the offset of the record that begins there. */
export interface Place {
  readonly position: number;
  readonly offset: number;
}

/**
 * Where and why a walk ended. `end`: no byte is left; `torn`: what is left is the beginning of a write that is not whole (yet);
 * `damaged`: the bytes are there and wrong; `stopped`: the visitor had enough, `at` is the record it refused.
 */
export type Stop =
  | { readonly kind: 'end' | 'torn' | 'stopped'; readonly at: Place }
  | { readonly kind: 'damaged'; readonly at: Place; readonly problem: string };

/** Gives false for "not this one, stop". `body` is a view of what was read. */
export type Visit = (head: Head, body: Buffer, position: number) => boolean;

/** Where the first record of a segment stands. */
export function beginning(base: number): Place {
  return { position: HEADER_BYTES, offset: base };
}

/**
 * The whole records of a segment in order, from a place on, as long as the file was when it was opened.
 * @param checkFrom bodies of records before this offset are passed over without their CRC: nobody asked for them.
 */
export function walk(segment: Segment, from: Place, checkFrom: number, visit: Visit): Stop {
  let { position, offset } = from;
  let chunk: Buffer = Buffer.alloc(0);
  let chunkAt = position;
  /** Makes [position, position + bytes) available in `chunk`; false when the file has become shorter since. */
  const have = (bytes: number): boolean => {
    if (position + bytes <= chunkAt + chunk.length) return true;
    chunk = segment.load(position, Math.max(bytes, CHUNK_BYTES));
    chunkAt = position;
    return chunk.length >= bytes;
  };
  for (;;) {
    const at = { position, offset };
    const left = segment.size - position;
    if (left === 0) return { kind: 'end', at };
    if (left < HEAD_BYTES || !have(HEAD_BYTES)) return { kind: 'torn', at };
    const head = readHead(chunk, position - chunkAt);
    if (head === null) return { kind: 'damaged', at, problem: `no record begins where record ${offset} should` };
    if (head.offset !== offset) return { kind: 'damaged', at, problem: `record ${head.offset} stands where ${offset} should` };
    const bytes = HEAD_BYTES + head.bodyBytes;
    if (bytes + head.bytesLeft > left || !have(bytes)) return { kind: 'torn', at };
    const body = chunk.subarray(position - chunkAt + HEAD_BYTES, position - chunkAt + bytes);
    if (offset >= checkFrom && crc32(body) !== head.bodyCrc) return { kind: 'damaged', at, problem: `record ${offset} does not match its CRC` };
    if (!visit(head, body, position)) return { kind: 'stopped', at };
    position += bytes;
    offset += 1;
  }
}
