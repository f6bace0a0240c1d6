// Runs below a limit on the size of files that its test set, and tells on stdout what became of each append, as JSON.
// Usage: full-disk-child.ts FOLDER BYTES...: one append of two records that share so many bytes, for each number.
import { statSync } from 'node:fs';
import { openLog } from '../../runtime/eventlog/log.ts';
import { partitionFolder } from '../../runtime/eventlog/names.ts';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { segmentPath } from '../../runtime/eventlog/segment.ts';

const [, , folder = '', ...sizes] = process.argv;
const log = await openLog(folder, { clock: () => 0, segmentBytes: 1_000_000_000 });
const segment = segmentPath(partitionFolder(folder, 't', 0), 0);
const outcomes: unknown[] = [];
for (const size of sizes) {
  const half = { key: null, headers: {}, value: Buffer.alloc(Number(size) / 2) };
  const outcome = await log.append('t', 0, [half, half]).catch((error: Error) => error.message);
  const { next } = await openReader(folder).offsets('t', 0);
  outcomes.push({ outcome, next, bytes: statSync(segment, { throwIfNoEntry: false })?.size ?? 0 });
}
await log.close();
console.log(JSON.stringify(outcomes));
