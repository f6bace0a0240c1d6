import { sha256Of } from '../../canonical-json.ts';
import type { DriftThresholds } from '../../model/types.ts';
import type { AlarmStateName } from '../types.ts';
import { HOUR, isoOf, type Window } from '../windows.ts';

/** What an alarm is about. `upstream`: many features at once, so the source changed; its members stay mute. */
export type AlarmKind = 'drift' | 'quality' | 'upstream';

/** Without an e-detector, this many windows in a row stand in for evidence (20-drift, 11). */
export const WARN_RUN = 3;
export const CRITICAL_RUN = 2;
/** Judged windows in a row below the leaving mark before a state is left. */
export const CALM_RUN = 3;
/**
 * The leaving marks as a part of the entering ones: `warn` is left below half of the warning mark (.05 of .1), `critical` below half of the
 * critical one (.125 of .25). Coming and going at one mark would make an alarm flutter.
 */
export const LEAVING = 0.5;
/** After an alarm closed, a new warn waits this long; an escalation never does. */
export const COOL_DOWN_SECONDS = 6 * HOUR;

/** Where an alarm stands after a window. Plain data: it is stored with the window, so that judging it again gives the same. */
export interface AlarmState {
  readonly feature: string;
  readonly kind: AlarmKind;
  readonly state: AlarmStateName;
  /** Null unless warn or critical. */
  readonly id: string | null;
  /** Start of the window that opened it, epoch seconds. */
  readonly openedAt: number | null;
  readonly warnRun: number;
  readonly criticalRun: number;
  readonly calmRun: number;
  readonly easeRun: number;
  /** End of the window that closed it last, and the id it had. */
  readonly closed: { readonly at: number; readonly id: string } | null;
  /** End of the records that were counted: a widened window that holds counted ones says nothing new. */
  readonly countedUntil: number;
  /** The upstream alarm that speaks for this one. */
  readonly parent: string | null;
}

export interface AlarmTransition {
  readonly id: string;
  readonly feature: string;
  readonly kind: AlarmKind;
  readonly from: AlarmStateName;
  readonly to: AlarmStateName;
  /** Start of the window in which it happened, epoch seconds. */
  readonly window: number;
  readonly openedAt: number;
  /** Set: notified as part of this alarm only. */
  readonly parent: string | null;
}

/** Who the alarm belongs to: the key of section 11, with the opening window, hashes to the alarm's id. */
export interface AlarmOwner {
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
}

/** What a judged window says. `psiCorrected` decides when a state is left, by the marks that the level was judged with. */
export interface Observation {
  readonly level: 'ok' | 'warn' | 'critical';
  readonly psiCorrected: number;
  readonly thresholds: DriftThresholds;
}

export interface Step {
  readonly alarm: AlarmState;
  readonly transition: AlarmTransition | null;
}

export function newAlarm(feature: string, kind: AlarmKind): AlarmState {
  const runs = { warnRun: 0, criticalRun: 0, calmRun: 0, easeRun: 0 };
  return { feature, kind, state: 'ok', id: null, openedAt: null, ...runs, closed: null, countedUntil: 0, parent: null };
}

export function alarmId(owner: AlarmOwner, feature: string, kind: AlarmKind, openedAt: number): string {
  return sha256Of([owner.tenant, owner.model, owner.version, feature, kind, isoOf(openedAt)].join('\n')).slice('sha256:'.length);
}

/**
 * One window of a feature's drift. `used` is where its records come from. Entering needs warn 3 or critical 2 windows in a row; `watch`
 * says that a run has begun; one state is left at a time.
 */
export function stepDrift(alarm: AlarmState, seen: Observation, window: Window, used: Window, owner: AlarmOwner): Step {
  if (used.start < alarm.countedUntil) return { alarm, transition: null };
  const counted = count(alarm, seen, window);
  return move(counted, nextState(counted, window.start + window.seconds), window, owner);
}

function count(alarm: AlarmState, { level, psiCorrected, thresholds }: Observation, window: Window): AlarmState {
  return {
    ...alarm,
    warnRun: level === 'ok' ? 0 : alarm.warnRun + 1,
    criticalRun: level === 'critical' ? alarm.criticalRun + 1 : 0,
    calmRun: psiCorrected < LEAVING * thresholds.warn ? alarm.calmRun + 1 : 0,
    easeRun: psiCorrected < LEAVING * thresholds.critical ? alarm.easeRun + 1 : 0,
    countedUntil: window.start + window.seconds,
  };
}

function nextState(alarm: AlarmState, now: number): AlarmStateName {
  if (alarm.criticalRun >= CRITICAL_RUN) return 'critical';
  if (alarm.state === 'critical') return alarm.easeRun >= CALM_RUN ? 'warn' : 'critical';
  if (alarm.state === 'warn') return alarm.calmRun >= CALM_RUN ? 'ok' : 'warn';
  const cooling = alarm.closed !== null && now < alarm.closed.at + COOL_DOWN_SECONDS;
  if (alarm.warnRun >= WARN_RUN && !cooling) return 'warn';
  return alarm.warnRun > 0 ? 'watch' : 'ok';
}

/** Moves to a state, opening and closing the alarm's identity as it goes. */
function move(alarm: AlarmState, to: AlarmStateName, window: Window, owner: AlarmOwner): Step {
  const from = alarm.state;
  if (from === to) return { alarm, transition: null };
  const { feature, kind } = alarm;
  if (isOpen(to)) {
    const openedAt = alarm.openedAt ?? window.start;
    const id = alarm.id ?? alarmId(owner, feature, kind, openedAt);
    const opened = { ...alarm, state: to, id, openedAt };
    return { alarm: opened, transition: { id, feature, kind, from, to, window: window.start, openedAt, parent: alarm.parent } };
  }
  const { id, openedAt } = alarm;
  const rest = { ...alarm, state: to, id: null, openedAt: null, parent: null };
  if (id === null || openedAt === null) return { alarm: rest, transition: null };
  const closed = { ...rest, closed: { at: window.start + window.seconds, id } };
  return { alarm: closed, transition: { id, feature, kind, from, to, window: window.start, openedAt, parent: alarm.parent } };
}

/**
 * One window of a data-quality check: a hard fail raises it at once, three windows without one close it. Failing again within the
 * cool-down is the same alarm: it is open again, and nobody is told twice.
 */
export function stepQuality(alarm: AlarmState, failed: boolean, window: Window, owner: AlarmOwner): Step {
  const now = window.start + window.seconds;
  const calmRun = failed ? 0 : alarm.calmRun + 1;
  const counted = { ...alarm, calmRun, countedUntil: now };
  if (!failed) return move(counted, alarm.state === 'critical' && calmRun >= CALM_RUN ? 'ok' : alarm.state, window, owner);
  if (alarm.state !== 'critical' && alarm.closed !== null && now < alarm.closed.at + COOL_DOWN_SECONDS) {
    return { alarm: { ...counted, state: 'critical', id: alarm.closed.id, openedAt: window.start, closed: null }, transition: null };
  }
  return move(counted, 'critical', window, owner);
}

export function isOpen(state: AlarmStateName): boolean {
  return state === 'warn' || state === 'critical';
}
