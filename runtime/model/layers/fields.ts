import type { FileDatatype, FileField, FileKind, ModelFile } from '../model-file.ts';
import type { EffectiveTenant } from '../tenant-file.ts';
import type { Derived } from './derive.ts';

/** What a tenant's data class and a catalogue say of the fields of one section. */
export interface Privacy {
  /** Hash what nobody says how to log, and why: `the data class of the tenant`. */
  readonly hashed: string | null;
  /** Fields that say something about a person: never in full. */
  readonly personal: ReadonlySet<string>;
}

export const OPEN: Privacy = { hashed: null, personal: new Set() };

/** Of a `restricted` tenant inputs are hashed unless their field says otherwise; what is hashed is not watched for drift, so no lesser class does. */
export function privacyOf(tenant: EffectiveTenant | null, personal: readonly string[] = []): Privacy {
  const delicate = tenant?.dataClass === 'restricted';
  return { hashed: delicate ? 'dataClass of the tenant' : null, personal: new Set(personal) };
}

/** What the kind of each field says, where the field does not: datatype, domain of a probability, shape, and how it is logged. */
export function completeFields(path: readonly string[], fields: Readonly<Record<string, FileField>>, privacy: Privacy): readonly Derived[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const kind = [...path, name, 'kind'].join('.');
    const [log, why] = logOf(name, field.kind, privacy, kind);
    const domain = field.kind === 'probability' ? [{ path: [...path, name, 'domain'], value: { min: 0, max: 1 }, from: kind }] : [];
    return [
      { path: [...path, name, 'datatype'], value: datatypeOf(field.kind), from: kind },
      ...domain,
      { path: [...path, name, 'log'], value: log, from: why },
      { path: [...path, name, 'shape'], value: 1, from: kind },
    ];
  });
}

function logOf(name: string, kind: FileKind, { hashed, personal }: Privacy, from: string): readonly ['full' | 'hash' | 'drop', string] {
  if (kind === 'binary') return ['drop', from];
  if (personal.has(name)) return ['hash', 'personal of its view'];
  if (kind === 'text') return ['hash', from];
  return hashed === null ? ['full', from] : ['hash', hashed];
}

/** KServe V2: numbers FP32, times INT64, everything else BYTES. */
export function datatypeOf(kind: FileKind): FileDatatype {
  if (kind === 'timestamp') return 'INT64';
  return kind === 'numeric' || kind === 'probability' || kind === 'embedding' ? 'FP32' : 'BYTES';
}

/** A section of fields in normal form: by name, none in shorthand. */
export function isNormal(fields: ModelFile['inputs']): fields is Readonly<Record<string, FileField>> {
  return typeof fields === 'object' && !Array.isArray(fields) && Object.values(fields).every((field) => typeof field === 'object');
}
