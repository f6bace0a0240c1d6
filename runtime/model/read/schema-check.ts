import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type JsonSchema, schemaAt } from '../schema-types.ts';
import { type Finding, type Path, pathText } from './locate.ts';
import { nearest } from './suggest.ts';
import { findingsOf, MISSING, notA, schemaOf } from './words.ts';

/** Says what in the data is not as the schema wants it, in the words of the schema: its titles, descriptions and examples. */
export type SchemaCheck = (data: unknown) => readonly Finding[];

/**
 * Compiles a schema whose alternatives (`anyOf`) are all references: the alternative that a person meant is found by type and
 * required keys, and only its problems are told.
 */
export function compileCheck(root: JsonSchema): SchemaCheck {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true });
  ajv.addVocabulary(['x-normal', 'x-shorthand', 'x-union', 'x-filled', 'x-secret']); // what the generators and the layers read
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
    const outermost = choices.filter(
      (choice, index) => !choices.some((other, after) => isBelow(choice, other) && (isDeeper(choice, other) || after > index)),
    );
    const own = errors.filter((error) => !outermost.some((choice) => error === choice || isBelow(error, choice)));
    return [
      ...own.flatMap((error) => findingsOf(root, error, [...path, ...pathOf(error)])),
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

const isBelow = (error: ErrorObject, choice: ErrorObject): boolean =>
  error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`);

/** Of two at one place the outer one is reported later. */
const isDeeper = (error: ErrorObject, other: ErrorObject): boolean => error.instancePath.length > other.instancePath.length;

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

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  return Array.isArray(data) ? 'array' : typeof data;
}
