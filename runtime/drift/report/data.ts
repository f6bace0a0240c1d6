import type { AlarmRecord } from '../responder/decide.ts';
import type { Maturation } from '../service/cohorts.ts';
import type { WindowRecord } from '../service/records.ts';
import type { DriftVerdict, FeatureReference, Level, Performance, Reference } from '../types.ts';

/** What a report is made of: records alone. One model, one version, one day. */
export interface ReportData {
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  /** `2001-05-01`. */
  readonly date: string;
  readonly reference: Reference;
  /** Hourly records up to and including the day, oldest first: at most 72, of which the day's are judged. */
  readonly records: readonly WindowRecord[];
  readonly alarms: readonly AlarmRecord[];
  readonly realised: readonly Performance[];
  readonly maturation: readonly Maturation[];
}

/** One feature as the report lists it: its worst verdict of the day and its state after the last one. */
export interface FeatureLine {
  readonly feature: FeatureReference;
  readonly level: Level;
  readonly alarm: AlarmRecord | null;
  /** The newest verdict that says something; the newest of all when none does. */
  readonly verdict: DriftVerdict;
  readonly record: WindowRecord;
}

const ORDER: readonly Level[] = ['critical', 'warn', 'ok', 'immature', 'insufficient'];

/** Features, worst first, as they stand at the end of the day. */
export function featureLines({ reference, records, alarms }: ReportData): readonly FeatureLine[] {
  const lines = reference.features.flatMap((feature): FeatureLine[] => {
    const all = records.flatMap((record) => record.verdicts.filter((one) => one.feature === feature.name).map((verdict) => ({ record, verdict })));
    const last = all.filter(({ verdict }) => verdict.level !== 'insufficient').at(-1) ?? all.at(-1);
    if (last === undefined) return [];
    const alarm = alarms.find((one) => one.about === 'drift' && one.feature === feature.name && (one.state === 'warn' || one.state === 'critical'));
    return [{ feature, level: stateLevel(alarm, last.verdict.level), alarm: alarm ?? null, ...last }];
  });
  return lines.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || b.feature.weight - a.feature.weight);
}

/** An alarm is what persists; a single window's level without one is `ok` to a reader in a hurry, and in the charts. */
function stateLevel(alarm: AlarmRecord | undefined, level: Level): Level {
  if (alarm?.state === 'critical' || alarm?.state === 'warn') return alarm.state;
  return level === 'insufficient' || level === 'immature' ? level : 'ok';
}

/** `1 critical, 1 warn, 41 ok, 2 too small to judge`. */
export function summaryOf(lines: readonly FeatureLine[]): string {
  const count = (level: Level): number => lines.filter((line) => line.level === level).length;
  const words: readonly [number, string][] = [
    [count('critical'), 'critical'],
    [count('warn'), 'warn'],
    [count('ok'), 'ok'],
    [count('insufficient') + count('immature'), 'not judged'],
  ];
  const parts = words.filter(([n, word]) => n > 0 || word === 'ok').map(([n, word]) => `${n} ${word}`);
  return parts.join(', ');
}

/** What was done about the open alarms, in words. */
export function doneOf(alarms: readonly AlarmRecord[], owner: string | null): string {
  const done = new Set(alarms.flatMap((alarm) => alarm.done));
  const told = alarms.length === 0 ? 'nothing: no alarm is open' : owner === null ? 'told its owner' : `told ${owner}`;
  if (alarms.length === 0) return told;
  // Each response is an act of its own: an alarm without any was only recorded, as `drift.responses.warn: none` wants it.
  if (done.size === 0) return 'recorded, nobody told';
  const rolled = done.has('rollback') ? 'rollback asked for' : 'not rolled back';
  const paged = done.has('page') ? 'paged' : 'nobody paged';
  const why = done.has('harmless') ? ': no harm' : '';
  return `${told};  ${rolled}, ${paged}${why}`;
}

/** Open alarms of the model that speak for themselves. */
export function openAlarms(alarms: readonly AlarmRecord[]): readonly AlarmRecord[] {
  return alarms.filter(({ state, parent }) => parent === null && (state === 'warn' || state === 'critical'));
}
