import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openTestLog, readAll, temporaryFolder } from './support.ts';

const CHILD = fileURLToPath(new URL('./append-child.ts', import.meta.url));
const KILLS = 12;

/** Runs a writer and kills it once it has acknowledged so many records; gives every acknowledgement that got out. */
async function writeAndKill(folder: string, run: number, after: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, folder, `${run}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  let lines = 0;
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk;
    lines += String(chunk).split('\n').length - 1;
    if (lines > after) child.kill('SIGKILL');
  }
  const [first = '', ...acknowledged] = text.slice(0, text.lastIndexOf('\n')).split('\n');
  expect(first, 'the writer opened the log that its killed predecessor left').toMatch(/^repairs [01]$/);
  return acknowledged;
}

test('over a dozen SIGKILLs at random moments every acknowledged record is there exactly once, at its offset, without gaps', async () => {
  const folder = temporaryFolder();
  const acknowledged: string[] = [];
  for (let run = 0; run < KILLS; run++) acknowledged.push(...(await writeAndKill(folder, run, Math.floor(Math.random() * 1500))));

  const records = await readAll(await openTestLog(folder));
  expect(records.map((record) => record.offset)).toEqual(records.map((_, i) => i));
  expect(new Set(records.map((record) => record.key)).size).toBe(records.length);
  const lost = acknowledged.filter((line) => {
    const [id, offset] = line.split(' ');
    return records[Number(offset)]?.key !== id;
  });
  expect(lost).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
});
