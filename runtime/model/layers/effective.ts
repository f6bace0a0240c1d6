import type { FeatureService } from '../../features/catalogue.ts';
import type { EffectiveModel, ModelFile } from '../model-file.ts';
import type { Preset } from '../presets.ts';
import { MODEL_SCHEMA } from '../read/schemas.ts';
import type { EffectiveTenant } from '../tenant-file.ts';
import { compileDefaults, type Fill } from './defaults.ts';
import { type Around, type Derived, nested, RULES } from './derive.ts';
import { normal } from './normal.ts';
import { type Choice, choosePreset, type LayerTree, presetFor, withPreset } from './preset-layer.ts';
import type { Profile } from './profiles.ts';
import { completeGate, completeGuard, completeSteps } from './rollout-lists.ts';
import { at, isMap, merge, type Tree } from './tree.ts';

/** What all models of a tenant have below their files: made once, used for each of them. */
export interface Below {
  readonly tenant: EffectiveTenant | null;
  readonly profile: Profile;
  /** Profile and tenant in normal form, the lowest first. */
  readonly layers: readonly LayerTree[];
  /** The platform's defaults, below all of them. */
  readonly defaults: Fill;
}

/** The layers below the model files of a tenant; `tenant` is null without a `tenant.yaml`. */
export function layersBelow(tenant: EffectiveTenant | null, profile: Profile): Below {
  const tree = (given: Tree): Tree => normal(MODEL_SCHEMA, MODEL_SCHEMA, given);
  return {
    tenant,
    profile,
    defaults: compileDefaults(MODEL_SCHEMA),
    layers: [
      { layer: 'profile', tree: tree(profile.defaults) },
      { layer: 'tenant', tree: tree(tenant?.defaults ?? {}) },
    ],
  };
}

export interface ModelSources {
  /** As it is written; the schema has passed it. */
  readonly file: ModelFile;
  readonly below: Below;
  /** What `features.service` names; null: the file names none, or one that cannot be found. */
  readonly service: FeatureService | null;
}

/** The effective spec, and what it was made of: `originsOf` reads it. */
export interface Layered {
  readonly model: EffectiveModel;
  /** The lowest first, with the preset where it lies. */
  readonly layers: readonly LayerTree[];
  readonly choice: Choice;
  readonly derived: readonly Derived[];
}

/**
 * The whole effective spec of a model: platform defaults, the profile's, the tenant's, the rollout preset, the file, and what follows from
 * them. Maps are merged field by field, lists replaced whole. It is itself a legal model file, and its effective spec is itself. Pure.
 */
export function effectiveModel({ file, below, service }: ModelSources): Layered {
  const written: LayerTree = { layer: 'file', tree: normal(MODEL_SCHEMA, MODEL_SCHEMA, file) };
  const own = [...below.layers, written];
  const said = merged(own);
  const about = { engine: said.serving?.engine, risk: said.risk, local: below.profile.name === 'local' };
  const choice = choosePreset(own, about);
  const preset = presetFor({ ...about, choice, pattern: said.pattern, groups: said.groups, loadTime: said.serving?.loadTime });
  const layers = withPreset(own, preset, choice);
  const chosen = (key: 'min' | 'max'): boolean => at(written.tree, ['serving', 'autoscaling', key]) !== undefined;
  const { whole, derived } = derive(merged(layers), { tenant: below.tenant, service, chosen });
  return { model: finished(below.defaults(whole), preset), layers, choice, derived };
}

const merged = (layers: readonly LayerTree[]): ModelFile => asFile(layers.reduce<Tree>((below, { tree }) => merge(below, tree), {}));

function derive(tree: ModelFile, around: Around): { readonly whole: ModelFile; readonly derived: readonly Derived[] } {
  let whole = tree;
  const derived: Derived[] = [];
  for (const rule of RULES) {
    for (const one of rule(whole, around)) {
      if (at(whole, one.path) !== undefined && one.over !== true) continue;
      derived.push(one);
      whole = asFile(merge(whole, nested(one)));
    }
  }
  return { whole, derived };
}

/** With lists of the rollout whose items say everything. */
function finished(whole: Tree, preset: Preset): EffectiveModel {
  const model = asEffective(whole);
  const { steps, gates, guards } = model.rollout;
  const objective = { availability: model.slo.availability, quantile: model.slo.latency.quantile };
  const lists = {
    steps: completeSteps(steps, preset),
    gates: gates.map(completeGate),
    guards: guards.map((guard) => completeGuard(guard, objective)),
  };
  return asEffective(merge(model, { rollout: lists }));
}

/** Layers of checked data merge to this: that effective specs of any legal file are legal files is a property under test. */
function asFile(tree: Tree): ModelFile {
  if (!isFile(tree)) throw new Error('a model file that passed its schema is no map');
  return tree;
}

function asEffective(tree: Tree): EffectiveModel {
  if (!isEffective(tree)) throw new Error('a model file that passed its schema is no map');
  return tree;
}

const isFile = (tree: Tree): tree is ModelFile => isMap(tree);
const isEffective = (tree: Tree): tree is EffectiveModel => isMap(tree);
