import type { Attempt, World } from '../types.ts';
import { enteredStep } from './attempt.ts';
import { moved, writeStatus } from './changes.ts';
import { type Decider, FORWARD, secondsSince } from './context.ts';

const ONCE_SECONDS = 5;
const GAP_MS = 2_000;

/**
 * The platform itself started again: nobody was served meanwhile, so that time is neither dwell nor deadline. The present step begins
 * anew; the attempt, its step and its evidence stay. A controller that restarts alone, beside a platform that ran on, changes nothing.
 */
export const resume: Decider = ({ world, status, now, at }) => {
  const { attempt, phase, history } = status;
  if (!world.firstTick || attempt === null || !FORWARD.includes(phase)) return null;
  const last = history.at(-1);
  if (last?.reason === 'Resumed' && secondsSince(now, last.at) < ONCE_SECONDS) return null;
  if (!isLost(world, attempt) && !hasGap(world, attempt.countedUntil ?? status.observed?.verifiedAt ?? null)) return null;
  const step = enteredStep(world.spec.rollout.steps, attempt.step.index, at);
  // The list's own hash: an edit that came while the platform was down is still to be seen.
  const again = { ...status, attempt: { ...attempt, phaseEnteredAt: at, step: { ...step, hash: attempt.step.hash } } };
  const message = `the platform started again: ${phase} goes on`;
  return writeStatus(moved(again, phase, 'Resumed', message, at), 'Resumed', message);
};

/** The candidate's copy died with the process that ran it. */
function isLost({ pods }: World, { candidate }: Attempt): boolean {
  return !pods.some(({ slot, version }) => slot === candidate.slot && version.digest === candidate.digest);
}

/** Counters that begin later than they were last read: their process is a new one. */
function hasGap({ readings }: World, since: string | null): boolean {
  const first = readings[0];
  return since !== null && (first === undefined || first.at - Date.parse(since) > GAP_MS);
}
