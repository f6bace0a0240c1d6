import type { AlarmRecord } from '../responder/decide.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Performance, QualityResult } from '../types.ts';
import type { DriftView, VerdictDetail } from '../view-types.ts';
import { HOUR, isoOf } from '../windows.ts';
import type { Cohorts } from './cohorts.ts';
import type { ModelJudging } from './model.ts';
import { isWindowRecord, recordPath, startOf, type WindowRecord } from './records.ts';
import type { References } from './references.ts';
import type { Reports } from './reports.ts';
import type { Responding } from './responding.ts';
import { driftView, verdictDetail } from './view.ts';

/** The newest state of the version that callers get. */
export interface ModelStatusNow {
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly latest: WindowRecord;
  readonly alarms: readonly AlarmRecord[];
  readonly realised: readonly Performance[];
  readonly freshness: QualityResult | null;
}

export interface StatusSources {
  readonly store: ProfileStore;
  readonly cohorts: Cohorts;
  readonly references: References;
  readonly responding: Responding;
  readonly reports: Reports;
}

/** Null before the first window of a serving version closed. */
export function statusOf(model: ModelJudging, { references, cohorts, responding }: StatusSources): ModelStatusNow | null {
  const version = model.judged?.active ?? null;
  const latest = version === null ? undefined : model.latest(version);
  if (version === null || latest === undefined) return null;
  const { tenant, name } = model.spec;
  const score = references.get(tenant, name, version)?.reference.score ?? null;
  const from = model.shown[0] === undefined ? 0 : startOf(model.shown[0]);
  const realised = cohorts.realised(model.spec, version, score, from);
  const alarms = responding.alarms().filter((alarm) => alarm.tenant === tenant && alarm.model === name);
  return { tenant, model: name, version, latest, alarms, realised, freshness: model.freshness };
}

export function viewOf(model: ModelJudging, sources: StatusSources): DriftView | null {
  const status = statusOf(model, sources);
  const known = status === null ? null : sources.references.get(status.tenant, status.model, status.version);
  if (status === null || known === null) return null;
  const report = sources.reports.latest(`${status.tenant}/${status.model}`);
  return driftView({ ...status, reference: known.reference, records: model.shown, report });
}

/** One cell of the grid. @param window epoch milliseconds of its start */
export async function detailOf(model: ModelJudging, feature: string, window: number, sources: StatusSources): Promise<VerdictDetail | null> {
  const start = window / 1000;
  const record = model.shown.find((one) => one.window.start === isoOf(start)) ?? (await stored(model, start, sources.store));
  if (record === null) return null;
  const known = await sources.references.load(record.tenant, record.model, record.version);
  return known === null ? null : verdictDetail(record, feature, known.reference);
}

async function stored({ spec, judged }: ModelJudging, start: number, store: ProfileStore): Promise<WindowRecord | null> {
  for (const version of Object.keys(judged?.since ?? {})) {
    const record = await store.getJson(recordPath({ tenant: spec.tenant, model: spec.name, version }, { start, seconds: HOUR }));
    if (isWindowRecord(record)) return record;
  }
  return null;
}
