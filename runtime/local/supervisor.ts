import { request } from 'undici';
import { ArgsError } from '../errors.ts';
import { openReader } from '../eventlog/reader.ts';
import { problemText } from '../model/read/problem.ts';
import { keyOf, type ModelSpec } from '../model/types.ts';
import { DirectoryRegistry } from '../registry/directory.ts';
import { openBrowser } from './browser.ts';
import type { LocalOptions } from './options.ts';
import { type PlatformProcess, startPlatformProcess } from './platform-process.ts';
import { type Replays, startReplays } from './replay/replays.ts';
import { copyTenant, openStateFolder, type StateFolder } from './state-folder.ts';
import { leftOutText, readLocalTenants } from './tenants.ts';
import { runTour } from './tour/tour.ts';
import { createTranscript } from './tour/transcript.ts';
import { EXAMPLE, train } from './training.ts';
import type { View } from './view.ts';

/** Requests per second of the replay unless `--rate` says otherwise: about an hour of flights per second. */
const DEFAULT_RATE = 600;

/**
 * `weir local`: brings the platform up on this machine, replays a file against it, and tells the tour when asked. Resolves with the exit
 * code: 0 fine, 1 a line of the tour did not come, 130 interrupted. The platform is a child process, started again when it dies.
 */
export async function runLocal(options: LocalOptions): Promise<number> {
  const started = performance.now();
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const note = (text: string): void => createTranscript(say, options.json).note(text);
  const folder = openStateFolder(options.state);
  const example = options.tenants === undefined;
  const stop = interruptible(); // before the first child: an interrupted start leaves no process behind
  const tenants = options.tenants ?? folder.tenants;
  if (example) {
    copyTenant(EXAMPLE.tenant, tenants);
    await train(folder.registry, folder.cache, note, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
  }
  const models = await registered(modelsOf(tenants), folder, note);
  if (stop.signal.aborted) return 130;
  const platform = await startPlatformProcess({ state: folder.root, tenants, port: options.port, onOutput: note });
  let replays: Replays | null = null;
  try {
    note(`platform: http://127.0.0.1:${platform.port}/   state: ${folder.root}`);
    const gaveUp = platform.failed.then((error) => Promise.reject(error));
    await Promise.race([serving(platform.port, models, note, stop.signal), gaveUp]);
    replays = await startReplay(options, folder, models, platform, example);
    if (replays !== null) await firstAnswer(replays, started, note, stop.signal);
    if (!options.headless) await openBrowser(`http://127.0.0.1:${platform.port}/`);
    const ended = Promise.race([stop.interrupted.then(() => 130), gaveUp]);
    if (options.tour && replays !== null) {
      const code = await Promise.race([tour(options, folder, platform, replays, tenants, { say, signal: stop.signal }), ended]);
      if (options.exit || code === 130) return code;
      note('The tour is over; the platform goes on. Ctrl-C ends it.');
    }
    return await ended;
  } finally {
    stop.forget();
    try {
      await replays?.stop();
    } finally {
      await platform.stop();
    }
  }
}

async function startReplay(
  options: LocalOptions,
  folder: StateFolder,
  models: readonly ModelSpec[],
  platform: PlatformProcess,
  example: boolean,
): Promise<Replays | null> {
  const file = options.replay ?? (example ? `${folder.cache}/features.parquet` : undefined);
  if (file === undefined) return null;
  const time = options.time ?? (example ? EXAMPLE.timeColumn : undefined);
  if (time === undefined) throw new ArgsError('--time', 'is missing', 'Name the column of event time in the --replay file.');
  return startReplays({ origin: `http://127.0.0.1:${platform.port}`, file, time, models, rate: options.rate ?? DEFAULT_RATE, folder });
}

function tour(
  options: LocalOptions,
  folder: StateFolder,
  platform: PlatformProcess,
  replays: Replays,
  tenants: string,
  { say, signal }: { readonly say: (text: string) => void; readonly signal: AbortSignal },
): Promise<number> {
  const log = openReader(folder.log);
  return runTour({ folder, platform, replays, tenants, log, variant: options.variant, transcript: createTranscript(say, options.json), signal });
}

function modelsOf(tenants: string): readonly ModelSpec[] {
  const { specs, problems, leftOut } = readLocalTenants(tenants);
  if (problems.length > 0)
    throw new ArgsError(tenants, `has ${problems.length} problems:\n${problems.map(problemText).join('\n')}`, 'Mend them and start again.');
  if (specs.length === 0 && leftOut.length > 0) {
    throw new ArgsError(
      tenants,
      `holds no model that this machine can serve:\n${leftOut.map((told) => leftOutText(told)).join('\n')}`,
      'Add one that it can.',
    );
  }
  if (specs.length === 0) throw new ArgsError(tenants, 'holds no model files', 'Add <tenant>/models/<model>.yaml, or use `weir init`.');
  return specs;
}

/** The models whose versions are there. One that is not waits for its push, and the others do not wait for it. */
async function registered(specs: readonly ModelSpec[], { registry }: StateFolder, note: (text: string) => void): Promise<readonly ModelSpec[]> {
  const versions = new DirectoryRegistry({ directory: registry, now: Date.now });
  const there: ModelSpec[] = [];
  for (const spec of specs) {
    const { model, version } = spec.registry;
    if ((await versions.get(model, version)) !== null) there.push(spec);
    else note(`${keyOf(spec)} waits for its version: weir registry push DIR --model ${model} --version ${version}`);
  }
  return there.length === 0 ? specs : there;
}

/** The first requests find a model: a client would ask readiness too. Five seconds without a word would look like a hang. */
async function serving(port: number, models: readonly ModelSpec[], note: (text: string) => void, stop: AbortSignal): Promise<void> {
  for (const model of models) {
    const url = `http://127.0.0.1:${port}/v2/models/${model.name}/ready`;
    for (let waited = 1; !stop.aborted && !(await isReady(url, `${model.tenant}.localhost`)); waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (waited % 100 === 0) note(`waiting for ${keyOf(model)} to serve: ${await lastWord(port, keyOf(model))}`);
    }
  }
}

async function firstAnswer(replays: Replays, started: number, note: (text: string) => void, stop: AbortSignal): Promise<void> {
  while (replays.stats().answered === 0 && !stop.aborted) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!stop.aborted) note(`first prediction ${((performance.now() - started) / 1_000).toFixed(1)} s after the start`);
}

/** undici, because fetch does not let a client name the Host. False also while the platform is being started again. */
async function isReady(url: string, host: string): Promise<boolean> {
  try {
    const answer = await request(url, { headers: { host } });
    await answer.body.dump();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}

/** Why a model does not serve yet, in its rollout's own last words. */
async function lastWord(port: number, key: string): Promise<string> {
  try {
    const answer = await request(`http://127.0.0.1:${port}/api/view`);
    const view: View = JSON.parse(await answer.body.text());
    const model = view.models.find((one) => one.key === key);
    const held = model?.conditions.find(({ type, status }) => type === 'Held' && status);
    return held?.message ?? model?.history.at(-1)?.message ?? 'it is being loaded';
  } catch {
    return 'the platform is being started again';
  }
}

function interruptible(): { readonly interrupted: Promise<void>; readonly signal: AbortSignal; forget(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const abort = new AbortController();
  const on = (): void => {
    abort.abort();
    resolve();
  };
  process.once('SIGINT', on).once('SIGTERM', on);
  return { interrupted: promise, signal: abort.signal, forget: () => void process.off('SIGINT', on).off('SIGTERM', on) };
}
