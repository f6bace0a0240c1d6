import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StructuralSchema } from '../../cli/generate/crd/structural.ts';
import { ROOT } from './sources.ts';

interface Crd {
  readonly spec: { readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: StructuralSchema } }[] };
}

/** Where the CRD of a plural (`models`) lies. */
export const crdFile = (plural: string): string => join(ROOT, `charts/crds/weir.dev_${plural}.yaml`);

/** The schema of its objects. */
export function crdSchema(plural: string): StructuralSchema {
  const crd: Crd = parse(readFileSync(crdFile(plural), 'utf8'));
  return crd.spec.versions[0]?.schema.openAPIV3Schema ?? {};
}

/** Every schema below one, with its place: `.spec.inputs.*.kind`. */
export function* schemasBelow(schema: StructuralSchema, at = ''): Generator<readonly [string, StructuralSchema]> {
  yield [at, schema];
  for (const [key, child] of Object.entries(schema.properties ?? {})) yield* schemasBelow(child, `${at}.${key}`);
  if (schema.items !== undefined) yield* schemasBelow(schema.items, `${at}[]`);
  if (schema.additionalProperties !== undefined) yield* schemasBelow(schema.additionalProperties, `${at}.*`);
}
