import { durationText } from '../duration.ts';
import type { FileRollout, FileStep, ModelFile } from '../file.ts';
import type { RolloutPlan } from '../plan.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';

/** The order of a rollout's steps, and gates that make no sense. */
export function checkSteps({ rollout }: ModelFile): readonly Finding[] {
  if (rollout === undefined || typeof rollout === 'string') return [];
  return [...checkOrder(rollout.steps ?? []), ...checkGates(rollout)];
}

function checkOrder(steps: readonly FileStep[]): readonly Finding[] {
  let weight = 0;
  return steps.flatMap((step, index) => {
    const path: Path = ['rollout', 'steps', index];
    if ('shadow' in step)
      return weight > 0 ? [atValue([...path, 'shadow'], `a shadow step after weight ${weight}`, 'Put shadow steps before the weights.')] : [];
    if (!('weight' in step)) return [];
    const before = weight;
    weight = Math.max(weight, step.weight);
    const hundredths = step.weight * 100;
    if (Math.abs(hundredths - Math.round(hundredths)) > 1e-6)
      return [atValue([...path, 'weight'], `weight ${step.weight} is finer than 0.01 %`, 'Round it.')];
    return step.weight > before ? [] : [atValue([...path, 'weight'], `weight ${step.weight} after weight ${before}`, 'Let the weights rise.')];
  });
}

function checkGates({ gates = [] }: FileRollout): readonly Finding[] {
  return gates.flatMap(({ type, onFail, metric }, index): readonly Finding[] => {
    const path: Path = ['rollout', 'gates', index];
    const findings: Finding[] = [];
    if (type === 'RegistryMetric' && metric === undefined) {
      findings.push(atKey([...path, 'metric'], 'is missing', 'Add metric: {name: auc, min: 0.69}'));
    }
    if (type !== 'RegistryMetric' && metric !== undefined)
      findings.push(atValue([...path, 'metric'], `${type} reads no metric`, 'Use type RegistryMetric.'));
    if (onFail === 'ShadowOnly' && (type === 'Format' || type === 'Manifest')) {
      findings.push(atValue([...path, 'onFail'], `a version that fails ${type} cannot be loaded`, 'Use Reject.'));
    }
    return findings;
  });
}

/** Dwells that cannot be kept, whether the file says both ends or the preset says one of them. */
export function checkDwells({ steps }: RolloutPlan): readonly Finding[] {
  return steps.flatMap((step, index) => {
    if (step.kind === 'approve' || step.minDwellSeconds <= step.maxDwellSeconds) return [];
    const path: Path = ['rollout', 'steps', index, ...(step.kind === 'shadow' ? ['shadow'] : []), 'maxDwell'];
    const [shortest, longest] = [durationText(step.minDwellSeconds), durationText(step.maxDwellSeconds)];
    return [atValue(path, `${longest} is shorter than minDwell ${shortest}`, 'Raise maxDwell, or lower minDwell.')];
  });
}
