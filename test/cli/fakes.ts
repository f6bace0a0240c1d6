import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../cli/context.ts';
import { writeWhole } from '../../runtime/files.ts';
import { layoutOf, openStateFolder, type StateFolder } from '../../runtime/local/state-folder.ts';
import { createFilesObjectStore } from '../../runtime/objects/files.ts';
import type { ObjectStore } from '../../runtime/objects/port.ts';
import { specOf, TEN_LINES } from '../model/files.ts';
import { scratch } from './run.ts';

export interface FakeContext extends Context {
  readonly said: string[];
  readonly noted: string[];
}

/** A world without a terminal whose waiting takes no time; `onWait` happens during it. */
export function fakeContext(state: string, onWait: () => Promise<void> | void = () => undefined): FakeContext {
  const said: string[] = [];
  const noted: string[] = [];
  let clock = Date.parse('2026-11-21T12:00:00Z');
  return {
    said,
    noted,
    out: (text) => void said.push(text),
    note: (text) => void noted.push(text),
    terminal: false,
    paint: (_style, text) => text,
    confirm: async () => false,
    ask: async () => null,
    now: () => clock,
    wait: async (milliseconds) => {
      clock += milliseconds;
      await onWait();
    },
    env: { WEIR_STATE: state },
  };
}

/** A state folder with one model, `payments/fraud`. */
export async function stateWithModel(): Promise<{ readonly folder: StateFolder; readonly objects: ObjectStore }> {
  const folder = openStateFolder(join(scratch(), 'state'));
  let id = 0;
  const report = (problem: Error): never => {
    throw problem;
  };
  const objects = createFilesObjectStore(folder.objects, { now: () => 0, newId: () => `uid-${id++}`, report });
  await objects.applySpec(specOf(TEN_LINES));
  return { folder, objects };
}

/** Says that this very process is the platform. */
export function pretendRunning(folder: StateFolder, port: number, pid = process.pid): void {
  mkdirSync(folder.root, { recursive: true });
  writeWhole(layoutOf(folder.root).run, JSON.stringify({ pid, port, startedAt: '2026-11-21T12:00:00Z' }));
}
