import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeWhole } from '../../runtime/files.ts';
import { type PlatformProcess, startPlatformProcess } from '../../runtime/local/platform-process.ts';
import type { Answer } from '../../runtime/local/replay/client.ts';
import { type Replays, startReplays } from '../../runtime/local/replay/replays.ts';
import { copyTenant, openStateFolder, type StateFolder } from '../../runtime/local/state-folder.ts';
import { EXAMPLE } from '../../runtime/local/training.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { createFilesObjectStore } from '../../runtime/objects/files.ts';
import type { ModelStatus } from '../../runtime/rollout/types.ts';
import { specsOf } from './specs.ts';
import { copyTrainedRegistry } from './trained-registry.ts';

/** The flights example on a real platform process with a real client, for tests of the whole. */
export interface ExamplePlatform {
  readonly folder: StateFolder;
  readonly platform: PlatformProcess;
  readonly replays: Replays;
  /** Every answer that the client saw, with the wall time it came at. */
  readonly answers: readonly (Answer & { readonly at: number })[];
  readonly status: () => Promise<ModelStatus | null>;
  /** Polls until it is there; the error names what did not come, and what the platform said last. */
  readonly until: (what: string, seconds: number, there: () => Promise<boolean> | boolean) => Promise<void>;
  close(): Promise<void>;
}

/** @param rate Requests per second. */
export async function startExample(rate: number): Promise<ExamplePlatform> {
  const root = mkdtempSync(join(tmpdir(), 'weir-example-'));
  const folder = openStateFolder(join(root, 'state'));
  const { cacheDir } = await copyTrainedRegistry(folder.registry);
  copyTenant(EXAMPLE.tenant, folder.tenants);
  patient(folder);
  const words: string[] = [];
  const platform = await startPlatformProcess({ state: folder.root, tenants: folder.tenants, port: 0, onOutput: (line) => words.push(line) });
  const objects = createFilesObjectStore(folder.objects, { now: Date.now, newId: () => '', report: () => undefined });
  const status = async (): Promise<ModelStatus | null> => (await objects.model('flights/eta'))?.status ?? null;
  const until: ExamplePlatform['until'] = async (what, seconds, there) => {
    for (const end = performance.now() + seconds * 1_000; !(await there()); await pause(50)) {
      if (performance.now() > end) throw new Error(`"${what}" did not come within ${seconds} s; the platform said:\n${words.slice(-20).join('\n')}`);
    }
  };
  await until('version 1 serves', 60, async () => (await status())?.stable?.version === '1');
  const models = specsOf(loadFolder(folder.tenants, { profile: profileOf('local') }));
  const file = join(cacheDir, 'features.parquet');
  const replays = await startReplays({ origin: `http://127.0.0.1:${platform.port}`, file, time: EXAMPLE.timeColumn, models, rate, folder });
  const answers: (Answer & { readonly at: number })[] = [];
  replays.watch((answer) => void answers.push({ ...answer, at: Date.now() }));
  const close = async (): Promise<void> => {
    await replays.stop();
    await platform.stop();
    rmSync(root, { recursive: true, force: true });
  };
  return { folder, platform, replays, answers, status, until, close };
}

/** A busy machine must not look like a slow model: the budget is raised far above any pause of the machine. */
function patient(folder: StateFolder): void {
  const file = join(folder.tenants, 'flights', 'models', 'eta.yaml');
  const text = readFileSync(file, 'utf8');
  const patched = text.replace(/latency: \w+/, 'latency: 5s');
  if (patched === text) throw new Error(`${file} no longer says latency`);
  writeWhole(file, patched);
}
