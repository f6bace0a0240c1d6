/** Seeded random numbers in [0, 1): mulberry32. The same seed trains the same model on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `size` of the numbers from 0 to `total` - 1 without repetition, ascending, each set equally likely (Knuth's selection sampling). */
export function sampleOf(total: number, size: number, random: () => number): Int32Array {
  const chosen = new Int32Array(Math.min(size, total));
  for (let at = 0, taken = 0; taken < chosen.length; at++) {
    if ((total - at) * random() < chosen.length - taken) chosen[taken++] = at;
  }
  return chosen;
}
