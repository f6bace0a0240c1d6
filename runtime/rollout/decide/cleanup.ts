import { type Decider, RESTING, secondsSince } from './context.ts';

/**
 * Copies that nobody needs any more go last: after the gateway was seen to send nothing there, while stable is ready (I4), and after
 * `keepCandidateSeconds` when the version failed, so that somebody can look at it.
 */
export const cleanup: Decider = ({ world, status, now }) => {
  const { stable, attempt, phase, intent, observed } = status;
  if (!RESTING.includes(phase) || (intent !== null && observed === null)) return null;
  const spare = world.pods.find((pod) => pod.slot !== stable?.slot);
  if (spare === undefined) return null;
  if (stable !== null && !world.pods.some((pod) => pod.slot === stable.slot && pod.version.digest === stable.digest && pod.phase === 'Ready'))
    return null;
  const keep = world.spec.rollout.rollback.keepCandidateSeconds;
  if (attempt !== null && secondsSince(now, attempt.phaseEnteredAt) < keep) return null;
  return { kind: 'Delete', slot: spare.slot, reason: 'Cleanup', message: `version ${spare.version.version} leaves slot ${spare.slot}` };
};
