import type { Lock, ModelAction } from '../../model/status.ts';
import type { Decision } from '../types.ts';
import { done, refused } from './action-queue.ts';
import { moved, withCondition } from './changes.ts';
import type { Context } from './context.ts';

/** Removes the lock of a digest, no more: a version that failed starts again by Retry alone. */
export function unlock({ status, at }: Context, action: ModelAction): Decision {
  const found = locksNamed(status.locks, action.spec.digest ?? null);
  const lock = found[0];
  if (lock === undefined) return refused(status, action, 'no such digest is locked');
  if (found.length > 1) return refused(status, action, `${found.length} digests are locked: name one`);
  const locks = status.locks.filter((other) => other !== lock);
  const left = locks.at(-1);
  const truth = { ...status, locks };
  const said = withCondition(truth, 'Locked', left !== undefined, left === undefined ? 'Unlocked' : 'Locked', left?.reason ?? '', at);
  const message = `version ${lock.version} is unlocked; Retry starts it again`;
  // A rejected or locked attempt without its lock is one that failed: the next step is Retry.
  const freed = (status.phase === 'Locked' || status.phase === 'Rejected') && status.attempt?.candidate.digest === lock.digest;
  return done(moved(said, freed ? 'Failed' : status.phase, 'Unlocked', message, at), action, message);
}

/** By the beginning of the digest, with or without `sha256:`; without a name every lock is meant. */
function locksNamed(locks: readonly Lock[], digest: string | null): readonly Lock[] {
  if (digest === null) return locks;
  const hex = digest.replace(/^sha256:/, '');
  return locks.filter((lock) => hex !== '' && lock.digest.replace(/^sha256:/, '').startsWith(hex));
}
