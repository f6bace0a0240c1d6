import type { ReportData } from '../report/data.ts';
import { renderReport } from '../report/html.ts';
import type { AlarmRecord } from '../responder/decide.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Cohorts } from './cohorts.ts';
import type { ModelJudging } from './model.ts';
import { startOf } from './records.ts';
import type { References } from './references.ts';

/** Writes the day's report of a model: `reports/<tenant>/<model>/<date>.html`, whole, again and again as the day goes on. */
export class Reports {
  readonly #store: ProfileStore;
  readonly #references: References;
  readonly #cohorts: Cohorts;
  readonly #latest = new Map<string, string>();

  constructor(store: ProfileStore, references: References, cohorts: Cohorts) {
    this.#store = store;
    this.#references = references;
    this.#cohorts = cohorts;
  }

  /** Finds the newest report that an earlier life wrote. */
  async load(tenant: string, model: string): Promise<void> {
    const newest = (await this.#store.list(`reports/${tenant}/${model}`)).at(-1);
    if (newest !== undefined) this.#latest.set(`${tenant}/${model}`, `/${newest}`);
  }

  /** Path of the newest report of a model (`tenant/name`) below the server's root; null: none yet. */
  latest(model: string): string | null {
    return this.#latest.get(model) ?? null;
  }

  async write(model: ModelJudging, alarms: readonly AlarmRecord[]): Promise<void> {
    const data = this.data(model, alarms);
    if (data === null) return;
    const path = `reports/${data.tenant}/${data.model}/${data.date}.html`;
    await this.#store.putText(path, renderReport(data));
    this.#latest.set(`${data.tenant}/${data.model}`, `/${path}`);
  }

  /** Null before the first window of the serving version closed. */
  data({ spec, judged, shown }: ModelJudging, alarms: readonly AlarmRecord[]): ReportData | null {
    const { tenant, name: model } = spec;
    const version = judged?.active ?? null;
    const last = shown.at(-1);
    if (version === null || last === undefined) return null;
    const reference = this.#references.get(tenant, model, version)?.reference ?? null;
    if (reference === null) return null;
    const key = `${tenant}/${model}/${version}`;
    const from = shown[0] === undefined ? 0 : startOf(shown[0]);
    const realised = this.#cohorts.realised(spec, version, reference.score, from);
    const own = alarms.filter((alarm) => alarm.tenant === tenant && alarm.model === model);
    const records = shown.filter((record) => record.version === version);
    return {
      tenant,
      model,
      version,
      date: last.window.start.slice(0, 10),
      reference,
      records,
      alarms: own,
      realised,
      maturation: this.#cohorts.maturation(key),
    };
  }
}
