import type { ErrorObject } from 'ajv/dist/2020.js';
import { childSchema, type JsonSchema, schemaAt } from '../schema-types.ts';
import type { Finding, Path } from './locate.ts';
import { nearest } from './suggest.ts';

/** The problem of a key that is not there. */
export const MISSING = 'is missing';

/** The schema that an error is about: the validator gives back the objects it was given. */
export const schemaOf = (error: ErrorObject): JsonSchema => (isSchema(error.parentSchema) ? error.parentSchema : {});
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

/** What one error of the validator means to a person; nothing when another error says it better. */
export function findingsOf(root: JsonSchema, error: ErrorObject, path: Path): readonly Finding[] {
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
      const names = namesOf(root, schema);
      return [{ path: [...path, name], at: 'key', problem: `"${name}" is not ${names.title}`, remedy: rule(names) }];
    }
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return [{ path, at: 'value', problem: `${shown(error.data)} is out of range for ${what}`, remedy: rangeText(schema) }];
    case 'minItems':
    case 'minProperties':
      return [{ path, at: 'value', problem: `${what} is ${isEmpty(error.data) ? 'empty' : 'too short'}`, remedy: `Give at least ${limit}.` }];
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

/** What the schema says of keys, here or by reference. */
function namesOf(root: JsonSchema, { propertyNames = {} }: JsonSchema): JsonSchema {
  return propertyNames.$ref === undefined ? propertyNames : schemaAt(root, propertyNames.$ref);
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

const isEmpty = (data: unknown): boolean => typeof data !== 'object' || data === null || Object.keys(data).length === 0;

/** The value is not what the schema's title says. */
export function notA(error: ErrorObject, path: Path): Finding {
  const schema = schemaOf(error);
  if (error.data === null && path.length === 0) return { path, at: 'value', problem: 'the file is empty', remedy: rule(schema) };
  if (error.data === null) return { path, at: 'key', problem: 'has no value', remedy: rule(schema) };
  return { path, at: 'value', problem: `${shown(error.data)} is not ${schema.title}`, remedy: trap(schema, error.data) ?? rule(schema) };
}

const TRUE = /^(yes|y|on|true)$/i;
const FALSE = /^(no|n|off|false)$/i;

/** What YAML 1.2 makes of a value that other readers take for something else; null: the schema's own words say it better. */
function trap({ type, pattern = '' }: JsonSchema, value: unknown): string | null {
  const wanted = new Set(typeof type === 'string' ? [type] : type);
  if (typeof value === 'number' && !Number.isFinite(value)) return 'Write a finite number.';
  if (typeof value === 'string' && wanted.has('boolean') && (TRUE.test(value) || FALSE.test(value)))
    return `YAML reads ${value} as text: write ${TRUE.test(value)}.`;
  if (typeof value === 'string' && (wanted.has('number') || wanted.has('integer'))) {
    const plain = Number(value.replaceAll(/[_,'\s]/g, ''));
    return value.trim() === '' || Number.isNaN(plain) ? null : `YAML reads this as text: write ${plain}, without quotes or separators.`;
  }
  if (
    (typeof value === 'number' || typeof value === 'boolean') &&
    wanted.size === 1 &&
    wanted.has('string') &&
    new RegExp(pattern).test(String(value))
  )
    return `YAML reads this as a ${typeof value === 'number' ? 'number' : 'truth value'}: put it in quotes, "${value}".`;
  return null;
}

/** What the schema says about its form: of a pattern the rule in words, and examples of anything. */
function rule(schema: JsonSchema): string {
  const such = schema.examples === undefined ? '' : `such as ${schema.examples.join(', ')}`;
  const words = schema.pattern === undefined ? `Write ${schema.title}` : (schema.description ?? `Write ${schema.title}`);
  const said = words.replace(/[.]+$/, '');
  return such === '' ? `${said}.` : `${said}, ${such}`;
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
  if (typeof value !== 'string') return String(value);
  return value.length <= LONGEST_SHOWN ? `"${value}"` : `"${value.slice(0, LONGEST_SHOWN).toWellFormed()}…" (${value.length} characters)`;
}

/** A message fits a screen; every right value is shorter. */
const LONGEST_SHOWN = 120;
