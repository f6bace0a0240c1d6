import { parseDuration } from '../duration.ts';
import type { ModelFile } from '../model-file.ts';
import { type NamedPreset, PRESETS, type Preset, type PresetName, presetOf } from '../presets.ts';
import type { Layer } from './origin.ts';
import { raised, riskMinimum } from './risk.ts';
import { at, type Tree } from './tree.ts';

type Engine = NonNullable<ModelFile['serving']>['engine'];

/** One layer of a model in normal form. */
export interface LayerTree {
  readonly layer: Layer;
  readonly tree: Tree;
}

/** The preset of a model's rollout, and who chose it. */
export interface Choice {
  readonly preset: PresetName;
  /** The layer that names it; null: it follows from another field (`from`). */
  readonly layer: Layer | null;
  readonly from: string;
}

/** What a choice of preset depends on. */
export interface About {
  readonly engine: Engine;
  readonly risk: ModelFile['risk'];
  /** Profile `local`: no risk class counts. */
  readonly local: boolean;
}

/**
 * The file's word, else what the risk class asks for, else the tenant's or the profile's, else `blue-green` for a language model, else
 * `standard`. In the profile `local` nobody is at risk, and the class asks for nothing.
 */
export function choosePreset(layers: readonly LayerTree[], { engine, risk, local }: About): Choice {
  const named = layers.toReversed().flatMap(({ layer, tree }): Choice[] => {
    const preset = at(tree, ['rollout', 'preset']);
    return isPreset(preset) ? [{ preset, layer, from: '' }] : [];
  });
  const [first] = named;
  if (first?.layer === 'file') return first;
  const asked = local ? null : riskMinimum(risk).preset;
  if (asked !== null) return { preset: asked, layer: null, from: 'risk' };
  return first ?? (engine === 'vllm' ? { preset: 'blue-green', layer: null, from: 'serving.engine' } : { preset: 'standard', layer: null, from: '' });
}

const isPreset = (value: Tree): value is PresetName => PRESETS.some((name) => name === value);

/**
 * The layers with the preset among them. It lies under the words of the layer that names it and over those below: whoever names a preset
 * starts afresh, and what is said beside the name still counts. What the risk class asks for lies over the tenant's words; a preset that nobody named, under all.
 */
export function withPreset(layers: readonly LayerTree[], rollout: Preset, { layer, from }: Choice): readonly LayerTree[] {
  const above = from === 'risk' ? 'file' : layer;
  const index = above === null ? 0 : layers.findIndex((one) => one.layer === above);
  return [...layers.slice(0, index), { layer: 'preset', tree: { rollout } }, ...layers.slice(index)];
}

export interface PresetFor extends About {
  readonly choice: Choice;
  readonly pattern: ModelFile['pattern'];
  readonly groups: ModelFile['groups'];
  /** `serving.loadTime`; undefined: the platform's default. */
  readonly loadTime: string | undefined;
}

/** The preset as this model takes it: raised to its risk class, without what only callers have, and without its deadline where two loads take longer. */
export function presetFor({ choice, engine, pattern, risk, groups, local, loadTime }: PresetFor): Preset {
  const plain = presetOf(choice.preset, engine === 'vllm');
  const whole = local ? plain : raised(plain, risk, groups);
  const preset = isCalled(pattern) ? whole : withoutCallers(whole);
  const { progressDeadline, ...rest } = preset;
  const twice = 2 * (loadTime === undefined ? 0 : (parseDuration(loadTime) ?? 0));
  return choice.preset === 'local' || twice <= (parseDuration(progressDeadline) ?? 0) ? preset : rest;
}

/** Nobody calls a model that reads a table or a topic: there is no request to copy, and none with a header. */
export const isCalled = (pattern: ModelFile['pattern']): boolean => pattern !== 'batch' && pattern !== 'streaming';

function withoutCallers({ preview: _preview, ...preset }: NamedPreset): NamedPreset {
  return { ...preset, steps: preset.steps.filter((step) => !('shadow' in step)), bake: { ...preset.bake, controlMirror: 0 } };
}
