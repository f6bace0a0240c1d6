// Takes and releases a folder's lock over and over; counts in shared memory how often it held it and how often it was not alone.
import { workerData } from 'node:worker_threads';
import { lockDirectory } from '../../runtime/files-lock.ts';

const { folder, rounds, shared }: { folder: string; rounds: number; shared: SharedArrayBuffer } = workerData;
const [HOLDERS, HELD, TOGETHER] = [0, 1, 2];
const counts = new Int32Array(shared);
for (let round = 0; round < rounds; round++) {
  const lock = await lockDirectory(folder).catch(() => null);
  if (lock === null) continue;
  if (Atomics.add(counts, HOLDERS, 1) !== 0) Atomics.add(counts, TOGETHER, 1);
  Atomics.add(counts, HELD, 1);
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.sub(counts, HOLDERS, 1);
  lock.release();
}
