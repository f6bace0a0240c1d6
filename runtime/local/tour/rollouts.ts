import type { Transition } from '../../model/status.ts';
import type { ReplayStats } from '../replay/replay.ts';
import type { ModelView } from '../view.ts';
import { MissingLine, type TourContext } from './context.ts';

/**
 * Part 2: a good version goes all the way while requests flow, and no caller notices.
 * Every line is a transition of the Model's status, or what the client counted.
 */
export async function goodVersion(tour: TourContext): Promise<void> {
  const before = tour.options.replays.stats();
  const seen = (await tour.view()).models[0]?.history.length ?? 0;
  tour.apply('2', 'local');
  await follow(tour, seen, 240, (model) => model.phase === 'Stable' && model.stableVersion === '2');
  noneFailed(tour, before, 'while version 2 came in');
}

/**
 * Part 3: a version with a real defect takes traffic, is convicted, and stays out when it is applied again. Its file overrides the steps
 * so as to have no shadow; the variant keeps the shadow, which convicts it before any caller meets it.
 */
export async function badVersion(tour: TourContext): Promise<void> {
  const shadow = tour.options.variant === 'shadow';
  const seen = (await tour.view()).models[0]?.history.length ?? 0;
  await tour.mark();
  tour.apply('3', shadow ? 'local' : WITHOUT_SHADOW);
  await follow(tour, seen, 120, (model) => model.phase === 'Locked');
  await tour.told('rolled back, with the time from evidence to zero', 30, ({ source, kind }) => source === 'rollout' && kind === 'RolledBack');
  await tour.mark();
  tour.apply('2', 'local');
  await tour.seen('version 2 named again', 30, (model) => model.phase === 'Stable' && model.stableVersion === '2');
  tour.apply('3', shadow ? 'local' : WITHOUT_SHADOW);
  await tour.told('applied again and still locked', 30, ({ source, kind }) => source === 'rollout' && kind === 'Locked');
  const { model } = await tour.seen(
    'locked, with no traffic',
    10,
    (one) => one.conditions.some(({ type, status }) => type === 'Locked' && status) && { model: one },
  );
  if (model.weight > 0) throw new MissingLine(`version 3 is locked, but its weight is ${model.weight}`);
  tour.apply('2', 'local');
}

const WITHOUT_SHADOW = { preset: 'local', steps: [{ weight: 5 }, { weight: 25 }, { weight: 50 }] };

/** Prints each transition as it comes, until the model is where it should be. */
async function follow(tour: TourContext, from: number, seconds: number, there: (model: ModelView) => boolean): Promise<void> {
  let printed = from;
  await tour.seen('the rollout ends', seconds, (model) => {
    for (const transition of model.history.slice(printed)) tour.print(lineOf(transition));
    printed = Math.max(printed, model.history.length);
    return printed > from && there(model);
  });
}

function lineOf({ at, from, to, message, attempt }: Transition): { at: string; text: string; record: string } {
  return { at, text: `${from === to || from === null ? to : `${from} -> ${to}`}: ${message}`, record: `status.history ${attempt ?? ''}`.trimEnd() };
}

/** Not one request failed: refused, unanswered, or answered by the fallback. */
export function noneFailed(tour: TourContext, before: ReplayStats, when: string): void {
  const now = tour.options.replays.stats();
  const failed = now.refused - before.refused + (now.unreachable - before.unreachable) + (now.fallbacks - before.fallbacks);
  tour.client(`${(now.answered - before.answered).toLocaleString('en')} requests answered ${when}, ${failed} failed; p95 ${now.p95.toFixed(1)} ms`);
  if (failed > 0) throw new MissingLine(`${failed} requests failed ${when}`);
}
