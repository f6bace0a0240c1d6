/** Unsigned LEB128 of integers up to 2^53, the range in which a double counts exactly. */
const GROUP = 128;
/** 2^53 needs eight groups of seven bits. */
const LONGEST = 8;

/** Appends counts to a list of bytes. Throws RangeError for what is no count. */
export function writeCounts(counts: ArrayLike<number>, into: number[]): void {
  for (let k = 0; k < counts.length; k++) {
    let rest = counts[k] ?? 0;
    if (!Number.isSafeInteger(rest) || rest < 0) throw new RangeError(`${rest} is not a count`);
    for (; rest >= GROUP; rest = Math.floor(rest / GROUP)) into.push((rest % GROUP) + GROUP);
    into.push(rest);
  }
}

/** Reads `length` counts from `at` on. Throws RangeError past the end and for numbers above 2^53. */
export function readCounts(bytes: Uint8Array, at: number, length: number): { readonly counts: Float64Array; readonly next: number } {
  const counts = new Float64Array(length);
  let next = at;
  for (let k = 0; k < length; k++) {
    let [value, scale, groups] = [0, 1, 0];
    for (let byte = GROUP; byte >= GROUP; scale *= GROUP) {
      const read = bytes[next++];
      if (read === undefined || ++groups > LONGEST) throw new RangeError(read === undefined ? 'the counts end early' : 'a count is too long');
      byte = read;
      value += (byte % GROUP) * scale;
    }
    if (!Number.isSafeInteger(value)) throw new RangeError('a count is above 2^53');
    counts[k] = value;
  }
  return { counts, next };
}
