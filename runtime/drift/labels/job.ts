import type { EventLog, LogRecord } from '../../eventlog/port.ts';
import type { ModelSpec } from '../../model/types.ts';
import { type Sql, withDuckDb } from '../executors/duckdb/connection.ts';
import { filesOfHours, hourOf, type Lake } from '../lake/layout.ts';
import { labelRow, predictionRow } from '../lake/rows.ts';
import { predictionsQuery, withScratch, writeHours, writeLines } from '../lake/write.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Coverage, Reference, ScoreReference } from '../types.ts';
import type { Cohort } from './cohort.ts';
import { dueHours, type Silent, silentModels } from './due.ts';
import { joinLabels } from './join.ts';
import { afterBatch, type LabelBatch, type LabelState, NO_LABELS, planBatch, rangeName } from './plan.ts';
import { recount } from './recount.ts';
import { isPositive, truthOf } from './truth.ts';

export interface LabelJobOptions {
  readonly log: EventLog;
  readonly store: ProfileStore;
  readonly lake: Lake;
  readonly specOf: (tenant: string, model: string) => ModelSpec | undefined;
  /** All models: predictions of some come due in silence. */
  readonly specs: readonly ModelSpec[];
  /** Versions of a model that have a reference with a score: whose hours are recounted. */
  readonly scored: (tenant: string, model: string) => Promise<readonly ScoredVersion[]>;
  /** Default 256 MiB. */
  readonly memoryMiB?: number;
}

export interface ScoredVersion {
  readonly version: string;
  readonly reference: Reference & { readonly score: ScoreReference };
}

/** Hours that a batch touched, counted again. */
export interface LabelRound {
  readonly state: LabelState;
  readonly cohorts: readonly (Cohort & { readonly tenant: string; readonly model: string })[];
  /** False when there was nothing to do. */
  readonly worked: boolean;
}

const STATE = 'state/labels.json';

/**
 * One batch of the label job: predictions and labels of the log go to the lake, labels are joined to their predictions by id, and the
 * hours that were touched are counted again. The batch is fixed on disk before it begins and finished on disk after its files are in
 * place: killed in between, it is done again, to the same files.
 */
export async function runLabelJob(options: LabelJobOptions, now: number): Promise<LabelRound> {
  const { log, store } = options;
  const before = await readLabelState(store);
  const silent = silentModels(options.specs);
  const batch = before.batch ?? (await planBatch(log, before, now)) ?? silentBatch(options, silent, before, now);
  if (batch === null) return { state: await idle(options, before, now), cohorts: [], worked: false };
  if (before.batch === null) await store.putJson(STATE, { ...before, batch });
  const { cohorts, unmatched } = await withScratch(options.lake, (scratch) =>
    withDuckDb((sql) => workBatch(options, { batch, before, silent }, sql, scratch), { memoryMiB: options.memoryMiB ?? 256, threads: 1 }),
  );
  for (const cohort of cohorts) await store.putJson(cohortPath(cohort), cohort);
  const silence = Object.fromEntries(silent.map(({ tenant, model, meaning }) => [`${tenant}/${model}`, meaning]));
  const state = { ...afterBatch(before, batch, unmatched), ...(silent.length > 0 && { silence }) };
  await store.putJson(STATE, state);
  return { state, cohorts, worked: true };
}

/** Everything has been joined and nothing new is there: labels mature by time alone. */
async function idle({ store }: LabelJobOptions, before: LabelState, now: number): Promise<LabelState> {
  if (now <= before.through) return before;
  const state = { ...before, through: now };
  await store.putJson(STATE, state);
  return state;
}

/** Nothing new is in the log, and predictions came due all the same; null: none did. */
function silentBatch({ lake }: LabelJobOptions, silent: readonly Silent[], before: LabelState, now: number): LabelBatch | null {
  const isDue = silent.some((one) => dueHours(one, lake, before, now).length > 0);
  return isDue ? { labels: [], predictions: [], through: Math.max(now, before.through) } : null;
}

export async function readLabelState(store: Pick<ProfileStore, 'getJson'>): Promise<LabelState> {
  const stored = await store.getJson(STATE);
  return isState(stored) ? stored : NO_LABELS;
}

const isState = (value: unknown): value is LabelState =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === NO_LABELS.kind;

export function cohortPath({ tenant, model, version, hour }: { tenant: string; model: string; version: string; hour: number }): string {
  return `${cohortFolder(tenant, model, version)}/${String(hour).padStart(12, '0')}.json`;
}

export const cohortFolder = (tenant: string, model: string, version: string): string => `state/cohorts/${tenant}/${model}/${version}`;

interface TouchedModel {
  readonly tenant: string;
  readonly model: string;
  readonly hours: Set<number>;
}

type TouchedHours = Map<string, TouchedModel>;

interface Work {
  readonly batch: LabelBatch;
  readonly before: LabelState;
  readonly silent: readonly Silent[];
}

async function workBatch(
  options: LabelJobOptions,
  { batch, before, silent }: Work,
  sql: Sql,
  scratch: string,
): Promise<{ cohorts: LabelRound['cohorts']; unmatched: number }> {
  const touched: TouchedHours = new Map();
  for (const ranges of byTopic(batch.predictions)) await writePredictions(options, ranges, sql, scratch, touched);
  let unmatched = 0;
  for (const ranges of byTopic(batch.labels)) unmatched += await writeLabels(options, ranges, sql, scratch, touched);
  for (const one of silent) for (const hour of dueHours(one, options.lake, before, batch.through)) touch(touched, one.tenant, one.model, hour);
  const cohorts: LabelRound['cohorts'][number][] = [];
  for (const one of touched.values()) cohorts.push(...(await recountTouched(options, one, batch.through, sql)));
  return { cohorts, unmatched };
}

/** Hours that one statement recounts: a horizon that is new to a model brings three months of them. */
const HOURS_AT_ONCE = 168;

async function recountTouched(
  { lake, specOf, scored }: LabelJobOptions,
  { tenant, model, hours }: TouchedModel,
  through: number,
  sql: Sql,
): Promise<LabelRound['cohorts']> {
  const of = { tenant, model };
  const truth = truthOf(specOf(tenant, model) ?? { labels: [] });
  if (truth === undefined) return [];
  const absent = truth.absent && { afterSeconds: truth.absent.afterSeconds, positive: isPositive(truth.absent.value), through };
  const sorted = [...hours].sort((a, b) => a - b);
  const cohorts: LabelRound['cohorts'][number][] = [];
  for (const { version, reference } of await scored(tenant, model)) {
    for (let first = 0; first < sorted.length; first += HOURS_AT_ONCE) {
      const some = sorted.slice(first, first + HOURS_AT_ONCE);
      const files = (table: 'predictions' | 'labels'): string[] => some.flatMap((hour) => filesOfHours(lake, table, of, hour, hour));
      const question = { version, reference, event: truth.event, absent: absent ?? null, predictions: files('predictions'), labels: files('labels') };
      cohorts.push(...(await recount(sql, question)).map((cohort) => ({ ...cohort, ...of })));
    }
  }
  return cohorts;
}

async function writePredictions(
  options: LabelJobOptions,
  ranges: readonly Coverage[],
  sql: Sql,
  scratch: string,
  touched: TouchedHours,
): Promise<void> {
  const lines = new Map<string, { tenant: string; model: string; lines: string[] }>();
  for await (const record of recordsOf(options.log, ranges)) {
    const row = predictionRow(record, options.specOf);
    if (row === null) continue; // the collector counts it as a decode error
    const key = `${row.tenant}/${row.model}`;
    const group = lines.get(key) ?? { tenant: row.tenant, model: row.model, lines: [] };
    lines.set(key, group);
    group.lines.push(row.line);
  }
  for (const { tenant, model, lines: rows } of lines.values()) {
    const spec = options.specOf(tenant, model);
    if (spec === undefined) continue;
    const path = writeLines(scratch, `predictions-${tenant}-${model}.json`, rows);
    const target = { table: 'predictions', tenant, model, name: rangeName(ranges) } as const;
    for (const { hour } of await writeHours(sql, options.lake, target, predictionsQuery(path, spec), scratch))
      touch(touched, tenant, model, hourOf(hour));
  }
}

async function writeLabels(options: LabelJobOptions, ranges: readonly Coverage[], sql: Sql, scratch: string, touched: TouchedHours): Promise<number> {
  const groups = new Map<string, { tenant: string; model: string; lines: string[]; from: number; to: number }>();
  for await (const record of recordsOf(options.log, ranges)) {
    const row = labelRow(record);
    if (row === null) continue;
    const key = `${row.tenant}/${row.model}`;
    const group = groups.get(key) ?? { tenant: row.tenant, model: row.model, lines: [], from: row.at, to: row.at };
    group.lines.push(row.line);
    groups.set(key, { ...group, from: Math.min(group.from, row.at), to: Math.max(group.to, row.at) });
  }
  let unmatched = 0;
  for (const group of groups.values()) {
    const declared = options.specOf(group.tenant, group.model)?.labels ?? [];
    if (declared.length === 0) continue;
    const delays = [...new Set(declared.map(({ delaySeconds }) => delaySeconds))];
    const longest = Math.max(...declared.flatMap(({ delaySeconds, absent }) => [2 * delaySeconds, absent?.afterSeconds ?? 0]));
    const joined = await joinLabels(sql, options.lake, { ...group, delays, longest, name: rangeName(ranges) }, scratch);
    unmatched += joined.unmatched;
    for (const hour of joined.hours) touch(touched, group.tenant, group.model, hour);
  }
  return unmatched;
}

function touch(touched: TouchedHours, tenant: string, model: string, hour: number): void {
  const key = `${tenant}/${model}`;
  const known = touched.get(key) ?? { tenant, model, hours: new Set<number>() };
  known.hours.add(hour);
  touched.set(key, known);
}

async function* recordsOf(log: EventLog, ranges: readonly Coverage[]): AsyncGenerator<LogRecord> {
  for (const { topic, partition, first, last } of ranges) {
    for (let next = first; next <= last; ) {
      const records = await log.read(topic, partition, next, { maxRecords: Math.min(2000, last - next + 1) });
      if (records.length === 0) break; // removed by retention meanwhile
      for (const record of records) if (record.offset <= last) yield record;
      next = (records.at(-1)?.offset ?? last) + 1;
    }
  }
}

function byTopic(ranges: readonly Coverage[]): readonly (readonly Coverage[])[] {
  return [...Map.groupBy(ranges, ({ topic }) => topic).values()];
}
