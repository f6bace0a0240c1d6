import type { EffectiveField, EffectiveModel } from '../model-file.ts';
import { atKey, atValue, type Finding } from '../read/locate.ts';
import { outputColumns, unknownName } from './names.ts';
import { from, type Subject } from './subject.ts';

/** The score, the fallback and the recommended items: what is said about outputs elsewhere in the file. */
export function checkOutputs(subject: Subject): readonly Finding[] {
  return [...checkScore(subject), ...checkFallback(subject), ...checkFallbackUse(subject), ...checkRecommendations(subject)];
}

/** The score is one numeric output, and kept whole: it is what performance is computed from. */
function checkScore(subject: Subject): readonly Finding[] {
  const { score, labels } = subject.model;
  const outputs = outputColumns(subject);
  if (score === undefined) {
    const many = outputs.filter(({ field }) => field.kind === 'probability').map(({ name }) => name);
    if (labels.length === 0 || many.length < 2) return [];
    return [
      atKey(['outputs'], `${many.join(' and ')} are probabilities, and labels need one score`, `Say which one it is, such as score: ${many[0]}`),
    ];
  }
  const output = outputs.find(({ name }) => name === score);
  if (output === undefined) {
    return [
      unknownName(
        ['score'],
        score,
        'an output of this model',
        outputs.map(({ name }) => name),
      ),
    ];
  }
  const { kind, log } = output.field;
  if (kind !== 'probability' && kind !== 'numeric') {
    return [atValue(['score'], `"${score}" is ${kind}, not a number`, 'A score is the probability of the positive class.')];
  }
  if (log === 'full') return [];
  const place = [...output.path, 'log'];
  return [
    atValue(place, `the score would be logged as "${log}"${from(subject, place)}`, 'Use log: full: without it performance cannot be computed.'),
  ];
}

/** A fallback gives each output a value that the output could have. */
function checkFallback({ model }: Subject): readonly Finding[] {
  const { fallback } = model;
  if (fallback === undefined) return [];
  const outputs = outputColumns({ model });
  const names = outputs.map(({ name }) => name);
  const strangers = Object.keys(fallback)
    .filter((name) => !names.includes(name))
    .map((name) => unknownName(['fallback', name], name, 'an output of this model', names, 'key'));
  const meant = new Set(strangers.map(({ suggestion }) => suggestion));
  const own = outputs.flatMap(({ name, field }): readonly Finding[] => {
    const value = Object.hasOwn(fallback, name) ? fallback[name] : undefined;
    if (value === undefined) return meant.has(name) ? [] : [atKey(['fallback'], `has no value for "${name}"`, 'An answer has every output.')];
    return valuesOf(value, field).map(([problem, remedy]) => atValue(['fallback', name], problem, remedy));
  });
  return [...strangers, ...own];
}

type FallbackValue = NonNullable<EffectiveModel['fallback']>[string];

function valuesOf(value: FallbackValue, field: EffectiveField): readonly (readonly [string, string])[] {
  const values = isOne(value) ? [value] : value;
  if (isOne(value) || value.length === field.shape) return values.flatMap((one) => valueProblem(one, field)).slice(0, 1);
  return [[`${value.length} values for an output of ${field.shape}`, 'Give one value, or as many as the output has per row.']];
}

type Value = number | string | boolean;
const isOne = (value: FallbackValue): value is Value => typeof value !== 'object';

function valueProblem(value: Value, { kind, datatype, domain }: EffectiveField): readonly (readonly [string, string])[] {
  const wanted = datatype === 'BOOL' ? 'boolean' : datatype === 'BYTES' ? 'string' : 'number';
  const words = { boolean: 'true or false', string: 'a text', number: 'a number' }[wanted];
  if (typeof value !== wanted) return [[`${JSON.stringify(value)} is not ${words}`, `The output's datatype is ${datatype}.`]];
  if (typeof value !== 'number') return [];
  if (!Number.isInteger(value) && datatype.startsWith('INT')) return [[`${value} is not a whole number`, `The output's datatype is ${datatype}.`]];
  const { min, max } = domain ?? (kind === 'probability' ? { min: 0, max: 1 } : { min: -Infinity, max: Infinity });
  return value >= min && value <= max ? [] : [[`${value} is out of the output's domain`, `It lies from ${min} to ${max}.`]];
}

/** Other sections that lean on a fallback. */
function checkFallbackUse(subject: Subject): readonly Finding[] {
  const { model } = subject;
  if (model.fallback !== undefined) return [];
  const remedy = 'Declare a fallback: one value for every output.';
  const uses: readonly (readonly [boolean, readonly string[], string])[] = [
    [model.features?.missing === 'fallback', ['features', 'missing'], 'the fallback shall answer, and there is none'],
    [model.drift.responses.fairness === 'fallback', ['drift', 'responses', 'fairness'], 'the fallback shall answer, and there is none'],
    [
      model.serving.autoscaling.zero !== undefined,
      ['serving', 'autoscaling', 'zero'],
      'the first caller after a pause needs an answer, and there is no fallback',
    ],
  ];
  return uses.filter(([used]) => used).map(([, path, problem]) => atValue(path, `${problem}${from(subject, path)}`, remedy));
}

function checkRecommendations(subject: Subject): readonly Finding[] {
  const { recommendations } = subject.model;
  if (recommendations === undefined) return [];
  const outputs = outputColumns(subject);
  const output = outputs.find(({ name }) => name === recommendations.output);
  const place = ['recommendations', 'output'];
  const findings: Finding[] = [];
  if (output === undefined) {
    findings.push(
      unknownName(
        place,
        recommendations.output,
        'an output of this model',
        outputs.map(({ name }) => name),
      ),
    );
  } else if (output.field.kind !== 'items') {
    findings.push(atValue(place, `"${output.name}" is ${output.field.kind}, not items`, `Give the output the kind items: {${output.name}: items}`));
  } else if (output.field.shape > 1 && output.field.shape !== recommendations.size) {
    findings.push(
      atValue(
        ['recommendations', 'size'],
        `${recommendations.size} items, and output "${output.name}" has ${output.field.shape}`,
        'Make both alike.',
      ),
    );
  }
  if (recommendations.size > recommendations.catalogue) {
    findings.push(
      atValue(['recommendations', 'catalogue'], `${recommendations.catalogue} items are fewer than one answer holds`, 'Raise catalogue.'),
    );
  }
  return findings;
}
