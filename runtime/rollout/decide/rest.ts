import type { VersionRef } from '../../model/status.ts';
import type { Decision } from '../types.ts';
import { startAttempt } from './attempt.ts';
import { moved, withCondition, writeStatus } from './changes.ts';
import { type Context, type Decider, lockOf, RESTING, wait } from './context.ts';

/** Nothing runs: the file may name something new. A spec that was already looked at starts nothing again. */
export const rest: Decider = (context) => {
  const { world, status } = context;
  const { target } = world;
  if (!RESTING.includes(status.phase)) return null;
  if (target === null) return wait('UnknownVersion', `version ${world.spec.registry.version} is not in the registry`);
  if (target.digest === status.stable?.digest) return settle(context, target);
  if (world.generation === status.observedGeneration) return null;
  const lock = lockOf(context, target.digest);
  if (lock !== null) return stillLocked(context, target, lock.reason);
  const same = status.attempt?.candidate.digest === target.digest;
  if (same && status.phase !== 'Stable')
    return writeStatus({ ...status, observedGeneration: world.generation }, 'Unchanged', 'Retry starts it again');
  return startAttempt(context, target);
};

/** The file names what is stable: whatever failed before is history. */
function settle({ world, status, at }: Context, target: VersionRef): Decision | null {
  if (status.phase === 'Stable' && world.generation === status.observedGeneration) return null;
  const seen = { ...status, observedGeneration: world.generation };
  if (status.phase === 'Stable') return writeStatus(seen, 'Unchanged', 'the file changed, its version did not');
  const message = `the file names version ${target.version}, which is stable`;
  return writeStatus({ ...moved(seen, 'Stable', 'Settled', message, at), attempt: null }, 'Settled', message);
}

/** Applied again, by a person or by CI: one notice, no traffic. */
function stillLocked({ world, status, at }: Context, target: VersionRef, reason: string): Decision {
  const message = `version ${target.version} was applied again and stays locked: ${reason}`;
  const seen = withCondition({ ...status, observedGeneration: world.generation }, 'Locked', true, 'StillLocked', message, at);
  return writeStatus(moved(seen, status.phase, 'Locked', message, at), 'Locked', message);
}
