import { parseDuration } from '../duration.ts';
import type { EffectiveModel, FileGate, FileStep, ModelFile } from '../model-file.ts';
import type { Preset, PresetName } from '../presets.ts';

export type RiskClass = EffectiveModel['risk'];

/**
 * The least that is done before a version of this class serves (01-mission, R5). What a model file leaves open is raised to it; a file that
 * goes below it is wrong. Nothing of it holds in the profile `local`: nobody is at risk on one machine.
 */
export interface RiskMinimum {
  /** The only rollout preset that will do; null: any. */
  readonly preset: PresetName | null;
  /** Least time in shadow, over all steps. */
  readonly shadow: string;
  /** Least time of baking. */
  readonly bake: string;
  /** A person says yes, in a step before the first weight. */
  readonly approval: boolean;
  /**
   * Gates that must be there; `Fairness` only where groups are declared. Format, Manifest and Reference are not named: no plan can leave
   * them out, the rollout adds them.
   */
  readonly gates: readonly FileGate['type'][];
  /** Least retention of the tenant's prediction log. */
  readonly predictions: string;
}

const USUAL = ['SchemaCompat', 'GoldenSet'] as const;
const HIGH: RiskMinimum = {
  preset: 'shadow-48h',
  shadow: '2d',
  bake: '2d',
  approval: true,
  gates: [...USUAL, 'Fairness', 'Explanation', 'Approval'],
  predictions: '0s',
};

const MINIMUM: Readonly<Record<RiskClass, RiskMinimum>> = {
  // may do without golden answers: what it says harms nobody
  low: { preset: null, shadow: '0s', bake: '0s', approval: false, gates: [], predictions: '0s' },
  standard: { preset: null, shadow: '0s', bake: '0s', approval: false, gates: USUAL, predictions: '0s' },
  high: HIGH,
  // logs of a high-risk system are kept for six months: Regulation (EU) 2024/1689, article 19
  regulated: { ...HIGH, predictions: '184d' },
};

/** The minimum of a class. Default class: `standard`. */
export function riskMinimum(risk: RiskClass = 'standard'): RiskMinimum {
  return MINIMUM[risk];
}

/** The preset with what the class asks for beyond it. */
export function raised<Kind extends Preset>(preset: Kind, risk?: RiskClass, groups: ModelFile['groups'] = []): Kind {
  const minimum = riskMinimum(risk);
  const wanted = minimum.gates.filter((type) => type !== 'Fairness' || groups.length > 0);
  const missing = wanted.filter((type) => !preset.gates.some((gate) => gate.type === type));
  const bake = { ...preset.bake, duration: longer(preset.bake.duration, minimum.bake) };
  return { ...preset, steps: minimum.approval ? approved(preset.steps) : preset.steps, bake, gates: [...preset.gates, ...missing.map(gateOf)] };
}

/** With an approval before the first weight. */
function approved(steps: readonly FileStep[]): readonly FileStep[] {
  const first = steps.findIndex((step) => 'weight' in step);
  const before = first < 0 ? steps.length : first;
  if (steps.slice(0, before).some((step) => 'approve' in step)) return steps;
  return [...steps.slice(0, before), { approve: { by: 'owner' } }, ...steps.slice(before)];
}

function gateOf(type: FileGate['type']): FileGate {
  if (type === 'Approval') return { type, onFail: 'Reject', by: 'owner' };
  return { type, onFail: type === 'Fairness' ? 'ShadowOnly' : 'Reject' };
}

function longer(given: string | undefined, least: string): string {
  return given !== undefined && (parseDuration(given) ?? 0) >= (parseDuration(least) ?? 0) ? given : least;
}
