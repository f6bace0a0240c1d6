import { pattern } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { aModel, belongsToModel, MODEL, OF_MODELS, WHAT_IT_BECOMES } from './model.ts';

/** Names that are another version tomorrow. */
const FLOATING = /^(latest|newest|current|stable|champion|challenger|candidate|production|prod|staging|main|master|dev)$/i;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export const modelHasRegistryRef: ResourceRule = {
  kind: 'resource',
  id: 'model-has-registry-ref',
  title: 'a model serves a version that the registry can show again',
  reason: 'What answered a customer in March must be known in June: a name that moves says nothing about it, and a rollback to it goes nowhere.',
  remedy: 'Write registry: {version: 8} in the model file, or {follow: candidate} for versions that retraining brings.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: [MODEL, 'apps/Deployment'],
  check: (object, _, { type }) => {
    if (keyOf(type) === MODEL) return [...chosen(object), ...pinned(object), ...named(object)];
    return belongsToModel(object) ? served(object) : [];
  },
  admission: {
    ...OF_MODELS,
    lets: WHAT_IT_BECOMES,
    variables: () => ({ version: "object.spec.registry.?version.orValue('')" }),
    validations: () => [
      {
        expression: `!variables.version.lowerAscii().matches(${pattern(FLOATING)})`,
        messageExpression:
          "variables.version + ' would be another version of ' + object.metadata.name + ' tomorrow. Name one that the registry printed, or follow: candidate'",
      },
      {
        expression: "object.spec.registry.?model.orValue('') != ''",
        messageExpression: "'nobody could say whose version ' + object.metadata.name + ' serves. Name the model of the registry in registry.model'",
      },
    ],
  },
  pass: [{ props: aModel({ registry: { model: 'fraud', version: '8' } }) }],
  fail: [{ props: aModel({ registry: { model: 'fraud', version: 'latest' } }) }],
};

function chosen(model: Reader): readonly Problem[] {
  return model.part(() => {
    const [version, follow] = [model.get('spec.registry.version'), model.get('spec.registry.follow')];
    if (version === undefined) return follow === 'candidate' ? [] : [model.problem('spec.registry', 'names no version of the registry')];
    if (follow !== undefined) return [model.problem('spec.registry', 'names a version and follows another')];
    const name = typeof version === 'string' || typeof version === 'number' ? String(version).trim() : '';
    const isOne = name !== '' && !FLOATING.test(name);
    return isOne ? [] : [model.problem('spec.registry.version', `serves ${JSON.stringify(version)}, which is no version`)];
  });
}

const named = (model: Reader): readonly Problem[] =>
  model.expect('spec.registry.model', (name) => typeof name === 'string' && name.trim() !== '', 'names no model of the registry');

const pinned = (model: Reader): readonly Problem[] =>
  model.expect(
    'spec.registry.digest',
    (digest) => digest === undefined || (typeof digest === 'string' && DIGEST.test(digest)),
    'is no sha256 of a manifest',
  );

/** The controller writes on each slot what it serves. */
function served(slot: Reader): readonly Problem[] {
  return slot.part(() => {
    const version = slot.text(['metadata', 'annotations', 'weir.dev/version']) ?? '';
    const digest = slot.text(['metadata', 'annotations', 'weir.dev/digest']) ?? '';
    return version !== '' && DIGEST.test(digest)
      ? []
      : [slot.problem('metadata.annotations', 'serves a model and does not say which version, by digest')];
  });
}
