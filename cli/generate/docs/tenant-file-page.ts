import tenantSchema from '../../../tenants/schemas/tenant.v1alpha1.json' with { type: 'json' };
import { exampleBlock } from './example.ts';
import { filePage } from './file-page.ts';

const intro = (): readonly string[] => [
  ...exampleBlock('lending/tenant.yaml'),
  'A name, who answers, how to reach them and who may do what: the rest has defaults. `weir init tenant` writes such a file, `weir validate` tells every',
  "mistake at once with its line. The platform team reviews this file; the [model files](model-file.md) beside it are the tenant's own. Each example below",
  'is a whole file that validates.',
  '',
];

const of = (tenant: string): string => `${tenant}/tenant.yaml`;

/** `docs/tenant-file.md`: every field of a tenant file. */
export function tenantFilePage(): string {
  return filePage({
    title: 'The tenant file',
    schema: 'tenant.v1alpha1.json',
    root: tenantSchema,
    intro: intro(),
    filledBy: () => '*derived*',
    examples: {
      contacts: of('support'),
      groups: of('security'),
      quota: of('lending'),
      budget: of('marketing'),
      alerts: of('payments'),
      retention: of('treasury'),
      trusted: of('onboarding'),
      shares: of('customers'),
      pools: of('branches'),
      defaults: of('cards'),
    },
  });
}
