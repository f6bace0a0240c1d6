import { canaryHasGuard } from '../../../policies/rules/models/canary-has-guard.ts';
import { aModel } from '../../../policies/rules/models/model.ts';
import { changed } from '../parts.ts';
import type { Variant } from '../pods/variants.ts';

const model = (path: string, to: unknown) => changed([{ props: aModel() }], { path, to })[0]?.props ?? {};
const ref = 'model-has-registry-ref';
const drift = 'model-has-drift-job';
const canary = 'canary-has-guard';
const DROPPED = { outputs: { score: { kind: 'probability', log: 'drop' } } };

const names: readonly Variant[] = [
  ...['TODO', 'unknown', 'nobody', 'Team'].map((owner) => ({
    name: `the owner ${owner}`,
    object: model('spec.owner', owner),
    breaks: ['model-has-owner'],
  })),
  { name: 'an owner that only begins so', object: model('spec.owner', 'team-fraud'), breaks: [] },
  { name: 'a version that everybody moves', object: model('spec.registry.version', 'Champion'), breaks: [ref] },
  { name: 'a version that is called after a day', object: model('spec.registry.version', '2026-11-20'), breaks: [] },
  { name: 'a version that only begins so', object: model('spec.registry.version', 'latest-7'), breaks: [] },
  { name: 'what retraining brings', object: model('spec.registry', { model: 'fraud', follow: 'candidate' }), breaks: [] },
  { name: 'a version of nothing', object: model('spec.registry', { version: '8' }), breaks: [ref] },
];

const judged: readonly Variant[] = [
  { name: 'no drift section', object: model('spec.drift', undefined), breaks: [drift] },
  { name: 'no cadence', object: model('spec.drift.cadence', undefined), breaks: [drift] },
  { name: 'a cadence of nothing', object: model('spec.drift.cadence', '0.0m'), breaks: [drift] },
  { name: 'a cadence of days', object: model('spec.drift.cadence', '1.5d'), breaks: [] },
  { name: 'a warning after the alarm', object: model('spec.drift.thresholds.warn', 0.5), breaks: [drift] },
  { name: 'no warning', object: model('spec.drift.thresholds.warn', undefined), breaks: [drift] },
  { name: 'whole numbers', object: model('spec.drift.thresholds', { warn: 1, critical: 1 }), breaks: [] },
  { name: 'a limit that nothing reaches', object: model('spec.drift.thresholds.critical', 1.01), breaks: [drift] },
  { name: 'nothing that is kept', object: aModel({ inputs: { amount: { kind: 'numeric', log: 'drop' } }, ...DROPPED }), breaks: [drift] },
  {
    name: 'a feature that is kept',
    object: aModel({ inputs: undefined, features: { service: 'card_v1', fields: { spend: { kind: 'numeric' } } }, ...DROPPED }),
    breaks: [],
  },
];

const guarded: readonly Variant[] = [
  { name: 'the judge alone', object: model('spec.rollout.guards', [{ name: 'drift', kind: 'verdict' }]), breaks: [canary] },
  { name: 'latency alone', object: model('spec.rollout.guards', [{ name: 'slow', kind: 'ratio', event: 'slow', share: 0.4 }]), breaks: [canary] },
  { name: 'a report', object: changed(canaryHasGuard.pass, { path: 'spec.rollout.guards.0.dryRun', to: true })[0]?.props ?? {}, breaks: [canary] },
  { name: 'no steps, and time to bake', object: model('spec.rollout.steps', []), breaks: [] },
  { name: 'steps, and no time to bake', object: model('spec.rollout.bake', undefined), breaks: [] },
  {
    name: 'an approval alone',
    object: model('spec.rollout', { ...aModel().spec.rollout, bake: undefined, steps: [{ approve: { by: 'owner' } }] }),
    breaks: [canary],
  },
];

/** Models that their definition takes. */
export const MODEL_VARIANTS: readonly Variant[] = [...names, ...judged, ...guarded];
