import { advanceSeconds } from '../../rollout/evidence/expected.ts';
import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import type { EffectiveStep } from '../model-file.ts';
import { atValue, type Finding, type Path } from '../read/locate.ts';
import { from } from './subject.ts';
import { type Placed, warning } from './world.ts';

/** A share of failing requests when neither the file nor an objective says one (10-rollout, 12.5). */
const USUAL_ERRORS = 0.005;

/**
 * Steps that the traffic of the file is too thin for: a healthy version would wait for a person (10-rollout, 12.5). Only a warning, since traffic
 * is a hint; the first such shadow and the first such weight of a model are told.
 */
export function checkExpectedTime({ loaded }: Placed): readonly Finding[] {
  const { traffic, rollout, pattern } = loaded.model;
  if (traffic === undefined || pattern === 'batch') return [];
  const timed = rollout.steps.flatMap((step, index): readonly Timed[] => ('approve' in step ? [] : [timedStep(loaded.model, step, index)]));
  const late = timed.filter(({ expected, longest }) => expected > longest);
  const [shadow, weight] = [late.find(({ isShadow }) => isShadow), late.find(({ isShadow }) => !isShadow)];
  return [shadow, weight].flatMap((step) => (step === undefined ? [] : [warning(lateStep(loaded, timed, step))]));
}

/** A shadow or weight step with its times, in seconds. */
interface Timed {
  readonly path: Path;
  readonly name: string;
  readonly isShadow: boolean;
  readonly maxDwell: string;
  readonly expected: number;
  readonly longest: number;
}

function timedStep(model: TenantModel, step: Exclude<EffectiveStep, { readonly approve: unknown }>, index: number): Timed {
  const isShadow = 'shadow' in step;
  const { maxDwell } = isShadow ? step.shadow : step;
  return {
    path: ['rollout', 'steps', index, isShadow ? 'shadow' : 'weight'],
    name: isShadow ? `shadow ${step.shadow.percent} %` : `weight ${step.weight}`,
    isShadow,
    maxDwell,
    expected: expectedSeconds(model, step),
    longest: secondsOf(maxDwell),
  };
}

function lateStep(loaded: Placed['loaded'], timed: readonly Timed[], step: Timed): Finding {
  const dwell = step.isShadow ? [...step.path, 'maxDwell'] : [...step.path.slice(0, 3), 'maxDwell'];
  const rate = `${loaded.model.traffic?.usual ?? 0} requests/s`;
  const takes = Number.isFinite(step.expected)
    ? `takes about ${timeText(step.expected)} at ${rate}`
    : `shows nothing at ${rate} and this share of errors`;
  const problem = `${step.name} ${takes}, and its maxDwell is ${step.maxDwell}${from(loaded, dwell)}: the rollout would wait for a person`;
  return atValue(step.path, problem, remedyOf(timed, step));
}

/** Larger first weights, when all from there on fit; else more time. */
function remedyOf(timed: readonly Timed[], late: Timed): string {
  const more = Number.isFinite(late.expected) ? `raise its maxDwell to ${timeText(1.5 * late.expected)}` : 'raise its margin';
  if (late.isShadow) return `copy more requests, ask for fewer samples, or ${more}`;
  const fits = (index: number): boolean => timed.slice(index).every(({ expected, longest }) => expected <= longest);
  const index = timed.findIndex((_, at) => at > timed.indexOf(late) && fits(at));
  const first = timed[index];
  return first === undefined ? `${more}, or its margin` : `begin with ${first.name} (about ${timeText(first.expected)}), or ${more}`;
}

/** Seconds until a healthy version may go on from a step: samples, dwell and the evidence of the errors guard. */
function expectedSeconds(model: TenantModel, step: Exclude<EffectiveStep, { readonly approve: unknown }>): number {
  const rate = model.traffic?.usual ?? 0;
  if ('shadow' in step) return Math.max(secondsOf(step.shadow.minDwell), step.shadow.minSamples / (rate * (step.shadow.percent / 100)));
  const weight = step.weight / 100;
  const samples = Math.max(secondsOf(step.minDwell), step.minSamples / (rate * weight));
  const { analysis, guards } = model.rollout;
  const errors = guards.find(({ kind, event, dryRun }) => kind === 'ratio' && event === 'error' && !dryRun);
  if (errors === undefined || weight >= 1) return samples;
  const floor = errors.floor ?? USUAL_ERRORS;
  const load = { requestsPerSecond: rate, share: model.traffic?.errors ?? floor, weight, blockSeconds: secondsOf(analysis.block) };
  return Math.max(samples, advanceSeconds(load, { margin: step.margin, floor, alpha: analysis.advanceAlpha, ratio: [], shares: [] }));
}

/** Whole minutes below two hours, whole hours below two days, then days. */
function timeText(seconds: number): string {
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.ceil(seconds / 3_600)}h` : `${Math.ceil(seconds / 86_400)}d`;
}
