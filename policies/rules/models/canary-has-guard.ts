import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { secondsOf } from '../seconds.ts';
import { aModel, MODEL, OF_MODELS } from './model.ts';

const STEPS = [
  { weight: 5, minDwell: '10m' },
  { weight: 50, minDwell: '15m' },
];
const fixture = (dryRun: boolean) => [
  {
    props: aModel({
      rollout: {
        preset: 'standard',
        steps: STEPS,
        bake: { duration: '24h' },
        guards: [
          { name: 'errors', kind: 'ratio', event: 'error', share: 0.4, dryRun },
          { name: 'drift', kind: 'verdict', dryRun: false },
        ],
      },
    }),
  },
];

export const canaryHasGuard: ResourceRule = {
  kind: 'resource',
  id: 'canary-has-guard',
  title: 'a version that gets traffic is watched by something that can stop it',
  reason:
    'Steps alone only make a bad version arrive slowly: without a guard on errors the last step gives it everybody, however many answers fail on the way.',
  remedy: 'Leave rollout.guards of the model file to its preset, or keep one with event: error and without dryRun.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: [MODEL],
  check: (model) => [...model.part(() => guarded(model)), ...model.part(() => watchedAtAll(model))],
  admission: {
    ...OF_MODELS,
    variables: () => ({
      deciding: "object.spec.rollout.?guards.orValue([]).filter(g, g.kind != 'verdict' && !g.?dryRun.orValue(false))",
      steps: 'object.spec.rollout.?steps.orValue([]).filter(s, has(s.weight) || has(s.shadow))',
      bakes: "object.spec.rollout.?bake.duration.orValue('0s').matches('[1-9]')",
    }),
    validations: () => [
      {
        expression: "variables.deciding.exists(g, g.?event.orValue('') == 'error')",
        messageExpression:
          "'nothing would stop a version of ' + object.metadata.name + ' that fails. Give rollout.guards one with event: error and without dryRun'",
      },
      {
        expression: 'variables.steps.size() > 0 || variables.bakes',
        messageExpression:
          "'a new version of ' + object.metadata.name + ' would have everything at once, and the old one would be gone. Give rollout.steps a weight, or rollout.bake a duration'",
      },
    ],
  },
  pass: fixture(false),
  fail: fixture(true),
};

/** A verdict holds a rollout up and never takes traffic back within the minute; a dry run only reports. */
function guarded(model: Reader): readonly Problem[] {
  const deciding = model.list('spec.rollout.guards').filter((guard) => guard.get('dryRun') !== true && guard.text('kind') !== 'verdict');
  if (deciding.length === 0) return [model.problem('spec.rollout.guards', 'is rolled out with nothing that would stop a bad version')];
  const errors = deciding.some((guard) => guard.text('event') === 'error');
  return errors ? [] : [model.problem('spec.rollout.guards', 'is rolled out with no guard against errors')];
}

/** Guards count while there are two versions: in steps, and while the new one bakes beside the old. */
function watchedAtAll(model: Reader): readonly Problem[] {
  const steps = model.list('spec.rollout.steps').some((step) => step.has('weight') || step.has('shadow'));
  const bakes = (secondsOf(model.get('spec.rollout.bake.duration')) ?? 0) > 0;
  return steps || bakes ? [] : [model.problem('spec.rollout', 'gives a new version everything at once, and keeps the old one no longer')];
}
