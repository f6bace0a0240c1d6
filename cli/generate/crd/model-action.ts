import type { JsonSchema } from '../../../runtime/model/schema-types.ts';
import actionSchema from '../../../tenants/schemas/model-action.v1alpha1.json' with { type: 'json' };
import { withAdditions } from './additions.ts';
import { definitionYaml } from './definition.ts';
import { structuralSchema } from './structural.ts';

const ACTION: JsonSchema = actionSchema;

const STATUS: JsonSchema = {
  description: 'The answer, written once by the controller.',
  type: 'object',
  required: ['result', 'message', 'at'],
  properties: {
    result: {
      description: 'What came of it; `Stale`: it was meant for an attempt that is over.',
      type: 'string',
      enum: ['Done', 'Refused', 'Stale'],
    },
    message: { description: 'A sentence for the person who asked.', type: 'string', maxLength: 4096 },
    at: { description: 'When, UTC, ISO 8601.', type: 'string', maxLength: 40 },
  },
};

/** `modelactions.weir.dev`: what a person asks of a rollout; asked once, answered once. */
export function modelActionDefinition(): string {
  const once = { rule: 'self == oldSelf', message: 'an action is asked once: create another ModelAction' };
  const named = {
    rule: "has(self.digest) == (self.action == 'Unlock')",
    message: 'digest names what Unlock unlocks: give it with Unlock, and with nothing else',
  };
  return definitionYaml({
    kind: 'ModelAction',
    plural: 'modelactions',
    singular: 'modelaction',
    shortName: 'wma',
    description:
      'What a person or the responder asks of a rollout: created once, answered once, never changed. To create one is an RBAC verb of its own.',
    spec: withAdditions(structuralSchema(ACTION, ACTION), { '': { 'x-kubernetes-validations': [once, named] } }),
    status: structuralSchema(STATUS, STATUS),
    rules: [
      {
        rule: '!has(oldSelf.status) || has(self.status) && self.status == oldSelf.status',
        message: 'an action is answered once: its status does not change any more',
      },
    ],
    columns: [
      { name: 'Model', type: 'string', jsonPath: '.spec.model', description: 'The model.' },
      { name: 'Action', type: 'string', jsonPath: '.spec.action', description: 'What is asked.' },
      { name: 'Result', type: 'string', jsonPath: '.status.result', description: 'What came of it.' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', description: 'Since when it was asked.' },
      { name: 'Reason', type: 'string', jsonPath: '.spec.reason', description: 'Why.', wide: true },
      { name: 'Message', type: 'string', jsonPath: '.status.message', description: 'The answer.', wide: true },
    ],
    selectable: ['.spec.model', '.spec.action'],
    sources: 'tenants/schemas/model-action.v1alpha1.json or cli/generate/crd/model-action.ts',
  });
}
