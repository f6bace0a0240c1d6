import type { ModelSpec } from '../../model/types.ts';
import { clearScratch } from '../lake/write.ts';
import { DAY } from '../windows.ts';
import { Cohorts, keptHours } from './cohorts.ts';
import { Collecting } from './collecting.ts';
import { watchFreshness } from './freshness.ts';
import type { Hours } from './hours.ts';
import { Labelling } from './labelling.ts';
import { type ModelContext, ModelJudging } from './model.ts';
import type { DriftServiceOptions, RoundResult } from './options.ts';
import { Publisher } from './publish.ts';
import { References } from './references.ts';
import { Reports } from './reports.ts';
import { Responding } from './responding.ts';
import { removeOld } from './retention.ts';
import type { StatusSources } from './status.ts';

/** Raw profiles are kept this long after they were folded. */
const RAW_KEPT = 7 * DAY;

/** The parts of the service, and the order in which a round runs them. */
export class Rounds {
  readonly collecting: Collecting;
  readonly sources: StatusSources;
  readonly #options: DriftServiceOptions;
  readonly #hours: Hours;
  readonly #labelling: Labelling;
  readonly #context: ModelContext;
  readonly #models = new Map<string, ModelJudging>();

  constructor(options: DriftServiceOptions, hours: Hours) {
    const { store, log, lakeDirectory, wallNow, audit, objects = null } = options;
    const cohorts = new Cohorts(store, (tenant, model) => keptHours(this.#spec(tenant, model)));
    const references = new References(options.references, store, (tenant, model) => this.#spec(tenant, model));
    const publisher = new Publisher(log, wallNow, audit);
    const responding = new Responding({ store, hours, cohorts, references, objects, clients: { publisher, objects } });
    this.#options = options;
    this.#hours = hours;
    this.#labelling = new Labelling(options, references, cohorts);
    this.#context = { store, hours, cohorts, lake: { root: lakeDirectory }, references, publisher, responding };
    this.collecting = new Collecting(options, references);
    this.sources = { store, cohorts, references, responding, reports: new Reports(store, references, cohorts) };
  }

  /** @param key `tenant/name` */
  model(key: string): ModelJudging | undefined {
    return this.#models.get(key);
  }

  #spec(tenant: string, model: string): ModelSpec | undefined {
    return this.#options.specs().find((spec) => spec.tenant === tenant && spec.name === model);
  }

  async load(): Promise<void> {
    clearScratch(this.#context.lake);
    await this.sources.responding.load();
    await this.#labelling.load();
    for (const spec of this.#options.specs()) await this.#judging(spec);
  }

  async #judging(spec: ModelSpec): Promise<ModelJudging> {
    const key = `${spec.tenant}/${spec.name}`;
    const known = this.#models.get(key);
    if (known !== undefined && JSON.stringify(known.spec) === JSON.stringify(spec)) return known;
    const fresh = new ModelJudging(spec, this.#context);
    await fresh.load();
    await this.sources.reports.load(spec.tenant, spec.name);
    this.#models.set(key, fresh);
    return fresh;
  }

  async round(): Promise<RoundResult> {
    const eventMs = this.#options.eventNow();
    if (eventMs === null) return { records: 0, windows: [], labelled: false, acts: 0 };
    const now = eventMs / 1000;
    const models: ModelJudging[] = [];
    for (const spec of this.#options.specs()) models.push(await this.#judging(spec));
    const closings = models.flatMap((model) => model.nextClose() ?? []);
    const { records, gap } = await this.collecting.round(this.#hours, now, closings.length === 0 ? null : Math.min(...closings));
    const labelled = await this.#labelling.round(now, this.#options.specs());
    const windows: RoundResult['windows'][number][] = [];
    let acts = 0;
    for (const model of models) {
      const done = await this.#watch(model, { now, gap, labelled });
      windows.push(...done.windows);
      acts += done.acts;
    }
    if (labelled) await this.#checkpoint(models, now);
    return { records, windows, labelled, acts };
  }

  /** One model's part of a round: judge what closed, then respond and report when anything is new. */
  async #watch(
    model: ModelJudging,
    { now, gap, labelled }: { readonly now: number; readonly gap: boolean; readonly labelled: boolean },
  ): Promise<Pick<RoundResult, 'windows' | 'acts'>> {
    const { responding, reports } = this.sources;
    const watermark = this.collecting.watermark();
    const closed = await model.closeWindows(watermark, gap);
    const changed = await watchFreshness(model, this.#hours, responding, Math.min(now, (watermark ?? 0) / 1000));
    const { spec, judged, freshness } = model;
    const news = closed.length > 0 || labelled || changed;
    const state = { active: judged?.active ?? null, since: judged?.since ?? {}, latest: (version: string) => model.latest(version) };
    const acts = news ? await responding.respond({ spec, ...state, freshness, now }) : 0;
    if (acts > 0 || (labelled && model.shown.length > 0)) await reports.write(model, responding.alarms());
    const windows = closed.map(({ window, version, tenant, model: name }) => {
      return { start: Date.parse(window.start) / 1000, seconds: window.seconds, version, model: `${tenant}/${name}` };
    });
    return { windows, acts };
  }

  async #checkpoint(models: readonly ModelJudging[], now: number): Promise<void> {
    const closed = models.flatMap(({ judged }) => (judged === null ? [] : [Math.min(judged.nextDay, judged.nextHour)]));
    await this.#hours.checkpoint(closed.length === 0 ? 0 : Math.min(...closed));
    await this.#hours.removeRaw(now - RAW_KEPT, this.collecting.partitions());
    await removeOld(this.#context.store, this.#context.lake, now);
  }
}
