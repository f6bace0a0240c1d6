import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8_192;

/**
 * UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so that ids sort by time. Random bytes are drawn in large
 * portions: one draw per id would cost more than all the rest of it.
 */
export function createIds(now: () => number, fill: (pool: Buffer) => unknown = randomFillSync): () => string {
  const pool = Buffer.alloc(POOL_BYTES);
  let at = POOL_BYTES;
  return () => {
    if (at + 10 > POOL_BYTES) {
      fill(pool);
      at = 0;
    }
    const time = now().toString(16).padStart(12, '0');
    pool[at] = ((pool[at] ?? 0) & 0x0f) | 0x70;
    pool[at + 2] = ((pool[at + 2] ?? 0) & 0x3f) | 0x80;
    const hex = pool.toString('hex', at, at + 10);
    at += 10;
    return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8)}`;
  };
}
