import modelSchema from '../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import { compileCheck, type SchemaCheck } from './read-schema.ts';
import type { JsonSchema } from './schema-types.ts';

/** The schema of a model file, `weir.dev/v1alpha1`. */
export const MODEL_SCHEMA: JsonSchema = modelSchema;

/** Compiling takes tens of milliseconds: once for many files. */
export function compileModelCheck(): SchemaCheck {
  return compileCheck(MODEL_SCHEMA);
}
