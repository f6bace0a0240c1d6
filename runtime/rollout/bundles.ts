import { appendFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../errors.ts';
import { readIfThere, writeWhole } from '../files.ts';
import type { ModelKey } from '../model/types.ts';
import { bundlePath } from './bundle-path.ts';
import { traceOf } from './bundle-trace.ts';
import type { Bundles } from './ports.ts';

export interface BundlesOptions {
  /** The state folder; bundles lie in `bundles/<tenant>/<attempt>/` below it. */
  readonly directory: string;
  readonly now: () => number;
  /** Requests that failed lately, with what was answered; at most a few dozen. */
  readonly samples: (model: ModelKey) => Promise<readonly unknown[]>;
  /** A bundle that is not complete by then is given up: default 60 s. */
  readonly deadlineMs?: number;
  /** Where the decision record is cut: default 8 MiB. */
  readonly recordBytes?: number;
}

/** What a person needs in the morning, written while it is still there. Never in the way of traffic: errors end as `failed`. */
export function createBundles(options: BundlesOptions): Bundles {
  const { directory, now, deadlineMs = 60_000, recordBytes = 8 << 20 } = options;
  const running = new Map<string, 'running' | 'failed'>();
  const full = new Set<string>();
  const fileOf = (model: ModelKey, attempt: string, name: string): string => join(directory, bundlePath(model, attempt, name));
  return {
    start(model, attempt, facts) {
      const file = fileOf(model, attempt, 'bundle.json');
      running.set(file, 'running');
      const late = new Promise<never>((_resolve, reject) => {
        setTimeout(() => reject(new Error(`not complete after ${deadlineMs} ms`)), deadlineMs).unref();
      });
      const records = fileOf(model, attempt, 'decisions.jsonl');
      const write = async (): Promise<void> => {
        const bundle = await Promise.race([collect(options, model, attempt, facts, records), late]);
        writeWhole(file, `${JSON.stringify({ ...bundle, writtenAt: new Date(now()).toISOString() }, null, 2)}\n`);
        running.delete(file);
      };
      write().catch(() => running.set(file, 'failed')); // the attempt goes on and says so
    },
    state(model, attempt) {
      const path = bundlePath(model, attempt, 'bundle.json');
      const file = join(directory, path);
      const state = running.get(file) ?? (existsSync(file) ? 'done' : 'none');
      return { state, path: state === 'done' ? path : null };
    },
    record(model, attempt, line) {
      const file = fileOf(model, attempt, 'decisions.jsonl');
      if (full.has(file)) return;
      if (!appendBounded(file, line, recordBytes)) full.add(file);
    },
  };
}

async function collect(
  { samples }: BundlesOptions,
  model: ModelKey,
  attempt: string,
  facts: Readonly<Record<string, unknown>>,
  records: string,
): Promise<Readonly<Record<string, unknown>>> {
  const failed = await samples(model).catch((error: unknown) => [{ error: messageOf(error) }]);
  return { kind: 'weir.rollout/Bundle', v: 1, model, attempt, ...traceOf(readIfThere(records) ?? ''), ...facts, failedRequests: failed };
}

/** @returns False when the record is full: it is cut once, and says so. */
function appendBounded(file: string, line: Readonly<Record<string, unknown>>, most: number): boolean {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const text = `${JSON.stringify(line)}\n`;
  const fits = size + text.length <= most;
  appendFileSync(file, fits ? text : `${JSON.stringify({ at: line.at, cut: `longer than ${most} bytes` })}\n`);
  return fits;
}
