import type { CollectorTotals } from './collector.ts';
import { Hours } from './service/hours.ts';
import type { DriftServiceOptions, RoundResult } from './service/options.ts';
import { Rounds } from './service/rounds.ts';
import { detailOf, type ModelStatusNow, statusOf, viewOf } from './service/status.ts';
import type { Profile } from './types.ts';
import type { DriftView, VerdictDetail } from './view-types.ts';

/** Watches models: collector, judge, label job and responder in rounds. Everything it knows is in the store; kill it and make another. */
export interface DriftService {
  /** One round: count, close windows, join labels when due, judge, respond, report. Call it again and again; never two at once. */
  round(): Promise<RoundResult>;
  /** What the page shows of a model (`tenant/name`), from the records; null before its first window closed. */
  view(model: string): DriftView | null;
  /** One cell of the grid. `window`: epoch milliseconds of its start. */
  detail(model: string, feature: string, window: number): Promise<VerdictDetail | null>;
  /** Everything counted: the sum of all profiles. */
  counted(): Promise<Profile>;
  /** The newest state of a model, for metrics. */
  status(model: string): ModelStatusNow | null;
  /** What the collector has done since this process began. */
  collector(): CollectorTotals;
  /** Flushes what is counted: before a stop. Not needed before a kill. */
  flush(): Promise<void>;
}

export async function createDriftService(options: DriftServiceOptions): Promise<DriftService> {
  const hours = await Hours.open(options.store);
  const rounds = new Rounds(options, hours);
  await rounds.load();
  const of = <T>(key: string, read: (model: NonNullable<ReturnType<Rounds['model']>>) => T): T | null => {
    const model = rounds.model(key);
    return model === undefined ? null : read(model);
  };
  return {
    round: () => rounds.round(),
    view: (key) => of(key, (model) => viewOf(model, rounds.sources)),
    status: (key) => of(key, (model) => statusOf(model, rounds.sources)),
    detail: async (key, feature, window) => of(key, (model) => detailOf(model, feature, window, rounds.sources)),
    counted: () => hours.counted(),
    collector: () => rounds.collecting.totals(),
    flush: () => rounds.collecting.flush(),
  };
}
