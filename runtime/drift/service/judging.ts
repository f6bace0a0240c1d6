import type { ModelSpec } from '../../model/types.ts';
import { addInto } from '../counts.ts';
import { verdictSql } from '../executors/duckdb/count.ts';
import { identifier, textLiteral } from '../executors/duckdb/literals.ts';
import { judge } from '../judge.ts';
import { type History, type JudgeInput, NO_HISTORY, type WindowCounts } from '../judge-types.ts';
import { truthOf } from '../labels/truth.ts';
import { hourFolder, type Lake } from '../lake/layout.ts';
import { CAL_SIZE } from '../profile/row.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Coverage, ProfileRow } from '../types.ts';
import { DAY, HOUR, type Window, widenings } from '../windows.ts';
import type { Cohorts } from './cohorts.ts';
import type { Hours } from './hours.ts';
import { isWindowRecord, recordPath, type WindowRecord, windowRecord } from './records.ts';
import type { KnownReference } from './references.ts';

/** What judging a window needs of the service. */
export interface JudgingContext {
  readonly store: ProfileStore;
  readonly hours: Hours;
  readonly cohorts: Cohorts;
  readonly lake: Lake;
}

export interface WindowTask {
  readonly spec: ModelSpec;
  readonly version: string;
  readonly known: KnownReference;
  readonly window: Window;
  readonly modelRecords: number;
  readonly whole: boolean;
  readonly gap: boolean;
  readonly decodeErrors: number;
  readonly coverage: readonly Coverage[];
  readonly history: History | undefined;
}

/**
 * Judges a window once and for all: a record that is there stays (a closed verdict is final), else it is judged and written. Everything
 * that later windows need is in the record, so a killed process goes on from the last one.
 */
export async function judgeOnce(context: JudgingContext, task: WindowTask): Promise<WindowRecord> {
  const of = { tenant: task.spec.tenant, model: task.spec.name, version: task.version };
  const path = recordPath(of, task.window);
  const stored = await context.store.getJson(path);
  if (isWindowRecord(stored)) return stored;
  const input = inputOf(context, task);
  const record = windowRecord(input, judge(input));
  await context.store.putJson(path, record);
  return record;
}

function inputOf(context: JudgingContext, task: WindowTask): JudgeInput {
  const { spec, version, known, window, modelRecords, whole, gap, decodeErrors, coverage, history } = task;
  const counts = widenings(window).map((wider) => countsOf(context.hours, task, wider));
  const { score } = known.reference;
  return {
    spec,
    version,
    reference: known.reference,
    referenceId: known.id,
    window,
    counts,
    modelRecords,
    decodeErrors,
    whole,
    gap,
    coverage,
    slot: known.clock(window.start).hour,
    calibration: score === null ? null : context.cohorts.calibration(`${spec.tenant}/${spec.name}/${version}`, truthOf(spec), score),
    sql: memoised((feature, wider) => sqlOf(context, task, feature, wider)),
    history: history ?? NO_HISTORY,
  };
}

/** The version's rows of a window: what callers got from it, hour by hour. */
export function countsOf(hours: Hours, { spec, version, known }: Pick<WindowTask, 'spec' | 'version' | 'known'>, window: Window): WindowCounts {
  const features = known.reference.features.map(({ counts }) => new Float64Array(counts.length));
  const cal = new Float64Array(known.reference.score === null ? 0 : CAL_SIZE);
  const slots: WindowCounts['slots'][number][] = [];
  let [n, late] = [0, 0];
  for (let hour = window.start; hour < window.start + window.seconds; hour += HOUR) {
    for (const row of hours.rows(hour).filter((one) => isOwn(one, spec, version, known.id))) {
      n += row.n;
      late += row.late;
      for (const [index, counts] of features.entries()) addInto(counts, row.features[index] ?? []);
      addInto(cal, row.cal);
      if (row.n > 0) slots.push({ ...known.clock(hour), n: row.n });
    }
  }
  return { window, n, late, features, cal, slots };
}

function isOwn(row: ProfileRow, spec: ModelSpec, version: string, reference: string): boolean {
  return row.tenant === spec.tenant && row.model === spec.name && row.version === version && row.arm === 'stable' && row.reference === reference;
}

/** Longer than any window: one row of counts for a span that is not aligned to its own length. */
const CENTURY = 100 * 365 * DAY;

function sqlOf({ lake, hours }: JudgingContext, { spec, version, known }: WindowTask, name: string, window: Window): string {
  const feature = known.reference.features.find((one) => one.name === name);
  if (feature === undefined) return '';
  const files: string[] = [];
  for (let hour = window.start; hour < window.start + window.seconds; hour += HOUR) {
    // A glob without a file is an error in DuckDB: hours without rows are left out, and one is named where all are empty.
    const filled = hours.rows(hour).some((row) => row.n > 0 && isOwn(row, spec, version, known.id));
    const isLast = hour + HOUR >= window.start + window.seconds;
    if (filled || (isLast && files.length === 0)) files.push(`${hourFolder(lake, 'predictions', spec.tenant, spec.name, hour)}/*.parquet`);
  }
  const struct = feature.role === 'output' ? 'outputs' : 'features';
  return verdictSql(
    {
      files,
      timeColumn: 'ts',
      windowSeconds: window.start % window.seconds === 0 ? window.seconds : CENTURY,
      from: window.start,
      to: window.start + window.seconds,
      columns: ({ name: column }) => `${struct}.${identifier(column)}`,
      typeErrorsColumn: 'type_errors',
      idColumn: 'id',
      where: `version = ${textLiteral(version)} AND arm = 'stable'`,
    },
    feature,
  );
}

/** A statement is asked for by the verdict and by each check. */
function memoised(make: (feature: string, window: Window) => string): (feature: string, window: Window) => string {
  const made = new Map<string, string>();
  return (feature, window) => {
    const key = `${feature}/${window.start}/${window.seconds}`;
    const known = made.get(key) ?? make(feature, window);
    made.set(key, known);
    return known;
  };
}
