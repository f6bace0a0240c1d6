import type { Lock } from '../../model/status.ts';
import { keyOf } from '../../model/types.ts';
import { bundlePath } from '../bundle-path.ts';
import type { Attempt, Decision, ModelStatus, Outcome } from '../types.ts';
import { moved, withCondition, writeStatus } from './changes.ts';
import { type Context, type Decider, secondsSince, wait } from './context.ts';
import { isCarrying } from './leave.ts';
import { isStill } from './still.ts';

/** After the intent and the route: bundle, verification, lock, in this order and none of it in the way of the traffic (10-rollout, 7). */
export const rollBack: Decider = (context) => {
  const { status, world, now } = context;
  const { attempt, phase } = status;
  if (phase !== 'RollingBack' || attempt === null || attempt.outcome === null) return null;
  if (world.bundle === 'none') {
    return { kind: 'StartBundle', attempt: attempt.id, reason: 'Bundle', message: `collects the evidence of ${attempt.id}` };
  }
  if (isCarrying(context) || !isStill(context)) return wait('Draining', `waits until version ${attempt.candidate.version} gets no more requests`);
  const late = secondsSince(now, attempt.phaseEnteredAt) >= world.spec.rollout.rollback.bundleDeadlineSeconds;
  if (world.bundle === 'running' && !late) return wait('Bundle', 'waits for the bundle');
  return finish(context, attempt, attempt.outcome);
};

function finish(context: Context, attempt: Attempt, outcome: Outcome): Decision {
  const { status, world, at } = context;
  const locked = outcome.to === 'Locked';
  const late = world.bundle === 'done' ? '' : '; its bundle was not complete in time';
  const bundle = world.bundle === 'done' ? bundlePath(keyOf(world.spec), attempt.id, 'bundle.json') : null;
  const message = `${outcome.message}${late}`;
  const base = { ...status, attempt: { ...attempt, bundle, phaseEnteredAt: at } };
  const ended = locked ? withLock(base, { ...attempt.candidate, reason: outcome.message, at, bundle }, at) : base;
  const said = withCondition(ended, 'RolledBack', true, outcome.reason, outcome.message, at);
  const next = moved(said, locked ? 'Locked' : 'Failed', locked ? 'Locked' : 'Failed', message, at);
  return writeStatus(next, locked ? 'Locked' : 'Failed', message);
}

/** The digest gets no traffic until Unlock, whoever applies it again (I8). */
export function withLock(status: ModelStatus, { digest, version, reason, at, bundle }: Lock, now: string): ModelStatus {
  const lock = { digest, version, reason, at, bundle };
  const locks = [...status.locks.filter((other) => other.digest !== digest), lock];
  return withCondition(
    { ...status, locks, former: status.former.filter((ref) => ref.digest !== digest) },
    'Locked',
    true,
    'Locked',
    `version ${version}: ${reason}`,
    now,
  );
}
