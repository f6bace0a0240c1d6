import type { Condition, Phase } from '../../model/status.ts';
import type { Attempt, Decision, ModelStatus } from '../types.ts';

const HISTORY = 50;

/** The status after a transition; `to` may be the phase it has: a step, a refusal, a re-assertion. */
export function moved(status: ModelStatus, to: Phase, reason: string, message: string, at: string): ModelStatus {
  const transition = { at, from: status.phase, to, attempt: status.attempt?.id ?? null, reason, message };
  return { ...status, phase: to, history: [...status.history, transition].slice(-HISTORY) };
}

/** `since` stays while the condition's truth does. The same object comes back when nothing changed. */
export function withCondition(
  status: ModelStatus,
  type: Condition['type'],
  truth: boolean,
  reason: string,
  message: string,
  at: string,
): ModelStatus {
  const before = status.conditions.find((condition) => condition.type === type);
  if (before !== undefined && before.status === truth && before.reason === reason && before.message === message) return status;
  const since = before !== undefined && before.status === truth ? before.since : at;
  const condition: Condition = { type, status: truth, reason, message, since };
  return { ...status, conditions: [...status.conditions.filter((other) => other.type !== type), condition] };
}

export function conditionOf(status: ModelStatus, type: Condition['type']): Condition | null {
  return status.conditions.find((condition) => condition.type === type) ?? null;
}

export function withAttempt(status: ModelStatus, change: Partial<Attempt>): ModelStatus {
  return status.attempt === null ? status : { ...status, attempt: { ...status.attempt, ...change } };
}

export function writeStatus(status: ModelStatus, reason: string, message: string): Decision {
  return { kind: 'WriteStatus', status, reason, message };
}

export function writeIntent(status: ModelStatus, reason: string, message: string): Decision {
  return { kind: 'WriteIntent', status, reason, message };
}
