import type { JsonSchema } from '../../../runtime/model/schema-types.ts';
import statusSchema from '../../../runtime/rollout/schema/model-status.v1alpha1.json' with { type: 'json' };
import modelSchema from '../../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import { withAdditions } from './additions.ts';
import { definitionYaml } from './definition.ts';
import { OBJECT_RULES, SPEC_RULES } from './model-rules.ts';
import { structuralSchema } from './structural.ts';

const MODEL: JsonSchema = modelSchema;
const STATUS: JsonSchema = statusSchema;

/**
 * `models.weir.dev`: the effective spec of a model file and its tenant. No scale subresource: a model's replicas belong to the autoscalers of its
 * two slots, and a second writer of the spec would fight with the tenant's file (docs/adr/0004).
 */
export function modelDefinition(): string {
  const tenant = { ...MODEL.$defs?.dnsName, description: 'The tenant: the object lies in the namespace `tenant-<tenant>`.' };
  const spec = structuralSchema(MODEL, {
    ...MODEL,
    description: "What the tenant's file says, every layer merged: `weir explain` prints it. Its only writer is what reads the file.",
    properties: { tenant, ...MODEL.properties },
  });
  return definitionYaml({
    kind: 'Model',
    plural: 'models',
    singular: 'model',
    shortName: 'wm',
    description: 'One served model of one tenant: what its file says, and how its rollout goes.',
    spec: withAdditions(spec, SPEC_RULES),
    status: structuralSchema(STATUS, STATUS),
    rules: OBJECT_RULES,
    columns: [
      { name: 'Version', type: 'string', jsonPath: '.status.stable.version', description: 'The version that callers are promised.' },
      { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'Where the rollout is.' },
      { name: 'Candidate', type: 'string', jsonPath: '.status.attempt.candidate.version', description: 'The version that is tried.' },
      { name: 'Weight', type: 'number', jsonPath: '.status.traffic.candidate', description: 'Percent of the requests that the candidate answers.' },
      {
        name: 'Ready',
        type: 'string',
        jsonPath: '.status.conditions[?(@.type=="Ready")].status',
        description: 'Whether the stable version answers.',
      },
      { name: 'Held', type: 'string', jsonPath: '.status.held', description: 'Why forward moves stop.' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', description: 'Since when there is the object.' },
      { name: 'Owner', type: 'string', jsonPath: '.spec.owner', description: 'The team that is told.', wide: true },
      { name: 'Risk', type: 'string', jsonPath: '.spec.risk', description: 'The risk class.', wide: true },
      { name: 'Step', type: 'integer', jsonPath: '.status.attempt.step.index', description: 'The step of the rollout, from 0.', wide: true },
    ],
    selectable: ['.spec.owner', '.spec.risk'],
    sources: 'tenants/schemas/model.v1alpha1.json, runtime/rollout/schema/model-status.v1alpha1.json or cli/generate/crd/model-rules.ts',
  });
}
