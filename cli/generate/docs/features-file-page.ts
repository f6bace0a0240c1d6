import featuresSchema from '../../../tenants/schemas/features.v1alpha1.json' with { type: 'json' };
import { exampleBlock } from './example.ts';
import { filePage } from './file-page.ts';

const intro = (): readonly string[] => [
  ...exampleBlock('customers/features.yaml'),
  'A model reads a service by `features: {service: customer_v2}`; its requests then carry the keys of the entities, and the values come from the store,',
  'inside the latency budget. Without the file a model gets its inputs with the request. Each example below is a whole file that validates.',
  '',
];

/** `docs/features-file.md`: every field of a features file. */
export function featuresFilePage(): string {
  return filePage({
    title: 'The features file',
    schema: 'features.v1alpha1.json',
    root: featuresSchema,
    intro: intro(),
    filledBy: () => '*derived*',
    examples: { entities: 'security/features.yaml', views: 'bank/features.yaml', services: 'wealth/features.yaml' },
  });
}
