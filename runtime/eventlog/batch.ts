import type { NewRecord } from './port.ts';
import { encode, seal } from './record.ts';

const SMALLEST = 64 * 1024;
const KEPT = 1024 * 1024; // a buffer that one large write needed is not kept for ever

/** The records that wait for the next write of one partition, already in their form on disk. */
export class Batch {
  #buffer = Buffer.allocUnsafeSlow(SMALLEST);
  #used = 0;
  #starts: number[] = [];

  get records(): number {
    return this.#starts.length;
  }

  get bytes(): number {
    return this.#used;
  }

  /** @param bytes what `measure` said of all of them together. */
  add(records: readonly NewRecord[], bytes: number, now: number): void {
    this.#reserve(bytes);
    for (const record of records) {
      this.#starts.push(this.#used);
      this.#used = encode(this.#buffer, this.#used, record, record.time ?? now);
    }
  }

  /** The bytes to write, valid until `clear`. Offsets are given here and not before: those of a failed write are given again. */
  seal(first: number): Buffer {
    const batch = this.#buffer.subarray(0, this.#used);
    for (const [i, start] of this.#starts.entries()) seal(batch, start, this.#starts[i + 1] ?? this.#used, first + i);
    return batch;
  }

  clear(): void {
    if (this.#buffer.length > KEPT) this.#buffer = Buffer.allocUnsafeSlow(SMALLEST);
    this.#used = 0;
    this.#starts = [];
  }

  #reserve(bytes: number): void {
    const needed = this.#used + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}
