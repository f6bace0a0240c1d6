import { ArgsError } from '../../errors.ts';
import { readJsonIfThere, writeWhole } from '../../files.ts';
import { keyOf, type ModelSpec } from '../../model/types.ts';
import { readInjections } from '../injections.ts';
import type { StateFolder } from '../state-folder.ts';
import type { Answer } from './client.ts';
import { Replay, type ReplayState, type ReplayStats } from './replay.ts';
import { openSource } from './source.ts';

export interface ReplaysOptions {
  readonly origin: string;
  readonly file: string;
  /** Column of event time. */
  readonly time: string;
  readonly models: readonly ModelSpec[];
  /** Requests per second over all models. */
  readonly rate: number;
  readonly folder: Pick<StateFolder, 'root' | 'replay'>;
}

/** One replay per model of the tenants' files, all of the same file. */
export interface Replays {
  readonly models: readonly ModelSpec[];
  stats(): ReplayStats;
  /** Shows every answer from now on, with the id that the client gave; the result ends that. */
  watch(listener: (answer: Answer, clientId: string) => void): () => void;
  /** Stops and keeps where it stood, so that the next start goes on from there. */
  stop(): Promise<void>;
}

const INJECTIONS_READ_MS = 200;

export async function startReplays(options: ReplaysOptions): Promise<Replays> {
  const saved = readJsonIfThere(options.folder.replay, isSaved, 'Remove the file: the replay begins anew, at the first row.') ?? {};
  const listeners = new Set<(answer: Answer, clientId: string) => void>();
  let active = readInjections(options.folder.root);
  // Every file is looked at before anything starts: a refusal leaves no timer and no replay behind, which would keep the process alive.
  const sources = await Promise.all(options.models.map(async (model) => ({ model, source: await openSource(options.file, options.time, model) })));
  const timer = setInterval(() => {
    try {
      active = readInjections(options.folder.root);
    } catch (error) {
      if (!(error instanceof ArgsError)) throw error; // a damaged file: the platform, which owns it, says so; traffic goes on as it was
    }
  }, INJECTIONS_READ_MS);
  const running = sources.map(({ model, source }) => {
    const replay = new Replay({
      origin: options.origin,
      model,
      source,
      rate: options.rate / options.models.length,
      injections: () => active,
      now: () => performance.now(),
      random: Math.random,
      saved: saved[keyOf(model)] ?? null,
      onAnswer: (answer, clientId) => {
        for (const listener of listeners) listener(answer, clientId);
      },
    });
    replay.start();
    return { key: keyOf(model), replay, source };
  });
  return {
    models: options.models,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stats: () => sumStats(running.map(({ replay }) => replay.stats())),
    async stop() {
      clearInterval(timer);
      const states = await Promise.all(running.map(async ({ key, replay }) => [key, await replay.stop()] as const));
      for (const { source } of running) source.close();
      writeWhole(options.folder.replay, JSON.stringify(Object.fromEntries(states)));
    },
  };
}

function sumStats(all: readonly ReplayStats[]): ReplayStats {
  const sum = (pick: (stats: ReplayStats) => number): number => all.reduce((total, stats) => total + pick(stats), 0);
  const most = (pick: (stats: ReplayStats) => number): number => all.reduce((total, stats) => Math.max(total, pick(stats)), 0);
  const versions: Record<string, number> = {};
  for (const stats of all) for (const [version, count] of Object.entries(stats.versions)) versions[version] = (versions[version] ?? 0) + count;
  return {
    sent: sum((one) => one.sent),
    answered: sum((one) => one.answered),
    fallbacks: sum((one) => one.fallbacks),
    refused: sum((one) => one.refused),
    unreachable: sum((one) => one.unreachable),
    shed: sum((one) => one.shed),
    labels: sum((one) => one.labels),
    versions,
    p50: most((one) => one.p50),
    p95: most((one) => one.p95),
    eventTime: most((one) => one.eventTime),
    finished: all.every((one) => one.finished),
  };
}

function isSaved(value: unknown): value is Readonly<Record<string, ReplayState>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(isReplayState);
}

function isReplayState(value: unknown): value is ReplayState {
  if (typeof value !== 'object' || value === null || !('eventTime' in value) || !('labels' in value)) return false;
  return Number.isFinite(value.eventTime) && Array.isArray(value.labels);
}
