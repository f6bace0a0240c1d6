import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openReader } from '../runtime/eventlog/reader.ts';
import { followLines } from '../runtime/lines.ts';
import { openStateFolder, type StateFolder } from '../runtime/local/state-folder.ts';
import { createFilesObjectStore } from '../runtime/objects/files.ts';
import { applyVersion } from '../test/support/running.ts';
import { copyTrainedRegistry } from '../test/support/trained-registry.ts';
import { residentTree } from './process-tree.ts';
import type { Row } from './report.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DEFAULT_MINUTES = 3;
const SAMPLE_MS = 2_000;
const START_MS = 180_000;
/** What is loaded, compiled and filled once, not counted as growth. */
const WARM_UP_MS = 60_000;
/** Goes to half of the requests and waits there: both versions stay loaded and serve for as long as the bench runs. */
const HALF = { preset: 'local', steps: [{ weight: 50 }, { approve: { by: 'bench' } }] };

/** Bytes resident at a moment. `client` is the process that supervises and replays, `platform` everything below it. */
interface Sample {
  readonly client: number;
  readonly platform: number;
}

/**
 * The processes of `npm start` without page and tour, replaying 600 requests per second to two versions: what the tree has in memory over
 * WEIR_BENCH_MINUTES (default 3), beginning a minute after the second version took its share.
 */
export async function bench(): Promise<Row[]> {
  const minutes = Number(process.env.WEIR_BENCH_MINUTES ?? DEFAULT_MINUTES);
  const root = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  const folder = openStateFolder(join(root, 'state'));
  const { cacheDir } = await copyTrainedRegistry(folder.registry);
  cpSync(cacheDir, folder.cache, { recursive: true });
  const child = spawn(process.execPath, [...startWords(), '--headless', '--port', '0', '--state', folder.root], { cwd: ROOT });
  const words = followLines([child.stdout, child.stderr], () => undefined);
  try {
    await until(child, words, 'a first prediction', async () => words.some((line) => line.startsWith('first prediction')));
    applyVersion(folder, '2', HALF);
    await until(child, words, 'half of the requests for version 2', async () => (await stepOf(folder)) === 1);
    await pause(WARM_UP_MS);
    const [before, began] = [await logged(folder), performance.now()];
    const samples = await watch(child, words, minutes * 60_000);
    const rate = ((await logged(folder)) - before) / ((performance.now() - began) / 1_000);
    return rowsOf(samples, minutes, rate);
  } finally {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await gone;
    }
    rmSync(root, { recursive: true, force: true });
  }
}

/** What `npm start` gives to node, its flags too; the tour is left out. */
function startWords(): readonly string[] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return scripts.start.split(' ').filter((word) => word !== 'node' && word !== '--tour');
}

/** Where the rollout stands in the list of its steps; null without one. */
async function stepOf(folder: StateFolder): Promise<number | null> {
  const objects = createFilesObjectStore(folder.objects, { now: Date.now, newId: () => '', report: () => undefined });
  return (await objects.model('flights/eta'))?.status?.attempt?.step.index ?? null;
}

/** Predictions in the event log. */
async function logged(folder: StateFolder): Promise<number> {
  const log = openReader(folder.log);
  let sum = 0;
  for (const { topic, partitions } of (await log.topics()).filter((one) => one.topic.startsWith('weir.predictions.'))) {
    for (let partition = 0; partition < partitions; partition += 1) sum += (await log.offsets(topic, partition)).next;
  }
  return sum;
}

async function until(child: ChildProcess, words: readonly string[], what: string, there: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + START_MS; !(await there()); await pause(100)) {
    if (child.exitCode !== null || performance.now() > end) throw new Error(`"${what}" did not come:\n${words.join('\n')}`);
  }
}

async function watch(child: ChildProcess, words: readonly string[], forMs: number): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const end = performance.now() + forMs; performance.now() < end; await pause(SAMPLE_MS)) {
    const [client, ...below] = residentTree(child.pid ?? 0);
    if (client === undefined || below.length === 0) throw new Error(`the platform ended:\n${words.join('\n')}`);
    samples.push({ client: client.bytes, platform: below.reduce((sum, { bytes }) => sum + bytes, 0) });
  }
  return samples;
}

function rowsOf(samples: readonly Sample[], minutes: number, rate: number): Row[] {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const whole = ({ client, platform }: Sample): number => client + platform;
  const mean = (of: readonly Sample[], pick: (sample: Sample) => number): number => of.reduce((sum, one) => sum + pick(one), 0) / of.length / 1e6;
  const grown = mean(last, whole) - mean(first, whole);
  return [
    { name: `memory: whole process tree, last third of ${minutes} min`, value: mean(last, whole), unit: 'MB' },
    { name: 'memory: whole process tree, first third', value: mean(first, whole), unit: 'MB' },
    { name: 'memory: whole process tree, most', value: Math.max(...samples.map(whole)) / 1e6, unit: 'MB' },
    { name: 'memory: growth between the thirds', value: (grown / ((2 / 3) * minutes)) * 10, unit: 'MB/10 min' },
    { name: 'memory: the platform, last third', value: mean(last, ({ platform }) => platform), unit: 'MB' },
    { name: 'memory: supervisor and client, last third', value: mean(last, ({ client }) => client), unit: 'MB' },
    { name: 'memory: predictions logged meanwhile', value: rate, unit: 'records/s' },
  ];
}
