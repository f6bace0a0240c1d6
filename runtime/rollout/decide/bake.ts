import { moved, withCondition, writeIntent } from './changes.ts';
import { type Decider, dwellSeconds, wait } from './context.ts';
import { holdOf } from './hold.ts';
import { withIntent } from './intent.ts';
import { unhealthy } from './steps.ts';

/** The champion is let go when the new version has carried everything for long enough, and was seen to. */
export const bake: Decider = (context) => {
  const { world, status, at } = context;
  const { attempt, stable } = status;
  if (status.phase !== 'Baking' || attempt === null || stable === null) return null;
  if (holdOf(context, attempt) !== null) return null;
  const { durationSeconds } = world.spec.rollout.bake;
  const dwell = dwellSeconds(context, attempt);
  if (dwell < durationSeconds) return wait('Baking', `${Math.max(0, Math.floor(dwell))} of ${durationSeconds} s`);
  const unsafe = unhealthy(context);
  if (unsafe !== null) return wait('Baking', unsafe);
  const message = `version ${stable.version} is stable`;
  const next = { ...moved(withCondition(status, 'Held', false, 'Moving', '', at), 'Stable', 'Baked', message, at), attempt: null };
  return writeIntent(withIntent(context, next, { stable, other: null, weight: 0, mirrorPercent: 0 }), 'Baked', message);
};
