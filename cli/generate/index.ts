import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import featuresSchema from '../../tenants/schemas/features.v1alpha1.json' with { type: 'json' };
import modelSchema from '../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import tenantSchema from '../../tenants/schemas/tenant.v1alpha1.json' with { type: 'json' };
import { typesModule } from './types.ts';

/** Everything that is made from the schemas, by path: `npm run generate` writes it, and a test finds it stale. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    'runtime/model/model-file.ts': typesModule({ schema: 'model.v1alpha1.json', root: modelSchema, file: 'ModelFile', effective: 'EffectiveModel' }),
    'runtime/model/tenant-file.ts': typesModule({
      schema: 'tenant.v1alpha1.json',
      root: tenantSchema,
      file: 'TenantFile',
      effective: 'EffectiveTenant',
    }),
    'runtime/model/features-file.ts': typesModule({
      schema: 'features.v1alpha1.json',
      root: featuresSchema,
      file: 'FeaturesFile',
      effective: 'EffectiveFeatures',
    }),
  };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(generatedFiles())) writeFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), text);
}
