import type { FileField, FileFields, FileKind } from '../file.ts';
import type { FieldSpec } from '../types.ts';
import type { Path } from './locate.ts';

/** A field of a model file with its shorthand resolved, and where it is written. */
export interface ReadField extends FileField {
  readonly name: string;
  readonly path: Path;
}

/** Inputs or outputs in the order of the file, whichever of the two forms it uses. */
export function readFields(section: 'inputs' | 'outputs', fields: FileFields): readonly ReadField[] {
  if (isList(fields)) return fields.map((field, index) => ({ ...field, path: [section, index] }));
  return Object.entries(fields).map(([name, field]) => ({ ...(typeof field === 'string' ? { kind: field } : field), name, path: [section, name] }));
}

const isList = (fields: FileFields): fields is Extract<FileFields, readonly unknown[]> => Array.isArray(fields);

/** The field as the platform knows it: numbers are FP32 and categories BYTES unless the file says otherwise. */
export function fieldSpec({ name, kind, datatype, domain, log }: ReadField): FieldSpec {
  const range = domain ?? (kind === 'probability' ? { min: 0, max: 1 } : undefined);
  return {
    name,
    kind: kind === 'categorical' ? 'categorical' : 'numeric',
    datatype: datatype ?? defaultDatatype(kind),
    ...(range === undefined ? {} : { domain: range }),
    log: log ?? 'full',
  };
}

const defaultDatatype = (kind: FileKind): 'FP32' | 'BYTES' => (kind === 'categorical' ? 'BYTES' : 'FP32');
