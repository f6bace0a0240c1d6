import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { openStateFolder, type StateFolder } from '../../runtime/local/state-folder.ts';
import { createFilesObjectStore } from '../../runtime/objects/files.ts';
import { AUDIT_TOPIC, type AuditEvent } from '../../runtime/telemetry/events.ts';
import { ROOT } from '../support/sources.ts';
import { copyTrainedRegistry } from '../support/trained-registry.ts';

type Entry = { readonly kind: string; readonly text?: string; readonly record?: string; readonly number?: number };

let root = '';
let folder: StateFolder;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'weir-tour-'));
  folder = openStateFolder(join(root, 'state'));
  await copyTrainedRegistry(folder.registry);
}, 300_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('the tour ends with 0, and each of its lines stands in the platform’s records', async () => {
  const { code, output } = await play(['--tour', '--headless', '--exit', '--json', '--port', '0', '--state', folder.root]);
  const entries = output.filter((line) => line.startsWith('{')).map((line): Entry => JSON.parse(line));
  expect(entries.filter(({ kind }) => kind === 'failed')).toEqual([]);
  expect(code).toBe(0);
  expect(entries.flatMap(({ kind, number }) => (kind === 'part' ? [number] : []))).toEqual([1, 2, 3, 4, 7]);

  const audit = await trail();
  const objects = createFilesObjectStore(folder.objects, { now: Date.now, newId: () => '', report: () => undefined });
  const history = (await objects.model('flights/eta'))?.status?.history ?? [];
  const lines = entries.filter(({ kind }) => kind === 'line');
  expect(lines.length).toBeGreaterThan(20);
  const unfounded = lines.filter(({ text = '', record = '' }) => {
    if (record.startsWith('status.history')) return !history.some(({ message }) => text.endsWith(message));
    if (record.startsWith('audit ')) return !audit.some((event) => event.id === record.slice(6) && event.text === text);
    if (record.startsWith('drift/alarms/')) return !audit.some((event) => event.record === record && event.text === text);
    return !['client', 'status', 'drift/verdicts', 'drift/state', 'weir.audit', 'weir.predictions.flights'].includes(record);
  });
  expect(unfounded).toEqual([]);
}, 900_000);

test('an interrupt in the middle of the tour ends it at once, with 130, and leaves no platform behind', async () => {
  let pressed = false; // once: a second Ctrl-C would end it the hard way
  const { code } = await play(['--tour', '--headless', '--json', '--port', '0', '--state', folder.root], (line, child) => {
    if (pressed || !line.includes('"kind":"line"')) return;
    pressed = child.kill('SIGINT');
  });
  expect(code).toBe(130);
  expect(existsSync(folder.run)).toBe(false);
}, 120_000);

async function trail(): Promise<readonly AuditEvent[]> {
  const records = await openReader(folder.log).read(AUDIT_TOPIC, 0, 0, { maxRecords: 10_000, maxBytes: 1 << 26 });
  return records.map(({ value }): AuditEvent => JSON.parse(value.toString()));
}

function play(
  args: readonly string[],
  onText: (text: string, child: ChildProcess) => void = () => undefined,
): Promise<{ readonly code: number | null; readonly output: readonly string[] }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'cli/weir.ts'), 'local', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      onText(chunk, child);
      process.stdout.write(chunk); // three minutes without a word would look like a hang
    });
    child.once('exit', (code) => resolve({ code, output: text.split('\n') }));
  });
}
