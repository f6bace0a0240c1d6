import type { ModelSpec } from '../../model/types.ts';
import { predictionTopic } from '../../telemetry/events.ts';
import type { QualityResult } from '../types.ts';
import { closedWindows, closesAt, DAY, floorTo, HOUR, type Window } from '../windows.ts';
import { type JudgingContext, judgeOnce, type WindowTask } from './judging.ts';
import type { Publisher } from './publish.ts';
import { isJudged, isWindowRecord, type Judged, judgedPath, recordFolder, startOf, type WindowRecord } from './records.ts';
import type { References } from './references.ts';
import type { Responding } from './responding.ts';
import { SHOWN_HOURS } from './view.ts';

export interface ModelContext extends JudgingContext {
  readonly references: References;
  readonly publisher: Publisher;
  readonly responding: Responding;
}

/** Windows that one round closes: after a jump of the clock the rest waits for the next round. */
const WINDOWS_PER_ROUND = 24;

/** One model's judging: which windows are next, what the last ones said. */
export class ModelJudging {
  readonly spec: ModelSpec;
  readonly #context: ModelContext;
  #judged: Judged | null = null;
  /** Of each version, the newest hourly record; of each hour, the record of the version that answered most. */
  readonly #latest = new Map<string, WindowRecord>();
  #shown: WindowRecord[] = [];
  freshness: QualityResult | null = null;

  constructor(spec: ModelSpec, context: ModelContext) {
    this.spec = spec;
    this.#context = context;
  }

  get judged(): Judged | null {
    return this.#judged;
  }

  get shown(): readonly WindowRecord[] {
    return this.#shown;
  }

  latest(version: string): WindowRecord | undefined {
    return this.#latest.get(version);
  }

  /** Reads where it was before the restart. */
  async load(): Promise<void> {
    const { tenant, name: model } = this.spec;
    const stored = await this.#context.store.getJson(judgedPath(tenant, model));
    if (!isJudged(stored)) return;
    this.#judged = stored;
    for (const version of Object.keys(stored.since)) {
      await this.#context.references.load(tenant, model, version);
      await this.#context.cohorts.load(tenant, model, version);
      const hourly = (await this.#context.store.list(recordFolder({ tenant, model, version }))).filter((path) => /T\d\d\.json$/.test(path));
      for (const path of hourly.slice(-SHOWN_HOURS)) {
        const record = await this.#context.store.getJson(path);
        if (isWindowRecord(record) && startOf(record) < stored.nextHour) this.#show(record);
      }
    }
  }

  #show(record: WindowRecord): void {
    if (record.window.seconds !== HOUR) return;
    this.#latest.set(record.version, record);
    const same = this.#shown.find(({ window }) => window.start === record.window.start);
    if (same !== undefined && same.n > record.n) return;
    this.#shown = [...this.#shown.filter((one) => one !== same), record].sort((a, b) => startOf(a) - startOf(b)).slice(-SHOWN_HOURS);
  }

  /** When the next window closes, epoch seconds; null before the model's first record was folded. */
  nextClose(): number | null {
    if (this.#judged === null) {
      const first = this.#context.hours.firstHour(this.spec.tenant, this.spec.name);
      return first === null ? null : closesAt({ start: first, seconds: HOUR });
    }
    return Math.min(closesAt({ start: this.#judged.nextHour, seconds: HOUR }), closesAt({ start: this.#judged.nextDay, seconds: DAY }));
  }

  /** Judges what has closed, in order. */
  async closeWindows(watermark: number | null, gap: boolean): Promise<readonly WindowRecord[]> {
    this.#judged ??= this.#start();
    if (this.#judged === null) return [];
    const closed = closedWindows(watermark, { hour: this.#judged.nextHour, day: this.#judged.nextDay });
    const records: WindowRecord[] = [];
    for (const window of closed.slice(0, WINDOWS_PER_ROUND)) records.push(...(await this.#closeWindow(window, this.#judged, gap)));
    return records;
  }

  #start(): Judged | null {
    const first = this.#context.hours.firstHour(this.spec.tenant, this.spec.name);
    if (first === null) return null;
    return { kind: 'weir.drift/Judged', v: 1, nextHour: first, nextDay: floorTo(first, DAY), active: null, since: {} };
  }

  async #closeWindow(window: Window, before: Judged, gap: boolean): Promise<readonly WindowRecord[]> {
    const { tenant, name: model } = this.spec;
    const rows = this.#answered(window);
    const byVersion = new Map<string, number>();
    for (const row of rows) if (row.arm === 'stable') byVersion.set(row.version, (byVersion.get(row.version) ?? 0) + row.n);
    const active = [...byVersion].sort((a, b) => b[1] - a[1])[0]?.[0] ?? before.active;
    const versions = byVersion.size > 0 ? [...byVersion.keys()].sort() : active === null ? [] : [active];
    const modelRecords = rows.reduce((sum, row) => sum + row.n, 0);
    const decodeErrors = this.#context.hours.takeDecodeErrors(predictionTopic(tenant));
    const whole = this.#context.hours.whole(tenant, model, window.start);
    const records: WindowRecord[] = [];
    for (const version of versions) {
      const task = await this.#task(version, { window, modelRecords, whole, gap, decodeErrors });
      if (task === null) continue; // no reference: the rollout gave it no weight, so these are strays, counted as unreferenced
      const record = await judgeOnce(this.#context, task);
      await this.#context.publisher.verdicts(record);
      await this.#context.responding.take({ tenant, model, version }, record.transitions, window.seconds);
      records.push(record);
    }
    await this.#advance(window, active, versions);
    for (const record of records) this.#show(record);
    return records;
  }

  #answered({ start, seconds }: Window): ReturnType<JudgingContext['hours']['rows']> {
    const { tenant, name } = this.spec;
    const all = Array.from({ length: seconds / HOUR }, (_, index) => this.#context.hours.rows(start + index * HOUR)).flat();
    return all.filter((row) => row.tenant === tenant && row.model === name && row.arm !== 'shadow');
  }

  async #task(version: string, of: Pick<WindowTask, 'window' | 'modelRecords' | 'whole' | 'gap' | 'decodeErrors'>): Promise<WindowTask | null> {
    const { tenant, name } = this.spec;
    const known = await this.#context.references.load(tenant, name, version);
    if (known === null) return null;
    await this.#context.cohorts.load(tenant, name, version);
    const coverage = this.#context.hours.coverage(predictionTopic(tenant));
    return { spec: this.spec, version, known, coverage, history: this.#latest.get(version)?.history, ...of };
  }

  /** The pointer moves after the records and alarms that it stands for. */
  async #advance(window: Window, active: string | null, versions: readonly string[]): Promise<void> {
    const before = this.#judged;
    if (before === null) return;
    const since = { ...before.since };
    for (const version of versions) since[version] ??= window.start;
    const end = window.start + window.seconds;
    const moved = window.seconds === DAY ? { nextDay: end } : { nextHour: end, active };
    this.#judged = { ...before, ...moved, since };
    await this.#context.store.putJson(judgedPath(this.spec.tenant, this.spec.name), this.#judged);
  }
}
