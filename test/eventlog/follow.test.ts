import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { openTestLog, recordOf, temporaryFolder } from './support.ts';

test('readers in other threads that poll while the writer appends and rolls see every record once, in order', async () => {
  const folder = temporaryFolder();
  const records = 3000;
  const url = new URL('./read-thread.ts', import.meta.url);
  const threads = [1, 2].map(() => new Worker(url, { workerData: { folder, records } }));
  const answers = Promise.all(
    threads.map(async (thread) => {
      const [seen]: string[][] = await once(thread, 'message');
      return seen;
    }),
  );
  await Promise.all(threads.map((thread) => once(thread, 'online')));

  const log = await openTestLog(folder, { segmentBytes: 50_000 });
  const textOf = (i: number): string => `${i}`.padEnd(i % 100 === 0 ? 20_000 : 10, '.');
  for (let i = 0; i < records; i += 5)
    await log.append(
      't',
      0,
      [0, 1, 2, 3, 4].map((j) => recordOf(textOf(i + j))),
    );

  const expected = Array.from({ length: records }, (_, i) => `${i}:${textOf(i)}`);
  for (const seen of await answers) expect(seen).toEqual(expected);
  await Promise.all(threads.map((thread) => thread.terminate()));
});
