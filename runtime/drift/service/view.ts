import { isOpen } from '../policy/alarms.ts';
import { barsOf } from '../report/bars.ts';
import type { AlarmRecord } from '../responder/decide.ts';
import { driftWords } from '../responder/words.ts';
import type { AlarmStateName, Performance, QualityResult, Reference } from '../types.ts';
import type { DriftView, VerdictDetail } from '../view-types.ts';
import { startOf, type WindowRecord } from './records.ts';

/** Hours that a view shows. */
export const SHOWN_HOURS = 72;

export interface ViewSources {
  /** Version that callers get, with its reference. */
  readonly version: string;
  readonly reference: Reference;
  /** One record per hour, oldest first: of the version that answered most in it. */
  readonly records: readonly WindowRecord[];
  readonly alarms: readonly AlarmRecord[];
  readonly realised: readonly Performance[];
  readonly freshness: QualityResult | null;
  readonly report: string | null;
}

/** What the page shows of a model's data: the last records, nothing computed anew but their form. */
export function driftView({ version, reference, records, alarms, realised, freshness, report }: ViewSources): DriftView {
  const shown = records.slice(-SHOWN_HOURS);
  const latest = shown.at(-1);
  const performance = [...shown.flatMap((record) => record.performance ?? []), ...realised];
  return {
    reference: { version, rows: reference.rows },
    windows: shown.map((record) => startOf(record) * 1000),
    features: reference.features
      .filter(({ role }) => role !== 'label')
      .map(({ name, weight }) => ({ name, weight, state: stateOf(latest, name), cells: shown.map((record) => cellOf(record, name)) })),
    quality: [...(freshness === null ? [] : [freshness]), ...(latest?.quality ?? [])],
    performance: performance.map(({ window, kind, auc, aucSe, accuracy, labelled, mature }) => {
      return { at: Date.parse(window.start), kind, auc, aucSe, accuracy, labelled, mature };
    }),
    referenceAuc: reference.score?.auc ?? null,
    conclusion: conclusionOf(alarms),
    report,
  };
}

function stateOf(record: WindowRecord | undefined, feature: string): AlarmStateName {
  return record?.history.alarms[`drift/${feature}`]?.state ?? 'ok';
}

function cellOf(record: WindowRecord, feature: string): DriftView['features'][number]['cells'][number] {
  const verdict = record.verdicts.find((one) => one.feature === feature);
  if (verdict === undefined) return null;
  return { level: verdict.level, psi: verdict.statistics?.psiCorrected ?? null, n: verdict.n, cause: verdict.cause };
}

/** Open alarms before closed ones, then the newest. */
export function conclusionOf(alarms: readonly AlarmRecord[]): string | null {
  const concluded = alarms.filter(({ evaluation }) => evaluation !== null);
  const [first] = concluded.sort((a, b) => Number(isOpen(b.state)) - Number(isOpen(a.state)) || b.openedAt - a.openedAt);
  return first?.evaluation == null ? null : `${first.feature === '_model' ? 'upstream change' : first.feature}: harm ${first.evaluation.text}`;
}

/** A click on a cell: reference against current, as the verdict used them. */
export function verdictDetail(record: WindowRecord, feature: string, reference: Reference): VerdictDetail | null {
  const verdict = record.verdicts.find((one) => one.feature === feature);
  const shape = reference.features.find(({ name }) => name === feature);
  const used = record.used[feature];
  if (verdict === undefined || shape === undefined || used === undefined) return null;
  const { statistics, level, n, m, cause, sql } = verdict;
  const text = level === 'insufficient' ? `not judged: ${CAUSES[cause ?? ''] ?? cause ?? ''}` : driftWords(feature, level, startOf(record), verdict);
  const bars = barsOf(shape, used);
  return { feature, level, text, n, m, psiCorrected: statistics?.psiCorrected ?? null, ci: statistics?.ci ?? null, bars, sql };
}

const CAUSES: Readonly<Record<string, string>> = {
  small: 'too few rows, also over the trailing day',
  gap: 'records of this window are missing',
  quality: 'its data quality failed',
  ambient: 'the model file says that it is one value for all rows of an hour',
  reference: 'the version has no reference',
};
