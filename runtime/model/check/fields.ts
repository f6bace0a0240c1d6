import type { EffectiveDatatype, EffectiveField, EffectiveKind } from '../model-file.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { type Column, columnsOf, outputColumns } from './names.ts';
import { from, isOwn, type Subject } from './subject.ts';

/** Inputs, features and outputs: their names together, and each against itself. */
export function checkFields(subject: Subject): readonly Finding[] {
  const { model } = subject;
  const own = [...columnsOf(['inputs'], model.inputs), ...outputColumns(subject)];
  const features = columnsOf(['features', 'fields'], model.features?.fields);
  const keys = Object.keys(model.features?.keys ?? {}).map((name): NamedPlace => ({ name, path: ['features', 'keys', name] }));
  const findings = [
    ...checkNames([...keys, ...features, ...own]), // the catalogue's first: of two of one name the model's own is easier changed
    ...own.flatMap((column) => checkColumn(subject, column)),
    ...features.flatMap((column) => checkColumn(subject, column).filter(() => isOwn(subject, column.path))), // else the catalogue is told
  ];
  if (model.inputs !== undefined || model.features !== undefined) return findings;
  return [atKey(['inputs'], 'is missing', 'Add inputs: {amount: numeric}, or features: {service: fraud_v3}'), ...findings];
}

interface NamedPlace {
  readonly name: string;
  readonly path: Path;
}

function checkNames(places: readonly NamedPlace[]): readonly Finding[] {
  const seen = new Map<string, string>();
  return places.flatMap(({ name, path }): readonly Finding[] => {
    const folded = name.toLowerCase(); // columns of the lake know no capitals
    const before = seen.get(folded);
    seen.set(folded, name);
    if (name in {}) return [atKey(path, `"${name}" is a reserved name`, 'Choose another name.')];
    if (before === undefined) return [];
    const problem = before === name ? `"${name}" is used twice` : `"${name}" and "${before}" differ in capitals alone`;
    return [atKey(path, problem, 'Keys, inputs, features and outputs share one set of names: they are columns of one log.')];
  });
}

/** What each kind can be held in. */
const DATATYPES: Readonly<Record<EffectiveKind, readonly EffectiveDatatype[]>> = {
  numeric: ['FP32', 'FP64', 'INT32', 'INT64'],
  probability: ['FP32', 'FP64'],
  categorical: ['BYTES', 'BOOL', 'INT32', 'INT64'],
  timestamp: ['INT64', 'FP64'],
  text: ['BYTES'],
  embedding: ['FP32', 'FP64'],
  items: ['BYTES', 'INT64', 'INT32'],
  binary: ['BYTES'],
};

/** Whether a kind can be held in a datatype, and whether a vector is one. */
export function checkDatatype({ kind, datatype, shape }: Pick<EffectiveField, 'kind' | 'datatype' | 'shape'>, path: Path): readonly Finding[] {
  const allowed = DATATYPES[kind];
  const findings: Finding[] = [];
  if (!allowed.includes(datatype)) {
    findings.push(atValue([...path, 'datatype'], `${datatype} does not hold ${WORDS[kind]}`, `Choose ${allowed.join(', ')}, or another kind.`));
  }
  if (kind === 'embedding' && shape < 2) {
    findings.push(atValue([...path, 'shape'], 'an embedding of one number', 'Say how long the vector is, such as shape: 384'));
  }
  return findings;
}

function checkColumn(subject: Subject, { field, path }: Column): readonly Finding[] {
  const { kind, log } = field;
  const findings: Finding[] = [...checkDatatype(field, path)];
  if (kind === 'binary' && log === 'full') {
    findings.push(atValue([...path, 'log'], `bytes are not logged in full${from(subject, [...path, 'log'])}`, 'Use hash or drop.'));
  }
  return [...findings, ...checkDomain({ field, path })];
}

const WORDS: Readonly<Record<EffectiveKind, string>> = {
  numeric: 'numbers',
  probability: 'probabilities',
  categorical: 'categories',
  timestamp: 'seconds since 1970',
  text: 'text',
  embedding: 'vectors',
  items: 'items',
  binary: 'bytes',
};

function checkDomain({ field, path }: Pick<Column, 'field' | 'path'>): readonly Finding[] {
  const { domain, kind } = field;
  const place: Path = [...path, 'domain'];
  if (domain === undefined) return [];
  if (kind !== 'numeric' && kind !== 'probability') return [atValue(place, `a domain says nothing about ${WORDS[kind]}`, 'Leave the domain out.')];
  if (domain.min >= domain.max) return [atValue(place, `min ${domain.min} is not below max ${domain.max}`, 'Swap them, or leave the domain out.')];
  if (kind === 'probability' && (domain.min < 0 || domain.max > 1))
    return [atValue(place, `a probability lies from 0 to 1, not from ${domain.min} to ${domain.max}`, 'Narrow the domain, or choose kind numeric.')];
  return [];
}
