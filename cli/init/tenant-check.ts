import { compileCheck, type SchemaCheck } from '../../runtime/model/read/schema-check.ts';
import tenantSchema from '../../tenants/schemas/tenant.v1alpha1.json' with { type: 'json' };

/** The schema of a tenant file without its `defaults`: a new file has none, and they lie in another schema. */
export function compileTenantCheck(): SchemaCheck {
  const { defaults: _defaults, ...properties } = tenantSchema.properties;
  return compileCheck({ ...tenantSchema, properties });
}
