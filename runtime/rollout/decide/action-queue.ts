import type { ActionKind, ModelAction } from '../../model/status.ts';
import type { Decision, ModelStatus } from '../types.ts';
import { writeIntent, writeStatus } from './changes.ts';
import { type Context, type Decider, FORWARD } from './context.ts';

const URGENT: readonly ActionKind[] = ['Abort', 'Rollback'];
/** Requests about the attempt that ran when they were made. */
const ABOUT_ATTEMPT: readonly ActionKind[] = ['Promote', 'Abort', 'Pause', 'Resume', 'Skip', 'Retry', 'Rollback'];

/** The next unanswered action: Abort and Rollback first, then by creation and name (10-rollout, 1). */
export function nextAction({ world, status: { lastAction } }: Context): ModelAction | null {
  const rank = ({ spec }: ModelAction): number => (URGENT.includes(spec.action) ? 0 : 1);
  const open = world.actions.filter(({ status }) => status === null);
  if (open.some(({ name }) => name === lastAction?.name)) return null; // its answer comes first: the status remembers one action only
  const byOrder = (a: ModelAction, b: ModelAction): number =>
    rank(a) - rank(b) || Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.name < b.name ? -1 : 1);
  return open.sort(byOrder)[0] ?? null;
}

/** Answers what was already carried out; until then the status remembers it, so that a restart does not do it twice. */
export const pendingAction: Decider = ({ world, status }) => {
  const last = status.lastAction;
  const open = world.actions.find((action) => action.name === last?.name && action.status === null);
  if (last === undefined || open === undefined) return null;
  return { kind: 'AnswerAction', name: last.name, result: last.result, reason: `${open.spec.action}${last.result}`, message: last.message };
};

/** True for a request about an attempt that was made before this one started. */
export function isStale({ status }: Context, action: ModelAction): boolean {
  const { attempt } = status;
  if (attempt === null || !ABOUT_ATTEMPT.includes(action.spec.action)) return false;
  if (action.spec.action === 'Rollback' && !FORWARD.includes(status.phase)) return false;
  return Date.parse(action.createdAt) < Date.parse(attempt.startedAt);
}

type Result = 'Done' | 'Refused' | 'Stale';

/** The result and what it changed go into one write of the status; the answer follows in the next round. */
function withResult(status: ModelStatus, action: ModelAction, result: Result, message: string): ModelStatus {
  return { ...status, lastAction: { name: action.name, result, message } };
}

export function done(status: ModelStatus, action: ModelAction, message: string): Decision {
  return writeStatus(withResult(status, action, 'Done', message), action.spec.action, message);
}

export function refused(status: ModelStatus, action: ModelAction, why: string): Decision {
  return writeStatus(withResult(status, action, 'Refused', why), `${action.spec.action}Refused`, why);
}

export function stale(status: ModelStatus, action: ModelAction): Decision {
  const why = `made before attempt ${status.attempt?.id ?? ''} started`;
  return writeStatus(withResult(status, action, 'Stale', why), `${action.spec.action}Stale`, why);
}

/** Another decision, with the action's result in the same write. */
export function answering(decision: Decision, action: ModelAction, message: string): Decision {
  if (decision.kind === 'WriteIntent') return writeIntent(withResult(decision.status, action, 'Done', message), decision.reason, decision.message);
  if (decision.kind === 'WriteStatus') return writeStatus(withResult(decision.status, action, 'Done', message), decision.reason, decision.message);
  return decision;
}
