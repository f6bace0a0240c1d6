import { pattern } from '../../admission/cel.ts';
import { keyOf } from '../../resource.ts';
import type { ResourceRule } from '../../rule.ts';
import { aModel, belongsToModel, MODEL, OF_MODELS, WHAT_IT_BECOMES } from './model.ts';

/** What people write where they know no name yet. */
const NOBODY = /^(todo|tbd|fixme|unknown|none|nobody|null|n[-/]?a|me|admin|root|example|change-?me|someone|team|owner)$/i;

export const modelHasOwner: ResourceRule = {
  kind: 'resource',
  id: 'model-has-owner',
  title: 'a model has a team that answers for it',
  reason:
    'Whoever is paged at night about a model without an owner can only switch it off: nobody can say whether its answers may be wrong for a day.',
  remedy: 'Write owner: in the model file, with the name of a team; of what the controller makes the annotation weir.dev/owner says it.',
  severity: 'medium',
  ids: [],
  scope: 'any',
  on: [MODEL, 'apps/Deployment'],
  check: (object, _, { type }) => {
    if (keyOf(type) === MODEL) return object.expect('spec.owner', isSomebody, 'has nobody who answers for it');
    if (!belongsToModel(object)) return [];
    const owner = object.text(['metadata', 'annotations', 'weir.dev/owner']);
    return isSomebody(owner) ? [] : [object.problem('metadata.annotations', 'serves a model and does not say whose')];
  },
  admission: {
    ...OF_MODELS,
    lets: WHAT_IT_BECOMES,
    validations: () => [
      {
        expression: `!object.spec.?owner.orValue('none').trim().lowerAscii().matches(${pattern(NOBODY)})`,
        messageExpression:
          "'nobody would answer for ' + object.metadata.name + ': ' + object.spec.?owner.orValue('none') + ' is no team. Write one into owner'",
      },
    ],
  },
  pass: [{ props: aModel({ owner: 'payments-ml' }) }],
  fail: [{ props: aModel({ owner: 'todo' }) }],
};

const isSomebody = (owner: unknown): boolean => typeof owner === 'string' && owner.trim() !== '' && !NOBODY.test(owner.trim());
