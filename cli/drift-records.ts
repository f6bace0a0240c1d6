import { readLabelState } from '../runtime/drift/labels/job.ts';
import type { ReportData } from '../runtime/drift/report/data.ts';
import type { AlarmRecord } from '../runtime/drift/responder/decide.ts';
import { Cohorts } from '../runtime/drift/service/cohorts.ts';
import { isJudged, isWindowRecord, judgedPath, recordFolder, startOf, type WindowRecord } from '../runtime/drift/service/records.ts';
import { isAlarmRecord } from '../runtime/drift/service/responding.ts';
import type { ProfileStore } from '../runtime/drift/store/port.ts';
import type { Reference } from '../runtime/drift/types.ts';
import { ArgsError } from '../runtime/errors.ts';
import { keyOf, type ModelSpec } from '../runtime/model/types.ts';

/**
 * The last `sinceSeconds` of event time of the version that serves, from the judge's own records: the platform need not run. Throws
 * ArgsError while no window has closed.
 */
export async function readReport(store: ProfileStore, spec: ModelSpec, sinceSeconds: number): Promise<ReportData> {
  const { tenant, name: model } = spec;
  const judged = await store.getJson(judgedPath(tenant, model));
  const version = isJudged(judged) ? judged.active : null;
  const records = version === null ? [] : await hourlyRecords(store, { tenant, model, version }, sinceSeconds);
  const last = records.at(-1);
  const reference = last === undefined ? null : await referenceOf(store, last);
  if (version === null || last === undefined || reference === null) {
    throw new ArgsError(
      keyOf(spec),
      'no hour of it has been judged yet',
      'Verdicts come with the first whole hour of event time; see weir rollout status.',
    );
  }
  return {
    tenant,
    model,
    version,
    date: last.window.start.slice(0, 10),
    reference,
    records,
    alarms: await alarmsOf(store, tenant, model),
    ...(await labelled(store, spec, version, records, reference)),
  };
}

/** Oldest first, those that end within the span before the newest one's end. */
async function hourlyRecords(
  store: ProfileStore,
  of: { tenant: string; model: string; version: string },
  sinceSeconds: number,
): Promise<readonly WindowRecord[]> {
  const paths = (await store.list(recordFolder(of))).filter((path) => /T\d\d\.json$/.test(path));
  const wanted = paths.slice(-Math.max(1, Math.ceil(sinceSeconds / 3600)));
  const read = await Promise.all(wanted.map((path) => store.getJson(path)));
  const records = read.filter(isWindowRecord);
  const newest = records.at(-1);
  return newest === undefined ? [] : records.filter((record) => startOf(record) > startOf(newest) - sinceSeconds);
}

/** The one that the verdicts name; immutable, by its id. */
async function referenceOf(store: ProfileStore, { verdicts }: WindowRecord): Promise<Reference | null> {
  const id = verdicts[0]?.reference;
  return id === undefined ? null : store.getReference(id);
}

async function alarmsOf(store: ProfileStore, tenant: string, model: string): Promise<readonly AlarmRecord[]> {
  const read = await Promise.all((await store.list('alarms')).map((path) => store.getJson(path)));
  return read.filter(isAlarmRecord).filter((alarm) => alarm.tenant === tenant && alarm.model === model);
}

/** What labels have shown so far of the same hours. */
async function labelled(
  store: ProfileStore,
  { tenant, name, labels }: ModelSpec,
  version: string,
  records: readonly WindowRecord[],
  { score }: Reference,
): Promise<Pick<ReportData, 'realised' | 'maturation'>> {
  const cohorts = new Cohorts(store);
  await cohorts.load(tenant, name, version);
  cohorts.advance((await readLabelState(store)).through);
  const key = `${tenant}/${name}/${version}`;
  const [first] = records;
  const delay = labels[0]?.delaySeconds;
  const realised = score === null || delay === undefined || first === undefined ? [] : cohorts.realised(key, delay, startOf(first), score);
  return { realised, maturation: cohorts.maturation(key) };
}
