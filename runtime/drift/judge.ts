import { estimate } from './cbpe.ts';
import type { History, JudgeInput, JudgeResult } from './judge-types.ts';
import { type AlarmOwner, type AlarmState, type AlarmTransition, newAlarm, type Observation, stepDrift, stepQuality } from './policy/alarms.ts';
import { THRESHOLDS } from './policy/level.ts';
import { driftKey, foldUpstream, qualityKey } from './policy/upstream.ts';
import { judgeFeature } from './policy/verdict.ts';
import { MIN_ROWS } from './quality/checks.ts';
import { checkWindow, type WindowQuality } from './quality/window.ts';
import type { DriftVerdict, Performance } from './types.ts';
import { HOUR, spanOf, type Window } from './windows.ts';

/**
 * Judges one closed window of one version: data quality first, then drift of each feature, then performance as estimated, then the
 * alarms. Pure: the same input gives the same result, at any time, on any machine. Days are judged without alarms: they hold records
 * that the hours have already been judged on.
 */
export function judge(input: JudgeInput): JudgeResult {
  const quality = checkWindow(input);
  const verdicts = input.reference.features.map((_, index) => judgeFeature(input, index, quality.results));
  const performance = estimatePerformance(input);
  if (input.window.seconds !== HOUR) {
    return { verdicts, quality: quality.results, performance, transitions: [], history: input.history };
  }
  const stepped = stepAlarms(input, verdicts, quality);
  return {
    verdicts: verdicts.map((verdict) => withAlarm(verdict, stepped.history)),
    quality: quality.results,
    performance,
    ...stepped,
  };
}

function stepAlarms(input: JudgeInput, verdicts: readonly DriftVerdict[], quality: WindowQuality): Pick<JudgeResult, 'transitions' | 'history'> {
  const owner: AlarmOwner = { tenant: input.spec.tenant, model: input.spec.name, version: input.version };
  const alarms: Record<string, AlarmState> = { ...input.history.alarms };
  const transitions: AlarmTransition[] = [];
  const take = (key: string, step: { alarm: AlarmState; transition: AlarmTransition | null }): void => {
    alarms[key] = step.alarm;
    if (step.transition !== null) transitions.push(step.transition);
  };
  for (const result of quality.results) {
    const key = qualityKey(result.check, result.feature);
    const before = alarms[key];
    if (result.level !== 'fail' && before === undefined) continue; // checks that never failed need no state
    if (result.n < MIN_ROWS && result.check !== 'volume') continue; // too few rows neither raise nor clear
    const alarm = before ?? newAlarm(result.check + (result.feature === null ? '' : ` ${result.feature}`), 'quality');
    take(key, stepQuality(alarm, result.level === 'fail', input.window, owner));
  }
  for (const verdict of verdicts) {
    const seen = observationOf(verdict);
    if (seen === null) continue; // insufficient neither raises nor clears
    const key = driftKey(verdict.feature);
    const used: Window = { start: Date.parse(verdict.used.start) / 1000, seconds: verdict.used.seconds };
    take(key, stepDrift(alarms[key] ?? newAlarm(verdict.feature, 'drift'), seen, input.window, used, owner));
  }
  const inputs = input.reference.features.filter(({ role }) => role === 'input').map(({ name }) => name);
  const folded = foldUpstream({ alarms, transitions }, inputs, input.window, owner);
  return { transitions: folded.transitions, history: { alarms: folded.alarms, frozen: quality.frozen } };
}

function observationOf({ level, statistics, thresholds = THRESHOLDS }: DriftVerdict): Observation | null {
  if (statistics === null || level === 'insufficient' || level === 'immature') return null;
  return { level, psiCorrected: statistics.psiCorrected, thresholds };
}

function withAlarm(verdict: DriftVerdict, { alarms }: History): DriftVerdict {
  const alarm = alarms[driftKey(verdict.feature)];
  return alarm?.id == null ? verdict : { ...verdict, alarm: { id: alarm.id, state: alarm.state } };
}

function estimatePerformance({ counts, calibration, reference, window }: JudgeInput): Performance | null {
  const own = counts[0];
  if (own === undefined || calibration === null || reference.score === null) return null;
  const figures = estimate(own.cal, calibration.outcomes, reference.score.mean);
  if (figures === null) return null;
  const { n, accuracy, accuracySe, auc, aucSe, brier } = figures;
  const none = { ageDays: null, labelled: 0, maturity: null, mature: false, ece: null };
  return { window: spanOf(window), kind: 'estimated', predictions: n, accuracy, accuracySe, auc, aucSe, brier, ...none };
}
