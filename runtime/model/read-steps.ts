import { parseDuration } from './duration.ts';
import type { FileRollout, FileStep, ModelFile } from './file.ts';
import { atKey, atValue, type Finding, type Path } from './read-locate.ts';

/** The order of a rollout's steps, their dwells, and gates that make no sense. */
export function checkSteps({ rollout }: ModelFile): readonly Finding[] {
  if (rollout === undefined || typeof rollout === 'string') return [];
  const steps = rollout.steps ?? [];
  return [...checkOrder(steps), ...steps.flatMap((step, index) => checkDwell(step, ['rollout', 'steps', index])), ...checkGates(rollout)];
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
    return step.weight > before ? [] : [atValue([...path, 'weight'], `weight ${step.weight} after weight ${before}`, 'Let the weights rise.')];
  });
}

function checkDwell(step: FileStep, path: Path): readonly Finding[] {
  if ('approve' in step) return [];
  const place = 'shadow' in step ? [...path, 'shadow'] : path;
  const { minDwell, maxDwell } = 'shadow' in step ? step.shadow : step;
  if (minDwell === undefined || maxDwell === undefined) return [];
  const never = (parseDuration(minDwell) ?? 0) > (parseDuration(maxDwell) ?? 0);
  return never ? [atValue([...place, 'maxDwell'], `${maxDwell} is shorter than minDwell ${minDwell}`, 'Raise maxDwell, or lower minDwell.')] : [];
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
