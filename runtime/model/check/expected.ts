import { advanceSeconds } from '../../rollout/evidence/expected.ts';
import type { TenantModel } from '../loaded.ts';
import type { EffectiveStep } from '../model-file.ts';
import { atValue, type Finding, type Path } from '../read/locate.ts';
import { from, secondsOf } from './subject.ts';
import { type Placed, warning } from './world.ts';

/** A share of failing requests when neither the file nor an objective says one (10-rollout, 12.5). */
const USUAL_ERRORS = 0.005;

/**
 * Steps that the traffic of the file is too thin for: a healthy version would wait for a person (10-rollout, 12.5). Only a warning, since traffic
 * is a hint; the first such step of a model is told.
 */
export function checkExpectedTime({ loaded }: Placed): readonly Finding[] {
  const { model } = loaded;
  const { traffic, rollout, pattern } = model;
  if (traffic === undefined || pattern === 'batch') return [];
  const times = rollout.steps.map((step) => expectedSeconds(model, step));
  const late = rollout.steps.findIndex((step, index) => (times[index] ?? 0) > longest(step));
  const step = rollout.steps[late];
  if (step === undefined || 'approve' in step) return [];
  const path: Path = ['rollout', 'steps', late, 'shadow' in step ? 'shadow' : 'weight'];
  const dwell: Path = [...path.slice(0, 'shadow' in step ? 4 : 3), 'maxDwell'];
  const what = 'shadow' in step ? `shadow ${step.shadow.percent} %` : `weight ${step.weight}`;
  const seconds = times[late] ?? 0;
  const rate = `${traffic.usual} requests/s`;
  const maxDwell = 'shadow' in step ? step.shadow.maxDwell : step.maxDwell;
  const takes = Number.isFinite(seconds) ? `takes about ${hours(seconds)} at ${rate}` : `shows nothing at ${rate} and this share of errors`;
  const problem = `${what} ${takes}, and its maxDwell is ${maxDwell}${from(loaded, dwell)}`;
  return [warning(atValue(path, problem, remedyOf(rollout.steps, times, late)))];
}

function remedyOf(steps: readonly EffectiveStep[], times: readonly number[], late: number): string {
  const fits = (index: number): boolean => steps.slice(index).every((step, after) => (times[index + after] ?? 0) <= longest(step));
  const start = steps.findIndex((step, index) => index > late && 'weight' in step && fits(index));
  const first = steps[start];
  const raise = `raise maxDwell to ${hours(1.5 * Math.max(...times.filter(Number.isFinite)))}`;
  if (first === undefined || !('weight' in first)) return `${raise}, or margin: ${SLOW}`;
  return `begin with weight ${first.weight} (about ${hours(times[start] ?? 0)}), or ${raise}: ${SLOW}`;
}

const SLOW = 'past maxDwell a rollout waits for a person';

const longest = (step: EffectiveStep): number => ('approve' in step ? Infinity : secondsOf('shadow' in step ? step.shadow.maxDwell : step.maxDwell));

/** Seconds until a healthy version may go on from a step: samples, dwell and the evidence of the errors guard. */
function expectedSeconds(model: TenantModel, step: EffectiveStep): number {
  const rate = model.traffic?.usual ?? 0;
  if ('approve' in step) return 0;
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

/** Whole minutes below two hours, whole hours above. */
function hours(seconds: number): string {
  return seconds < 7_200 ? `${Math.ceil(seconds / 60)}m` : `${Math.ceil(seconds / 3_600)}h`;
}
