import type { Attempt, ModelStatus } from '../types.ts';
import { counted, hasControl } from './analysis.ts';
import { conditionOf, moved, withCondition, writeStatus } from './changes.ts';
import { type Context, type Decider, FORWARD, secondsSince } from './context.ts';
import { type Hold, holdOf } from './hold.ts';

/** Readings become verdicts, verdicts become a hold or none. Written when a block closes or a word changes, not at every tick. */
export const observe: Decider = (context) => {
  const { status } = context;
  if (status.attempt === null || !FORWARD.includes(status.phase)) return null;
  const hold = holdOf(context, status.attempt);
  const evidence = isNews(context) ? counted(context, false) : status;
  const next = withHold(withControl(context, evidence), hold, context);
  if (next === status) return null;
  return writeStatus(next, hold?.reason ?? 'Counted', hold?.message ?? 'a block of evidence was counted');
};

function isNews({ live, status }: Context): boolean {
  if (live === null) return false;
  const before = status.attempt?.guards ?? [];
  return (
    live.countedUntil !== null || live.guards.some((guard, index) => guard.verdict !== before[index]?.verdict || guard.name !== before[index].name)
  );
}

/** What happened while there was nothing to compare with is not counted, then or later. */
function withControl(context: Context, status: ModelStatus): ModelStatus {
  const { live, at } = context;
  if (live === null || status.attempt === null) return status;
  const healthy = hasControl(context);
  const before = conditionOf(status, 'AnalysisHealthy');
  if (healthy && before?.status !== false) return status;
  const said = withCondition(status, 'AnalysisHealthy', healthy, healthy ? 'Compared' : 'NoControl', '', at);
  return healthy ? { ...said, attempt: { ...status.attempt, countedUntil: at } } : said;
}

/** Held=True and its clock; a person is told when it begins and when its reason changes. */
function withHold(status: ModelStatus, hold: Hold | null, { at, now }: Context): ModelStatus {
  const { attempt } = status;
  const before = conditionOf(status, 'Held');
  const was = before?.status === true;
  if (attempt === null || (!was && hold === null)) return status;
  if (was && hold !== null && before.reason === hold.reason) return status; // figures in its message change at every tick
  const said = withCondition(status, 'Held', hold !== null, hold?.reason ?? 'Moving', hold?.message ?? '', at);
  const next = { ...said, attempt: { ...attempt, step: heldStep(attempt, hold !== null, at, now) } };
  return hold === null ? next : moved(next, status.phase, 'Held', `held: ${hold.message}`, at);
}

function heldStep({ step }: Attempt, held: boolean, at: string, now: number): Attempt['step'] {
  if (held) return { ...step, heldSince: step.heldSince ?? at };
  if (step.heldSince === null) return step;
  return { ...step, heldSince: null, heldSeconds: step.heldSeconds + secondsSince(now, step.heldSince) };
}
