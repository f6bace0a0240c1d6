import { crc32 } from 'node:zlib';
import { ArgsError } from '../errors.ts';
import type { LogRecord, NewRecord } from './port.ts';

/*
 * A record in a segment, little-endian:
 *   head, 36 bytes   marker u32 | body bytes u32 | CRC of the body u32 | bytes left u32 | offset f64 | time f64 | CRC of the 32 bytes before u32
 *   body             key bytes + 1 u32 (0: no key) | key | header count u32 | per header: bytes u32, name, bytes u32, value | value
 * The head has a CRC of its own, so that a flipped bit in a length is seen as damage and never taken for a torn tail. `bytes left` is
 * the distance from the record's end to the end of the write it came with: a write counts whole or not at all.
 */

export const HEAD_BYTES = 36;
/** First bytes of every record: "WREC". What comes after damage is looked for by it. */
export const MARKER = Buffer.from('WREC');
/** Head, key, headers and value of one record. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;
const MAX_KEY_BYTES = 4096;
const MAX_HEADERS = 64;
const MAX_HEADER_BYTES = 32 * 1024; // one name or one value
const MARKER_NUMBER = MARKER.readUInt32LE(0);

export interface Head {
  readonly bodyBytes: number;
  readonly bodyCrc: number;
  /** Bytes from this record's end to the end of its write. */
  readonly bytesLeft: number;
  readonly offset: number;
  readonly time: number;
}

/** What the record takes on disk; refuses what is too large. */
export function measure(record: NewRecord): number {
  let bytes = HEAD_BYTES + 8 + record.value.byteLength;
  if (record.key !== null) bytes += bounded('log.record.key', record.key, MAX_KEY_BYTES);
  const headers = Object.entries(record.headers);
  if (headers.length > MAX_HEADERS) throw new ArgsError('log.record.headers', `${headers.length} headers`, `Send at most ${MAX_HEADERS}.`);
  for (const [name, value] of headers) {
    bytes += 8 + bounded('log.record.headers', name, MAX_HEADER_BYTES) + bounded(`log.record.headers.${name.slice(0, 100)}`, value, MAX_HEADER_BYTES);
  }
  if (bytes > MAX_RECORD_BYTES) throw new ArgsError('log.record', `${bytes} bytes`, `A record has at most ${MAX_RECORD_BYTES} bytes.`);
  if (record.time !== undefined && !Number.isFinite(record.time)) {
    throw new ArgsError('log.record.time', `${record.time} is not a time`, 'Give milliseconds since 1970.');
  }
  return bytes;
}

function bounded(path: string, text: string, limit: number): number {
  const bytes = Buffer.byteLength(text);
  if (bytes > limit) throw new ArgsError(path, `${bytes} bytes`, `Send at most ${limit} bytes.`);
  return bytes;
}

/** Writes a record at `at` but for what `seal` adds; gives the place after it. */
export function encode(into: Buffer, at: number, record: NewRecord, time: number): number {
  let end = at + HEAD_BYTES;
  if (record.key === null) end = into.writeUInt32LE(0, end);
  else end = writeText(into, end, record.key, 1);
  const headers = Object.entries(record.headers);
  end = into.writeUInt32LE(headers.length, end);
  for (const [name, value] of headers) end = writeText(into, writeText(into, end, name, 0), value, 0);
  into.set(record.value, end);
  into.writeDoubleLE(time, at + 24);
  return end + record.value.byteLength;
}

function writeText(into: Buffer, at: number, text: string, plus: number): number {
  const bytes = into.write(text, at + 4);
  into.writeUInt32LE(bytes + plus, at);
  return at + 4 + bytes;
}

/** Completes a head once its offset and its neighbours in the write are known. */
export function seal(batch: Buffer, at: number, end: number, offset: number): void {
  batch.writeUInt32LE(MARKER_NUMBER, at);
  batch.writeUInt32LE(end - at - HEAD_BYTES, at + 4);
  batch.writeUInt32LE(crc32(batch.subarray(at + HEAD_BYTES, end)), at + 8);
  batch.writeUInt32LE(batch.length - end, at + 12);
  batch.writeDoubleLE(offset, at + 16);
  batch.writeUInt32LE(crc32(batch.subarray(at, at + 32)), at + 32);
}

/** The head at `at`, or null when these 36 bytes are none. */
export function readHead(chunk: Buffer, at: number): Head | null {
  if (chunk.readUInt32LE(at) !== MARKER_NUMBER || crc32(chunk.subarray(at, at + 32)) !== chunk.readUInt32LE(at + 32)) return null;
  return {
    bodyBytes: chunk.readUInt32LE(at + 4),
    bodyCrc: chunk.readUInt32LE(at + 8),
    bytesLeft: chunk.readUInt32LE(at + 12),
    offset: chunk.readDoubleLE(at + 16),
    time: chunk.readDoubleLE(at + 24),
  };
}

/** A body whose CRC holds. The value is a view of `body`, not a copy. */
export function decode(topic: string, partition: number, head: Head, body: Buffer): LogRecord {
  let at = 0;
  const text = (plus: number): string | null => {
    const bytes = body.readUInt32LE(at) - plus;
    at += 4;
    if (bytes < 0) return null;
    at += bytes;
    return body.toString('utf8', at - bytes, at);
  };
  const key = text(1);
  const headers: [string, string][] = [];
  const count = body.readUInt32LE(at);
  at += 4;
  for (let i = 0; i < count; i++) headers.push([text(0) ?? '', text(0) ?? '']);
  return { topic, partition, offset: head.offset, time: head.time, key, headers: Object.fromEntries(headers), value: body.subarray(at) };
}
