import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { ArgsError, hasCode, messageOf } from '../errors.ts';
import { Batch } from './batch.ts';
import type { NewRecord } from './port.ts';
import type { Tail } from './repair.ts';
import { type Retention, sweep } from './retention.ts';
import { createSegment, segmentPath } from './segment.ts';
import { beginning, type Place } from './walk.ts';

export interface WriterSettings {
  /** A segment that has reached this is sealed before the next write. */
  readonly segmentBytes: number;
  readonly retention: Retention;
  readonly clock: () => number;
}

interface Waiting {
  readonly records: number;
  readonly resolve: (range: { readonly first: number; readonly last: number }) => void;
  readonly reject: (error: Error) => void;
}

/** Appends to one partition: collects what a turn of the event loop brings, then writes it with one write(2). */
export class PartitionWriter {
  readonly #folder: string;
  readonly #settings: WriterSettings;
  readonly #batch = new Batch();
  #waiting: Waiting[] = [];
  #base: number;
  /** Where the next record goes: everything before it is whole and acknowledged. */
  #place: Place;
  #file: number | null = null;
  /** A failed write may have left bytes behind `#place`. */
  #dirty = false;

  constructor(folder: string, tail: Tail | null, settings: WriterSettings) {
    this.#folder = folder;
    this.#settings = settings;
    this.#base = tail?.base ?? -1;
    this.#place = tail?.place ?? beginning(0);
  }

  get stagedBytes(): number {
    return this.#batch.bytes;
  }

  /** @param bytes what `measure` said of these records together. */
  stage(records: readonly NewRecord[], bytes: number, now: number, waiting: Omit<Waiting, 'records'>): void {
    this.#batch.add(records, bytes, now);
    this.#waiting.push({ records: records.length, ...waiting });
  }

  /** Writes what is staged and answers every append of it, all the same way. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      let first = this.#write();
      for (const { records, resolve } of waiting) {
        resolve({ first, last: first + records - 1 });
        first += records;
      }
    } catch (error) {
      const told = explain(segmentPath(this.#folder, Math.max(0, this.#base)), error);
      for (const { reject } of waiting) reject(told);
    } finally {
      this.#batch.clear();
    }
  }

  close(): void {
    this.flush();
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  /** Gives the offset of the first record written. */
  #write(): number {
    const file = this.#ready();
    const { position, offset } = this.#place;
    const bytes = this.#batch.seal(offset);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at);
    } catch (error) {
      this.#dirty = true; // readers do not see the part that was written: its heads say that more belongs to it
      this.#cut(file);
      throw error;
    }
    this.#place = { position: position + bytes.length, offset: offset + this.#batch.records };
    return offset;
  }

  /** The active segment, clean and with room: a full one is sealed by beginning the next. */
  #ready(): number {
    if (this.#file !== null && this.#dirty) this.#cut(this.#file);
    const full = this.#place.position > this.#settings.segmentBytes - this.#batch.bytes && this.#place.offset > this.#base;
    if (this.#base === -1 || full) {
      mkdirSync(this.#folder, { recursive: true });
      sweep(this.#folder, this.#settings.retention, this.#settings.clock()); // first, because it may be what makes room on the disk
      createSegment(this.#folder, this.#place.offset);
      if (this.#file !== null) closeSync(this.#file);
      this.#file = null;
      this.#base = this.#place.offset;
      this.#place = beginning(this.#base);
    }
    this.#file ??= openSync(segmentPath(this.#folder, this.#base), 'r+');
    return this.#file;
  }

  #cut(file: number): void {
    ftruncateSync(file, this.#place.position);
    this.#dirty = false;
  }
}

/** A full disk is for the operator to mend; anything else keeps its cause. */
function explain(path: string, error: unknown): Error {
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].find((code) => hasCode(error, code));
  if (full === undefined)
    return new Error(`${path} could not be written, and nothing of the append is in the log: ${messageOf(error)}`, { cause: error });
  const remedy = 'Make room or raise the limit. Nothing of this append is in the log; it may be sent again.';
  return new ArgsError(path, `cannot grow (${full}): the disk, the quota or the largest file size is reached`, remedy, { cause: error });
}
