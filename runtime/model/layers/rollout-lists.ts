import type { EffectiveGate, EffectiveGuard, FileGate, FileGuard, FileStep } from '../model-file.ts';
import { type Preset, presetOf } from '../presets.ts';

type FileWeight = Extract<FileStep, { readonly weight: number }>;
type FileShadow = Extract<FileStep, { readonly shadow: unknown }>;

/** Each step of a file with what it leaves out, from the preset's step that is most like it; of a preset that has none like it, from `standard`. */
export function completeSteps(steps: readonly FileStep[], preset: Preset): readonly FileStep[] {
  return steps === preset.steps ? steps : steps.map((step) => completeStep(step, preset.steps));
}

/** The step of the preset that a file's step takes the rest from; null for an approval. */
export function likeStep(step: FileStep, preset: readonly FileStep[]): FileStep | null {
  const usual = presetOf('standard').steps;
  if ('approve' in step) return null;
  if ('shadow' in step) return [...preset, ...usual].find(isShadow) ?? null;
  return nearestWeight(preset, step.weight) ?? nearestWeight(usual, step.weight);
}

function completeStep(step: FileStep, preset: readonly FileStep[]): FileStep {
  const like = likeStep(step, preset);
  if (like === null) return step;
  if (isShadow(like) && isShadow(step)) return { shadow: { ...like.shadow, ...step.shadow } };
  return { ...like, ...step };
}

const isShadow = (step: FileStep): step is FileShadow => 'shadow' in step;
const isWeight = (step: FileStep): step is FileWeight => 'weight' in step;

/** A larger weight gathers evidence faster, so that dwell, samples and margin belong to a weight: the nearest by ratio is taken. */
function nearestWeight(steps: readonly FileStep[], weight: number): FileWeight | null {
  const distance = (step: FileWeight): number => Math.abs(Math.log(step.weight / weight));
  const nearer = (best: FileWeight | null, step: FileWeight): FileWeight => (best === null || distance(step) < distance(best) ? step : best);
  return steps.filter(isWeight).reduce<FileWeight | null>(nearer, null);
}

/** A gate rejects unless the file says otherwise. */
export const completeGate = (gate: FileGate): EffectiveGate => ({ ...gate, onFail: gate.onFail ?? 'Reject' });

/** What callers were promised, as guards need it. */
export interface Objective {
  readonly availability: number;
  readonly quantile: number;
}

/** A guard with its limits: a floor or a maximum is what the objective allows, else half a per cent (10-rollout, 12.5). */
export function completeGuard(guard: FileGuard, objective: Objective): EffectiveGuard {
  const { dryRun = false } = guard;
  const allowed = allowedBy(guard.event, objective);
  if (guard.kind === 'ratio') return { ...guard, floor: guard.floor ?? allowed, dryRun };
  if (guard.kind === 'rate') return { ...guard, max: guard.max ?? allowed, dryRun };
  if (guard.kind === 'verdict') return { ...guard, dryRun };
  return { ...guard, event: guard.event ?? 'error', max: guard.max ?? 0.2, minSamples: guard.minSamples ?? 50, dryRun };
}

function allowedBy(event: FileGuard['event'], { availability, quantile }: Objective): number {
  if (event === 'error') return leftBy(availability);
  return event === 'slow' ? leftBy(quantile) : 0.005;
}

/** 1 - 0.995 without the noise of binary fractions, since limits are shown to people. */
const leftBy = (share: number): number => Math.min(Math.max(1, Math.round((1 - share) * 1e9)), 1e9 - 1) / 1e9;
