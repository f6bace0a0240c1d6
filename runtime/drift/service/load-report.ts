import type { ModelSpec } from '../../model/types.ts';
import { readLabelState } from '../labels/job.ts';
import type { ReportData } from '../report/data.ts';
import type { AlarmRecord } from '../responder/decide.ts';
import type { ProfileStore } from '../store/port.ts';
import { HOUR, isoOf } from '../windows.ts';
import { Cohorts, keptHours } from './cohorts.ts';
import { isJudged, isWindowRecord, judgedPath, recordPath, startOf, type WindowRecord } from './records.ts';
import { isAlarmRecord } from './responding.ts';

/**
 * A report from the store alone, for whoever is not the service: `weir drift report` beside a running platform, or after it ended.
 * Null before the first window of the model closed.
 * @param hours how far back, counted from the last judged hour. Default 24.
 */
export async function loadReport(store: ProfileStore, spec: Pick<ModelSpec, 'tenant' | 'name' | 'labels'>, hours = 24): Promise<ReportData | null> {
  const { tenant, name: model } = spec;
  const judged = await store.getJson(judgedPath(tenant, model));
  if (!isJudged(judged) || judged.active === null) return null;
  const version = judged.active;
  const records: WindowRecord[] = [];
  for (let start = judged.nextHour - hours * HOUR; start < judged.nextHour; start += HOUR) {
    const record = await store.getJson(recordPath({ tenant, model, version }, { start, seconds: HOUR }));
    if (isWindowRecord(record)) records.push(record);
  }
  const last = records.at(-1);
  const reference = last === undefined ? null : await store.getReference(last.verdicts[0]?.reference ?? '');
  if (last === undefined || reference === null) return null;
  const cohorts = new Cohorts(store, () => keptHours(spec));
  cohorts.advance((await readLabelState(store)).through);
  await cohorts.load(tenant, model, version);
  const key = `${tenant}/${model}/${version}`;
  const realised = cohorts.realised(spec, version, reference.score, judged.nextHour - hours * HOUR);
  const alarms = (await alarmsOf(store)).filter((alarm) => alarm.tenant === tenant && alarm.model === model);
  return {
    tenant,
    model,
    version,
    date: isoOf(startOf(last)).slice(0, 10),
    reference,
    records,
    alarms,
    realised,
    maturation: cohorts.maturation(key),
  };
}

async function alarmsOf(store: ProfileStore): Promise<readonly AlarmRecord[]> {
  const alarms: AlarmRecord[] = [];
  for (const path of await store.list('alarms')) {
    const alarm = await store.getJson(path);
    if (isAlarmRecord(alarm)) alarms.push(alarm);
  }
  return alarms;
}
