import type { EffectiveField } from '../model-file.ts';
import type { Finding, Path } from '../read/locate.ts';
import { nearest } from '../read/suggest.ts';
import type { Subject } from './subject.ts';

/** One column of a model: of its request, its features or its answer. */
export interface Column {
  readonly name: string;
  readonly field: EffectiveField;
  /** Where it is declared. */
  readonly path: Path;
}

/** What a request carries and the feature store adds: what drift watches. */
export function inputColumns({ model }: Pick<Subject, 'model'>): readonly Column[] {
  return [...columnsOf(['inputs'], model.inputs), ...columnsOf(['features', 'fields'], model.features?.fields)];
}

/** Whether all inputs are known: of a feature service that cannot be found nothing is, and its name alone is told. */
export function areInputsKnown({ model }: Pick<Subject, 'model'>): boolean {
  return model.features === undefined || Object.keys(model.features.fields).length > 0;
}

/** What the model answers. */
export function outputColumns({ model }: Pick<Subject, 'model'>): readonly Column[] {
  return columnsOf(['outputs'], model.outputs);
}

/** The fields of one section. */
export function columnsOf(section: Path, fields: Readonly<Record<string, EffectiveField>> = {}): readonly Column[] {
  return Object.entries(fields).map(([name, field]) => ({ name, field, path: [...section, name] }));
}

/** At most twenty names of a list: one of five hundred helps nobody. */
export function listed(names: readonly string[]): string {
  return names.length <= 20 ? names.join(', ') : `${names.slice(0, 20).join(', ')} and ${names.length - 20} more`;
}

/** A name that should be one of these: with the one that was probably meant. */
export function unknownName(path: Path, name: string, what: string, known: readonly string[], at: 'key' | 'value' = 'value'): Finding {
  const suggestion = nearest(name, known);
  const finding: Finding = {
    path,
    at,
    problem: `"${name}" is not ${what}`,
    remedy: known.length === 0 ? 'There is none.' : `Known are ${listed(known)}.`,
  };
  return suggestion === null ? finding : { ...finding, remedy: `(${listed(known)})`, suggestion };
}
