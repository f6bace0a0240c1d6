import type { ModelSpec } from '../model/types.ts';
import type { CollectorTotals } from './collector.ts';
import { readLabelState, runLabelJob, type ScoredVersion } from './labels/job.ts';
import { clearScratch } from './lake/write.ts';
import { alarmId, isOpen } from './policy/alarms.ts';
import type { AlarmRecord } from './responder/decide.ts';
import { Cohorts } from './service/cohorts.ts';
import { Collecting } from './service/collecting.ts';
import { Hours } from './service/hours.ts';
import { ModelJudging } from './service/model.ts';
import type { DriftServiceOptions, RoundResult } from './service/options.ts';
import { Publisher } from './service/publish.ts';
import { isWindowRecord, recordPath, type WindowRecord } from './service/records.ts';
import { References } from './service/references.ts';
import { Reports } from './service/reports.ts';
import { Responding } from './service/responding.ts';
import { driftView, verdictDetail } from './service/view.ts';
import { checkFreshness } from './staleness.ts';
import type { Performance, Profile, QualityResult } from './types.ts';
import type { DriftView, VerdictDetail } from './view-types.ts';
import { DAY, floorTo, HOUR, isoOf } from './windows.ts';

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

export interface ModelStatusNow {
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly latest: WindowRecord;
  readonly alarms: readonly AlarmRecord[];
  readonly realised: readonly Performance[];
  readonly freshness: QualityResult | null;
}

const LABEL_EVERY = 6 * HOUR;
/** Raw profiles are kept this long after they were folded. */
const RAW_KEPT = 7 * DAY;

export async function createDriftService(options: DriftServiceOptions): Promise<DriftService> {
  const service = new Service(options, await Hours.open(options.store));
  await service.load();
  return service;
}

class Service implements DriftService {
  readonly #options: DriftServiceOptions;
  readonly #hours: Hours;
  readonly #cohorts: Cohorts;
  readonly #references: References;
  readonly #collecting: Collecting;
  readonly #publisher: Publisher;
  readonly #responding: Responding;
  readonly #reports: Reports;
  readonly #models = new Map<string, ModelJudging>();
  #labelledAt = 0;

  constructor(options: DriftServiceOptions, hours: Hours) {
    const { store, log, wallNow, audit, objects = null } = options;
    this.#options = options;
    this.#hours = hours;
    this.#cohorts = new Cohorts(store);
    this.#references = new References(options.references, store, (tenant, model) => this.#spec(tenant, model));
    this.#collecting = new Collecting(options, this.#references);
    this.#publisher = new Publisher(log, wallNow, audit);
    const clients = { publisher: this.#publisher, objects };
    this.#responding = new Responding({ store, hours, cohorts: this.#cohorts, references: this.#references, objects, clients });
    this.#reports = new Reports(store, this.#references, this.#cohorts);
  }

  #spec(tenant: string, model: string): ModelSpec | undefined {
    return this.#options.specs().find((spec) => spec.tenant === tenant && spec.name === model);
  }

  async load(): Promise<void> {
    clearScratch({ root: this.#options.lakeDirectory });
    await this.#responding.load();
    const labels = await readLabelState(this.#options.store);
    this.#cohorts.advance(labels.through);
    this.#labelledAt = labels.through;
    for (const spec of this.#options.specs()) await this.#model(spec);
  }

  async #model(spec: ModelSpec): Promise<ModelJudging> {
    const key = `${spec.tenant}/${spec.name}`;
    const known = this.#models.get(key);
    if (known !== undefined && JSON.stringify(known.spec) === JSON.stringify(spec)) return known;
    const context = {
      store: this.#options.store,
      hours: this.#hours,
      cohorts: this.#cohorts,
      lake: { root: this.#options.lakeDirectory },
      references: this.#references,
      publisher: this.#publisher,
      responding: this.#responding,
    };
    const fresh = new ModelJudging(spec, context);
    await fresh.load();
    await this.#reports.load(spec.tenant, spec.name);
    this.#models.set(key, fresh);
    return fresh;
  }

  async round(): Promise<RoundResult> {
    const eventMs = this.#options.eventNow();
    if (eventMs === null) return { records: 0, windows: [], labelled: false, acts: 0 };
    const now = eventMs / 1000;
    const models: ModelJudging[] = [];
    for (const spec of this.#options.specs()) models.push(await this.#model(spec));
    const closings = models.flatMap((model) => model.nextClose() ?? []);
    const { records, gap } = await this.#collecting.round(this.#hours, now, closings.length === 0 ? null : Math.min(...closings));
    const labelled = await this.#labels(now);
    const windows: RoundResult['windows'][number][] = [];
    let acts = 0;
    for (const model of models) {
      const closed = await model.closeWindows(this.#collecting.watermark(), gap);
      for (const { window, version, tenant, model: name } of closed) {
        windows.push({ start: Date.parse(window.start) / 1000, seconds: window.seconds, version, model: `${tenant}/${name}` });
      }
      const changed = await this.#freshness(model, Math.min(now, (this.#collecting.watermark() ?? 0) / 1000));
      const done = closed.length > 0 || labelled || changed ? await this.#respond(model, now) : 0;
      acts += done;
      if (done > 0 || (labelled && model.shown.length > 0)) await this.#reports.write(model, this.#responding.alarms());
    }
    if (labelled) await this.#checkpoint(models, now);
    return { records, windows, labelled, acts };
  }

  async #labels(now: number): Promise<boolean> {
    if (now - this.#labelledAt < (this.#options.labelEverySeconds ?? LABEL_EVERY)) return false;
    const { log, store, lakeDirectory, duckDbMemoryMiB } = this.#options;
    const memory = duckDbMemoryMiB === undefined ? {} : { memoryMiB: duckDbMemoryMiB };
    const done = await runLabelJob(
      { log, store, lake: { root: lakeDirectory }, specOf: (t, m) => this.#spec(t, m), scored: (t, m) => this.#scored(t, m), ...memory },
      now,
    );
    for (const cohort of done.cohorts) this.#cohorts.put(cohort);
    this.#cohorts.advance(done.state.through);
    this.#labelledAt = done.worked ? done.state.through : now; // a backlog leaves `through` behind: the next round goes on with it
    return done.worked;
  }

  async #scored(tenant: string, model: string): Promise<readonly ScoredVersion[]> {
    return withScore(this.#references.of(tenant, model));
  }

  /**
   * Asked in every round, because a stopped source closes no window by itself. True when the alarm changed.
   * @param now up to when everything is counted: a record that is not read yet is no silence
   */
  async #freshness(model: ModelJudging, now: number): Promise<boolean> {
    const { tenant, name, drift } = model.spec;
    const lastEventAt = this.#hours.lastEventAt(tenant, name);
    model.freshness = checkFreshness(now, lastEventAt, drift.cadenceSeconds);
    const version = model.judged?.active ?? null;
    if (version === null || lastEventAt === null) return false;
    const open = this.#responding
      .alarms()
      .find((one) => one.feature === 'freshness' && one.tenant === tenant && one.model === name && isOpen(one.state));
    const failed = model.freshness.level === 'fail';
    if (failed === (open !== undefined)) return false;
    const id = open?.id ?? alarmId({ tenant, model: name, version }, 'freshness', 'quality', lastEventAt);
    const base = {
      id,
      feature: 'freshness',
      kind: 'quality',
      window: floorTo(now, HOUR),
      parent: null,
      openedAt: open?.openedAt ?? lastEventAt,
    } as const;
    const step = failed ? ({ from: 'ok', to: 'critical' } as const) : ({ from: 'critical', to: 'ok' } as const);
    await this.#responding.take({ tenant, model: name, version }, [{ ...base, ...step }]);
    return true;
  }

  #respond(model: ModelJudging, now: number): Promise<number> {
    const { judged, spec, freshness } = model;
    return this.#responding.respond({
      spec,
      active: judged?.active ?? null,
      since: judged?.since ?? {},
      latest: (version) => model.latest(version),
      freshness,
      now,
    });
  }

  async #checkpoint(models: readonly ModelJudging[], now: number): Promise<void> {
    const closed = models.flatMap(({ judged }) => (judged === null ? [] : [Math.min(judged.nextDay, judged.nextHour)]));
    await this.#hours.checkpoint(closed.length === 0 ? 0 : Math.min(...closed));
    await this.#hours.removeRaw(now - RAW_KEPT, this.#collecting.partitions());
  }

  view(key: string): DriftView | null {
    const model = this.#models.get(key);
    const status = this.status(key);
    const known = status === null ? null : this.#references.get(status.tenant, status.model, status.version);
    if (model === undefined || status === null || known === null) return null;
    const { version, alarms, realised, freshness } = status;
    return driftView({ version, reference: known.reference, records: model.shown, alarms, realised, freshness, report: this.#reports.latest(key) });
  }

  status(key: string): ModelStatusNow | null {
    const model = this.#models.get(key);
    const version = model?.judged?.active ?? null;
    const latest = version === null ? undefined : model?.latest(version);
    if (model === undefined || version === null || latest === undefined) return null;
    const { tenant, name } = model.spec;
    const score = this.#references.get(tenant, name, version)?.reference.score ?? null;
    const delay = model.spec.labels[0]?.delaySeconds;
    const from = model.shown[0] === undefined ? 0 : Date.parse(model.shown[0].window.start) / 1000;
    const realised = score === null || delay === undefined ? [] : this.#cohorts.realised(`${tenant}/${name}/${version}`, delay, from, score);
    const alarms = this.#responding.alarms().filter((alarm) => alarm.tenant === tenant && alarm.model === name);
    return { tenant, model: name, version, latest, alarms, realised, freshness: model.freshness };
  }

  async detail(key: string, feature: string, window: number): Promise<VerdictDetail | null> {
    const model = this.#models.get(key);
    if (model === undefined) return null;
    const start = isoOf(window / 1000);
    const record = model.shown.find((one) => one.window.start === start) ?? (await this.#stored(model, window / 1000));
    if (record === null) return null;
    const known = await this.#references.load(record.tenant, record.model, record.version);
    return known === null ? null : verdictDetail(record, feature, known.reference);
  }

  async #stored({ spec, judged }: ModelJudging, start: number): Promise<WindowRecord | null> {
    for (const version of Object.keys(judged?.since ?? {})) {
      const record = await this.#options.store.getJson(recordPath({ tenant: spec.tenant, model: spec.name, version }, { start, seconds: HOUR }));
      if (isWindowRecord(record)) return record;
    }
    return null;
  }

  counted(): Promise<Profile> {
    return this.#hours.counted();
  }

  collector(): CollectorTotals {
    return this.#collecting.totals();
  }

  async flush(): Promise<void> {
    await this.#collecting.flush();
  }
}

function withScore(versions: ReturnType<References['of']>): readonly ScoredVersion[] {
  return versions.flatMap(({ version, known: { reference } }) => {
    const { score } = reference;
    return score === null ? [] : [{ version, reference: { ...reference, score } }];
  });
}

export type { DriftServiceOptions, RoundResult };
