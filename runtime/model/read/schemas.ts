import modelSchema from '../../../tenants/schemas/model.v1alpha1.json' with { type: 'json' };
import type { JsonSchema } from '../schema-types.ts';
import { compileCheck, type SchemaCheck } from './schema-check.ts';

/** The schema of a model file, `weir.dev/v1alpha1`. */
export const MODEL_SCHEMA: JsonSchema = modelSchema;

/** Compiling takes tens of milliseconds: once for many files. */
export function compileModelCheck(): SchemaCheck {
  return compileCheck(MODEL_SCHEMA);
}
