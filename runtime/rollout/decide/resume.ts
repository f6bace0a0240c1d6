import type { Attempt, World } from '../types.ts';
import { enteredStep } from './attempt.ts';
import { moved, writeStatus } from './changes.ts';
import { type Decider, FORWARD } from './context.ts';

const GAP_MS = 2_000;

/**
 * The platform itself started again: nobody was served meanwhile, so that time is neither dwell nor deadline. The present step begins
 * anew; the attempt, its step and its evidence stay. A controller that restarts alone, beside a platform that ran on, changes nothing.
 */
export const resume: Decider = ({ world, status, at }) => {
  const { attempt, phase } = status;
  if (!world.firstTick || attempt === null || !FORWARD.includes(phase)) return null;
  if (attempt.step.resumedBy === world.epoch) return null; // by epoch, not by time: a second outage may follow the first within a second
  if (!isLost(world, attempt) && !hasGap(world, attempt.countedUntil ?? status.observed?.verifiedAt ?? null)) return null;
  const step = enteredStep(world.spec.rollout.steps, attempt.step.index, at);
  // The list's own hash: an edit that came while the platform was down is still to be seen.
  const anew = { ...step, hash: attempt.step.hash, resumedBy: world.epoch };
  const again = { ...status, attempt: { ...attempt, phaseEnteredAt: at, step: anew } };
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
