import xxhash from 'xxhash-wasm';
import { TOTAL } from './positions.ts';

/** xxHash64 of a text's UTF-8 bytes, seed 0: what Envoy hashes headers with. */
export type Hash64 = (text: string) => bigint;

/** Compiles the WebAssembly once; the function that comes back is pure and synchronous. */
export async function loadHash64(): Promise<Hash64> {
  const wasm = await xxhash();
  return (text) => wasm.h64(text);
}

/** A text's bucket, 0..9,999. Of a model's key it is where that model's candidate range starts: models pick different users. */
export function bucketOf(hash: Hash64, text: string): number {
  return Number(hash(text) % BigInt(TOTAL));
}
