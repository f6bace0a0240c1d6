import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTestLog, readAll, recordOf, temporaryFolder } from './support.ts';

const CHILD = fileURLToPath(new URL('./full-disk-child.ts', import.meta.url));

/** A process whose files may not grow beyond so many blocks of 512 bytes: write(2) then fails as it does on a full disk. */
function appendBelow(blocks: number, folder: string, ...sizes: number[]): unknown {
  const command = `ulimit -f ${blocks}; exec "$@"`;
  const args = ['-c', command, 'sh', process.execPath, CHILD, folder, ...sizes.map(String)];
  return JSON.parse(execFileSync('sh', args, { encoding: 'utf8' }));
}

test('an append that does not fit is refused with nothing of it visible, and what fits afterwards is appended without a gap', async () => {
  const folder = temporaryFolder();
  const refused = expect.stringMatching(/cannot grow \(EFBIG\).*\n.*may be sent again/);
  const bytesOf = (records: number, valueBytes: number): number => 24 + records * (36 + 8) + valueBytes; // header, heads, lengths
  expect(appendBelow(200, folder, 60_000, 60_000, 30_000, 50_000, 5_000)).toEqual([
    { outcome: { first: 0, last: 1 }, next: 2, bytes: bytesOf(2, 60_000) },
    { outcome: refused, next: 2, bytes: bytesOf(2, 60_000) },
    { outcome: { first: 2, last: 3 }, next: 4, bytes: bytesOf(4, 90_000) },
    { outcome: refused, next: 4, bytes: bytesOf(4, 90_000) },
    { outcome: { first: 4, last: 5 }, next: 6, bytes: bytesOf(6, 95_000) },
  ]);
  const log = await openTestLog(folder);
  expect(log.repairs).toEqual([]);
  expect((await readAll(log)).map((record) => record.value.length)).toEqual([30_000, 30_000, 15_000, 15_000, 2_500, 2_500]);
});

test('a log that cannot begin its first segment refuses the append, leaves no half file, and works once there is room', async () => {
  const folder = temporaryFolder();
  expect(appendBelow(0, folder, 100)).toMatchObject([{ outcome: expect.stringContaining('EFBIG'), next: 0 }]);
  const partition = `${folder}/topics/t/0`;
  expect(existsSync(partition) ? readdirSync(partition) : []).toEqual([]);
  const log = await openTestLog(folder);
  expect(await log.append('t', 0, [recordOf('a')])).toEqual({ first: 0, last: 0 });
});
