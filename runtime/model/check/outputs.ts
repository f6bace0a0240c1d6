import type { ModelFile } from '../file.ts';
import { type ReadField, readFields } from '../read/fields.ts';
import { atKey, atValue, type Finding, type Path } from '../read/locate.ts';
import { nearest } from '../read/suggest.ts';

/** One field against itself: its datatype and domain. */
export function checkField({ kind, datatype, domain, path }: ReadField): readonly Finding[] {
  const findings: Finding[] = [];
  const numeric = kind !== 'categorical';
  if (numeric && (datatype === 'BYTES' || datatype === 'BOOL')) {
    findings.push(atValue([...path, 'datatype'], `${datatype} holds no numbers`, 'Choose FP32, FP64, INT32 or INT64, or kind categorical.'));
  }
  if (!numeric && (datatype === 'FP32' || datatype === 'FP64')) {
    findings.push(atValue([...path, 'datatype'], `${datatype} holds no categories`, 'Choose BYTES, BOOL, INT32 or INT64, or kind numeric.'));
  }
  if (domain !== undefined && !numeric) findings.push(atValue([...path, 'domain'], 'a category has no domain', 'Leave the domain out.'));
  if (domain !== undefined && domain.min >= domain.max) {
    findings.push(atValue([...path, 'domain'], `min ${domain.min} is not below max ${domain.max}`, 'Swap them, or leave the domain out.'));
  }
  return findings;
}

/** The output that is the score; null when the file names none. */
export function scoreOf(file: ModelFile): string | null {
  if (file.score !== undefined) return file.score;
  const probabilities = readFields('outputs', file.outputs).filter(({ kind }) => kind === 'probability');
  return probabilities.length === 1 ? (probabilities[0]?.name ?? null) : null;
}

/** The score is one numeric output. */
export function checkScore(file: ModelFile, outputs: readonly ReadField[]): readonly Finding[] {
  if (file.score === undefined) {
    if (scoreOf(file) !== null) return [];
    const many = outputs.filter(({ kind }) => kind === 'probability').map(({ name }) => name);
    const problem = many.length === 0 ? 'no output is a probability' : `${many.join(' and ')} are probabilities`;
    const remedy =
      many.length === 0 ? 'Give the score the kind probability: {score: probability}' : `Say which one is the score, such as score: ${many[0]}`;
    return [atKey(['outputs'], problem, remedy)];
  }
  const output = outputs.find(({ name }) => name === file.score);
  if (output === undefined) return [unknownName(['score'], file.score, 'an output', outputs)];
  return output.kind === 'categorical'
    ? [atValue(['score'], `"${file.score}" is not numeric`, 'A score is the probability of the positive class.')]
    : [];
}

/** A name that should be one of these. */
export function unknownName(path: Path, name: string, what: string, known: readonly ReadField[], place: 'key' | 'value' = 'value'): Finding {
  const names = known.map((field) => field.name);
  const suggestion = nearest(name, names);
  const finding: Finding = { path, at: place, problem: `"${name}" is not ${what} of this model`, remedy: `Known are ${names.join(', ')}.` };
  return suggestion === null ? finding : { ...finding, remedy: `(${names.join(', ')})`, suggestion };
}

/** A fallback gives each output a value that the output could have. */
export function checkFallback({ fallback }: ModelFile, outputs: readonly ReadField[]): readonly Finding[] {
  if (fallback === undefined) return [];
  const given = Object.entries(fallback).flatMap(([name, value]): readonly Finding[] => {
    const output = outputs.find((field) => field.name === name);
    if (output === undefined) return [unknownName(['fallback', name], name, 'an output', outputs, 'key')];
    return valueProblem(value, output).map(([problem, remedy]) => atValue(['fallback', name], problem, remedy));
  });
  const left = outputs.filter(({ name }) => !Object.hasOwn(fallback, name));
  const missing = left.map(({ name }) => atKey(['fallback'], `has no value for "${name}"`, 'An answer has every output.'));
  return [...given, ...missing];
}

function valueProblem(value: number | string | boolean, { kind, datatype, domain }: ReadField): readonly (readonly [string, string])[] {
  if (kind === 'categorical') {
    const wanted = datatype === 'BOOL' ? 'boolean' : datatype === undefined || datatype === 'BYTES' ? 'string' : 'number';
    return typeof value === wanted ? [] : [[`${JSON.stringify(value)} is not a ${wanted}`, `The output's datatype is ${datatype ?? 'BYTES'}.`]];
  }
  if (typeof value !== 'number') return [[`${JSON.stringify(value)} is not a number`, 'The output is numeric.']];
  const { min, max } = domain ?? (kind === 'probability' ? { min: 0, max: 1 } : { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY });
  return value >= min && value <= max ? [] : [[`${value} is out of the output's domain`, `It lies from ${min} to ${max}.`]];
}
