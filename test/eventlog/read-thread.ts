// Follows a partition by polling until it saw so many records, then tells what it saw.
import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../../runtime/eventlog/reader.ts';

const { folder, records }: { folder: string; records: number } = workerData;
const reader = openReader(folder);
const seen: string[] = [];
while (seen.length < records) {
  for (const record of await reader.read('t', 0, seen.length)) seen.push(`${record.offset}:${record.value.toString()}`);
  await new Promise((resolve) => setImmediate(resolve));
}
parentPort?.postMessage(seen, []);
