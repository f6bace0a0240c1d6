import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Finding, type Path, pathText } from './read-locate.ts';
import { childSchema, type JsonSchema, schemaAt } from './schema-types.ts';
import { nearest } from './suggest.ts';

/** Says what in the data is not as the schema wants it, in the words of the schema: its titles, descriptions and examples. */
export type SchemaCheck = (data: unknown) => readonly Finding[];

/**
 * Compiles a schema whose alternatives (`anyOf`) are all references: the alternative that a person meant is found by type and
 * required keys, and only its problems are told.
 */
export function compileCheck(root: JsonSchema): SchemaCheck {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
  ajv.addSchema(root, 'root');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `root${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  const explain = (pointer: string, data: unknown, path: Path): readonly Finding[] => {
    const validate = validator(pointer);
    if (validate(data)) return [];
    const errors = validate.errors ?? [];
    const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
    const outermost = choices.filter((choice) => !choices.some((other) => other !== choice && isBelow(choice, other)));
    const own = errors.filter((error) => !outermost.some((choice) => error === choice || isBelow(error, choice)));
    return [
      ...own.flatMap((error) => findingOf(root, error, [...path, ...pathOf(error)])),
      ...outermost.flatMap((choice) => {
        const branch = branchOf(root, choice);
        const at = [...path, ...pathOf(choice)];
        return branch === null ? [notA(choice, at)] : explain(branch, choice.data, at);
      }),
    ];
  };
  return (data) => withoutEchoes(explain('#', data, []));
}

/** A misspelt key is missing under its right name too: one mistake, told once. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const meant = new Set(findings.flatMap(({ path, suggestion }) => (suggestion === undefined ? [] : [pathText([...path.slice(0, -1), suggestion])])));
  return findings.filter(({ path, problem }) => problem !== MISSING || !meant.has(pathText(path)));
}

const MISSING = 'is missing';

const isBelow = (error: ErrorObject, choice: ErrorObject): boolean =>
  error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`);

/** Array indices become numbers, as in the data. */
function pathOf(error: ErrorObject): Path {
  const parts = error.instancePath.split('/').slice(1);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** The reference of the alternative that was meant: the only one of the data's type, else the one whose required keys are there, or nearly. */
function branchOf(root: JsonSchema, choice: ErrorObject): string | null {
  const references = (schemaOf(choice).anyOf ?? []).flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]));
  const alike = references.filter((reference) => schemaAt(root, reference).type === typeOf(choice.data));
  if (alike.length === 1) return alike[0] ?? null;
  const keys = Object.keys(choice.data ?? {});
  const having = (has: (key: string) => boolean): string | undefined => alike.find((reference) => schemaAt(root, reference).required?.every(has));
  return having((key) => keys.includes(key)) ?? having((key) => keys.some((written) => nearest(written, [key]) !== null)) ?? null;
}

/** The schema that an error is about: the validator gives back the objects it was given. */
const schemaOf = (error: ErrorObject): JsonSchema => (isSchema(error.parentSchema) ? error.parentSchema : {});
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  return Array.isArray(data) ? 'array' : typeof data;
}

function findingOf(root: JsonSchema, error: ErrorObject, path: Path): readonly Finding[] {
  const schema = schemaOf(error);
  const what = schema.title ?? 'right here';
  const limit = Number(error.params.limit);
  switch (error.keyword) {
    case 'additionalProperties':
      return [unknownKey(schema, String(error.params.additionalProperty), path)];
    case 'required':
      return [missingKey(root, schema, String(error.params.missingProperty), path)];
    case 'enum':
      return [notOneOf(schema, error.data, path)];
    case 'propertyNames': {
      const name = String(error.params.propertyName);
      const names = schemaAt(root, schema.propertyNames?.$ref ?? '#');
      return [{ path: [...path, name], at: 'key', problem: `"${name}" is not ${names.title}`, remedy: rule(names) }];
    }
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return [{ path, at: 'value', problem: `${shown(error.data)} is out of range for ${what}`, remedy: rangeText(schema) }];
    case 'minItems':
    case 'minProperties':
      return [{ path, at: 'value', problem: `${what} is empty`, remedy: `Give at least ${limit}.` }];
    case 'uniqueItems':
      return [{ path, at: 'value', problem: 'names one twice', remedy: 'Keep one of the two.' }];
    case 'maxItems':
    case 'maxProperties':
      return [{ path, at: 'value', problem: `${what} is too long`, remedy: `Give at most ${limit}.` }];
    default:
      // `pattern` and `type`; errors inside propertyNames come a second time under that keyword
      return error.propertyName === undefined ? [notA(error, path)] : [];
  }
}

function unknownKey(schema: JsonSchema, key: string, path: Path): Finding {
  const known = Object.keys(schema.properties ?? {});
  const suggestion = nearest(key, known);
  const finding: Finding = {
    path: [...path, key],
    at: 'key',
    problem: `"${key}" is not a field of ${schema.title}`,
    remedy: `(${known.join(', ')})`,
  };
  return suggestion === null ? { ...finding, remedy: `Known are ${known.join(', ')}.` } : { ...finding, suggestion };
}

function missingKey(root: JsonSchema, schema: JsonSchema, key: string, path: Path): Finding {
  const child = childSchema(root, schema, key);
  return { path: [...path, key], at: 'key', problem: MISSING, remedy: `Add ${key}: ${child.examples?.[0] ?? '…'}` };
}

function notOneOf(schema: JsonSchema, value: unknown, path: Path): Finding {
  const known = (schema.enum ?? []).map(String);
  const suggestion = typeof value === 'string' ? nearest(value, known) : null;
  const finding: Finding = { path, at: 'value', problem: `${shown(value)} is not ${schema.title}`, remedy: `(${known.join(', ')})` };
  return suggestion === null ? { ...finding, remedy: `Choose one of ${known.join(', ')}.` } : { ...finding, suggestion };
}

function notA(error: ErrorObject, path: Path): Finding {
  const schema = schemaOf(error);
  if (error.data === null && path.length === 0) return { path, at: 'value', problem: 'the file is empty', remedy: rule(schema) };
  if (error.data === null) return { path, at: 'key', problem: 'has no value', remedy: rule(schema) };
  return { path, at: 'value', problem: `${shown(error.data)} is not ${schema.title}`, remedy: rule(schema) };
}

/** What the schema says about its form: of a pattern the rule in words, and examples of anything. */
function rule(schema: JsonSchema): string {
  const such = schema.examples === undefined ? '' : `such as ${schema.examples.join(', ')}`;
  const words = schema.pattern === undefined ? `Write ${schema.title}` : (schema.description ?? `Write ${schema.title}`);
  return such === '' ? `${words}.` : `${words}, ${such}`;
}

function rangeText(schema: JsonSchema): string {
  const bounds = [
    schema.minimum === undefined ? [] : [`at least ${schema.minimum}`],
    schema.exclusiveMinimum === undefined ? [] : [`above ${schema.exclusiveMinimum}`],
    schema.maximum === undefined ? [] : [`at most ${schema.maximum}`],
    schema.exclusiveMaximum === undefined ? [] : [`below ${schema.exclusiveMaximum}`],
  ].flat();
  return `It is ${bounds.join(' and ')}.`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return typeof value === 'string' ? `"${value}"` : String(value);
}
