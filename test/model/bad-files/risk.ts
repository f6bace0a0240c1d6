import { type BadFiles, tenant } from './case.ts';

/** What a risk class asks for. */
export const RISK: readonly BadFiles[] = [
  {
    name: 'a preset that is not enough for the risk',
    edit: ['risk: high'],
    says: ['payments/models/fraud.yaml:9:10  rollout  risk high asks for shadow-48h, not standard | Use rollout: shadow-48h, or another risk class.'],
  },
  {
    name: 'too little baking for the risk',
    edit: ['risk: high', 'rollout: {preset: shadow-48h, bake: {duration: 1h}}'],
    says: ['payments/models/fraud.yaml:9:48  rollout.bake.duration  risk high asks for 2d of baking, not 1h | Give at least 2d, or leave it out.'],
  },
  {
    name: 'too little shadow for the risk',
    edit: ['risk: high', 'rollout: {preset: shadow-48h, steps: [{shadow: {percent: 10, minDwell: 1h}}, {approve: {by: owner}}, {weight: 10}]}'],
    says: [
      'payments/models/fraud.yaml:9:38  rollout.steps  risk high asks for 2d in shadow, and the steps have 1h | Raise minDwell of the shadow steps, or leave steps out.',
    ],
  },
  {
    name: 'no approval for the risk',
    edit: ['risk: high', 'rollout: {preset: shadow-48h, steps: [{shadow: {percent: 10, minDwell: 48h}}, {weight: 10}]}'],
    says: [
      'payments/models/fraud.yaml:9:38  rollout.steps  risk high asks for an approval before the first weight | Add {approve: {by: owner}} before it, or leave steps out.',
    ],
  },
  {
    name: 'gates that the risk asks for',
    edit: ['risk: high', 'rollout: {preset: shadow-48h, gates: [{type: SchemaCompat}]}'],
    says: [
      "payments/models/fraud.yaml:9:31  rollout.gates  gates GoldenSet, Explanation, Approval are missing, and risk high asks for them | Add {type: GoldenSet}, {type: Explanation}, {type: Approval}: a list replaces the preset's.",
    ],
  },
  {
    name: 'a gate that the risk wants to reject',
    edit: [
      'risk: high',
      'rollout: {preset: shadow-48h, gates: [{type: SchemaCompat}, {type: GoldenSet, onFail: ShadowOnly}, {type: Explanation}, {type: Approval, by: owner}]}',
    ],
    says: ['payments/models/fraud.yaml:9:87  rollout.gates[1].onFail  risk high asks for GoldenSet to reject | Use Reject.'],
  },
  {
    name: 'a golden set left out',
    edit: ['rollout: {gates: [{type: SchemaCompat}]}'],
    says: [
      "payments/models/fraud.yaml:9:11  rollout.gates  gate GoldenSet is missing, and risk standard (platform default) asks for it | Add {type: GoldenSet}: a list replaces the preset's.",
    ],
  },
  {
    name: 'a log kept too short for the risk',
    edit: ['risk: regulated', 'rollout: shadow-48h'],
    says: [
      'payments/models/fraud.yaml:10:7  risk  regulated asks for predictions to be kept for 184d, and the tenant keeps them for 180d | raise retention.predictions in payments/tenant.yaml:6',
    ],
  },
  {
    name: 'the preset of one machine',
    edit: ['rollout: local'],
    says: ['payments/models/fraud.yaml:9:10  rollout  "local" is for one machine, not for profile prod | Use standard.'],
  },
  {
    name: 'a risk class of the tenant',
    edit: ['rollout: standard'],
    files: tenant('defaults: {risk: high}'),
    says: [
      'payments/models/fraud.yaml:9:10  rollout  risk high (payments/tenant.yaml:8) asks for shadow-48h, not standard | Use rollout: shadow-48h, or another risk class.',
    ],
  },
];
