import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../runtime/eventlog/log.ts';
import { openReader } from '../runtime/eventlog/reader.ts';
import type { Row } from './report.ts';

const VALUE = Buffer.alloc(300, 'v'); // about one prediction of eight features
const SECONDS = 1.5;

/** Appended records per second by how many callers are in flight, against bare write(2) of the same bytes; then reading and opening. */
export async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  try {
    const rows: Row[] = [];
    for (const callers of [1, 16, 256]) {
      const baseline = bareWrites(join(folder, `bare-${callers}`), callers);
      const value = await appends(join(folder, `log-${callers}`), callers);
      rows.push({ name: `event log: append, ${callers} in flight`, value, unit: 'records/s', baseline, ratio: value / baseline });
    }
    return [...rows, ...(await reading(join(folder, 'log-256')))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function appends(folder: string, callers: number): Promise<number> {
  const log = await openLog(folder, { clock: Date.now });
  const began = performance.now();
  const until = began + SECONDS * 1000;
  let records = 0;
  const caller = async (): Promise<void> => {
    for (; performance.now() < until; records++) await log.append('t', 0, [{ key: 'acme/eta', headers: { version: '2' }, value: VALUE }]);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - began) / 1000;
  await log.close();
  return records / seconds;
}

/** The least that any log could do: the values of so many callers by one write, nothing around them, nobody waiting. */
function bareWrites(path: string, callers: number): number {
  const bytes = Buffer.alloc(VALUE.length * callers, 'v');
  const file = openSync(path, 'w');
  const began = performance.now();
  let records = 0;
  for (; performance.now() < began + SECONDS * 1000; records += callers) writeSync(file, bytes);
  const seconds = (performance.now() - began) / 1000;
  closeSync(file);
  return records / seconds;
}

async function reading(folder: string): Promise<Row[]> {
  const opening = performance.now();
  const log = await openLog(folder, { clock: Date.now });
  const opened = performance.now();
  await log.close();
  const reader = openReader(folder);
  const began = performance.now();
  let next = 0;
  for (;;) {
    const last = (await reader.read('t', 0, next)).at(-1);
    if (last === undefined) break;
    next = last.offset + 1;
  }
  const seconds = (performance.now() - began) / 1000;
  return [
    { name: 'event log: read in order', value: next / seconds, unit: 'records/s' },
    { name: `event log: open with ${next.toLocaleString('en')} records`, value: opened - opening, unit: 'ms' },
  ];
}
