import { enteredStep } from './attempt.ts';
import { moved, writeStatus } from './changes.ts';
import { type Decider, FORWARD, secondsSince } from './context.ts';

const ONCE_SECONDS = 5;

/**
 * The platform started again and its copies died with it: nobody was served meanwhile, so that time is neither dwell nor deadline. The
 * present step begins anew; the attempt, its step and its evidence stay.
 */
export const resume: Decider = ({ world, status, now, at }) => {
  const { attempt, phase, history } = status;
  if (!world.firstTick || attempt === null || !FORWARD.includes(phase) || world.pods.length > 0) return null;
  const last = history.at(-1);
  if (last?.reason === 'Resumed' && secondsSince(now, last.at) < ONCE_SECONDS) return null;
  const step = enteredStep(world.spec.rollout.steps, attempt.step.index, at);
  // The list's own hash: an edit that came while the platform was down is still to be seen.
  const again = { ...status, attempt: { ...attempt, phaseEnteredAt: at, step: { ...step, hash: attempt.step.hash } } };
  const message = `the platform started again: ${phase} goes on`;
  return writeStatus(moved(again, phase, 'Resumed', message, at), 'Resumed', message);
};
