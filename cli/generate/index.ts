import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import settingsSchema from '../../stacks/settings/settings.v1alpha1.json' with { type: 'json' };
import featuresSchema from '../../tenants/schemas/features.v1alpha1.json' with { type: 'json' };
import modelSchema from '../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import tenantSchema from '../../tenants/schemas/tenant.v1alpha1.json' with { type: 'json' };
import { modelDefinition } from './crd/model.ts';
import { modelActionDefinition } from './crd/model-action.ts';
import { featuresFilePage } from './docs/features-file-page.ts';
import { modelFilePage } from './docs/model-file-page.ts';
import { tenantFilePage } from './docs/tenant-file-page.ts';
import { editorSettings } from './editor.ts';
import { formatted } from './format.ts';
import { typesModule } from './types.ts';

const TYPES = {
  'runtime/model/model-file.ts': { schema: 'tenants/schemas/model.v1alpha1.json', root: modelSchema, file: 'ModelFile', effective: 'EffectiveModel' },
  'runtime/model/tenant-file.ts': {
    schema: 'tenants/schemas/tenant.v1alpha1.json',
    root: tenantSchema,
    file: 'TenantFile',
    effective: 'EffectiveTenant',
  },
  'runtime/model/features-file.ts': {
    schema: 'tenants/schemas/features.v1alpha1.json',
    root: featuresSchema,
    file: 'FeaturesFile',
    effective: 'EffectiveFeatures',
  },
  'stacks/settings/settings-file.ts': {
    schema: 'stacks/settings/settings.v1alpha1.json',
    root: settingsSchema,
    file: 'SettingsFile',
    effective: 'Settings',
  },
} as const;

/**
 * Everything that is made from the schemas and the commands, as path and text, exactly as it shall lie there: `npm run generate` writes it, and a
 * test finds it stale. The command comes last and is imported then: it runs on the types, so they are there again even when it could not start.
 */
export async function* generatedFiles(): AsyncGenerator<readonly [path: string, text: string]> {
  for (const [path, of] of Object.entries(TYPES)) yield [path, formatted(path, typesModule(of))];
  yield ['charts/crds/weir.dev_models.yaml', modelDefinition()];
  yield ['charts/crds/weir.dev_modelactions.yaml', modelActionDefinition()];
  const settings = '.vscode/settings.json';
  yield [settings, formatted(settings, editorSettings())];
  yield ['docs/model-file.md', modelFilePage()];
  yield ['docs/tenant-file.md', tenantFilePage()];
  yield ['docs/features-file.md', featuresFilePage()];
  const { factsModule } = await import('./policies/facts.ts');
  yield ['policies/facts.ts', formatted('policies/facts.ts', factsModule())];
  const { settingsPage } = await import('./docs/settings-page.ts');
  yield ['docs/settings.md', settingsPage()];
  const { supportPage } = await import('./docs/support-page.ts');
  yield ['docs/support.md', supportPage()];
  const { componentPages } = await import('./docs/component-page.ts');
  for (const [topic, page] of componentPages()) yield [`docs/components/${topic}.md`, page];
  const { platformPage } = await import('./docs/platform-page.ts');
  yield ['docs/platform.md', await platformPage()];
  const { dashboardsPage } = await import('./docs/dashboards-page.ts');
  yield ['docs/dashboards.md', dashboardsPage()];
  const { metricsPage } = await import('./docs/metrics-page.ts');
  yield ['docs/metrics.md', metricsPage()];
  const { policiesPage } = await import('./docs/policies-page.ts');
  yield ['docs/policies.md', policiesPage()];
  const { cliPage } = await import('./docs/cli-page.ts');
  yield ['docs/cli.md', cliPage()];
}

if (import.meta.main) {
  for await (const [path, text] of generatedFiles()) {
    const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
