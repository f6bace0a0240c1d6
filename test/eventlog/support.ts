import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FilesLog, type LogOptions, openLog } from '../../runtime/eventlog/log.ts';
import type { EventLog, LogRecord, NewRecord } from '../../runtime/eventlog/port.ts';

/** An empty folder for the running test alone. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A log that the running test's end closes. */
export async function openTestLog(folder: string, options: Partial<LogOptions> = {}): Promise<FilesLog> {
  const log = await openLog(folder, { clock: () => 1_000, ...options });
  onTestFinished(() => log.close());
  return log;
}

export function recordOf(text: string): NewRecord {
  return { key: null, headers: {}, value: Buffer.from(text) };
}

/** Everything in a partition, read as a consumer does: from where the last read ended. */
export async function readAll(log: Pick<EventLog, 'read'>, topic = 't', partition = 0): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for (let from = 0; ; ) {
    const records = await log.read(topic, partition, from, { maxRecords: 100 });
    if (records.length === 0) return all;
    all.push(...records);
    from = (records.at(-1)?.offset ?? 0) + 1;
  }
}

export async function textsOf(log: Pick<EventLog, 'read'>, topic = 't', partition = 0): Promise<string[]> {
  return (await readAll(log, topic, partition)).map((record) => record.value.toString());
}
