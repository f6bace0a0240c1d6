import featuresSchema from '../../../tenants/schemas/features.v1alpha1.json' with { type: 'json' };
import modelSchema from '../../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import tenantSchema from '../../../tenants/schemas/tenant.v1alpha1.json' with { type: 'json' };
import type { JsonSchema } from '../schema-types.ts';
import { compileCheck, type SchemaCheck } from './schema-check.ts';

/** The schemas of the three kinds of file, `weir.dev/v1alpha1`. A tenant's defaults are references into the model's schema. */
export const MODEL_SCHEMA: JsonSchema = modelSchema;
export const TENANT_SCHEMA: JsonSchema = tenantSchema;
export const FEATURES_SCHEMA: JsonSchema = featuresSchema;

/** Compiling takes tens of milliseconds: once for many files. */
export function compileModelCheck(): SchemaCheck {
  return compileCheck(MODEL_SCHEMA);
}

export function compileTenantCheck(): SchemaCheck {
  return compileCheck(closedTenantSchema());
}

export function compileFeaturesCheck(): SchemaCheck {
  return compileCheck(FEATURES_SCHEMA);
}

const INTO_MODEL = 'model.v1alpha1.json#/properties/';

/** The tenant's schema with the parts of the model's schema that it refers to, and their definitions, in itself: one set of words for both. */
export function closedTenantSchema(): JsonSchema {
  const [tenant, model] = [TENANT_SCHEMA, MODEL_SCHEMA];
  const { modelDefaults } = tenant.$defs ?? {};
  const parts = Object.entries(modelDefaults?.properties ?? {}).map(([key, { $ref = '' }]): [string, JsonSchema] => {
    const part = $ref.startsWith(INTO_MODEL) ? model.properties?.[$ref.slice(INTO_MODEL.length)] : undefined;
    if (part === undefined) throw new Error(`a tenant's defaults refer to ${$ref}, which the model's schema does not have`);
    return [key, part];
  });
  return { ...tenant, $defs: { ...model.$defs, ...tenant.$defs, modelDefaults: { ...modelDefaults, properties: Object.fromEntries(parts) } } };
}
