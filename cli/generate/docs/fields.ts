import { childSchema, type JsonSchema } from '../../../runtime/model/schema-types.ts';

/** What is said of the default of a field that nothing fixed gives (`x-filled`), by its path. */
export type FilledBy = (path: string) => string;

/** The fields of an object as a table: what each is, what it is when nobody says it, what it means. `path` is the object's own place. */
export function fieldTable(root: JsonSchema, schema: JsonSchema, path: string, filledBy: FilledBy): readonly string[] {
  const rows = Object.keys(schema.properties ?? {}).map((key) => {
    const child = fieldSchema(root, schema, key);
    const needed = schema.required?.includes(key) === true ? '**required**' : defaultOf(child, filledBy(`${path}.${key}`));
    return `| \`${key}\` | ${whatItIs(child)} | ${needed} | ${sentence(child.description ?? '')} |`;
  });
  return ['| field | value | default | meaning |', '|---|---|---|---|', ...rows, ''];
}

/** A property, with the words of another file's schema when it is the same as there. */
export function fieldSchema(root: JsonSchema, schema: JsonSchema, key: string): JsonSchema {
  const child = childSchema(root, schema, key);
  return child.$ref === undefined
    ? child
    : {
        title: 'as in a model file',
        description: `As [\`${key}\`](model-file.md#all-fields) of the model file: a model that says nothing has this.`,
        ...child,
      };
}

/** A table's cell has one line and no bars; a rule without a full stop gets one. */
export function sentence(text: string): string {
  const line = text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`;
}

const LONGEST_EXAMPLE = 40; // characters: longer ones stand in the section's example

/** Words to choose from, or what it is, with its bounds and an example. */
function whatItIs(schema: JsonSchema): string {
  const words = (schema.enum ?? []).map((word) => `\`${String(word)}\``);
  const told = words.every((word) => schema.description?.includes(word) === true); // the meaning lists them, each with what it does
  if (words.length > 0 && !told) return words.join(', ');
  if (schema.type === 'boolean') return '`true` or `false`';
  const [example] = schema.examples ?? [];
  const shown = example !== undefined && String(example).length <= LONGEST_EXAMPLE;
  return [schema.title ?? '', boundsOf(schema), shown ? `such as \`${String(example)}\`` : ''].filter((part) => part !== '').join(', ');
}

function boundsOf({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return `${figure(minimum)} to ${figure(maximum)}`;
  return [bound('at least', minimum), bound('above', exclusiveMinimum), bound('at most', maximum), bound('below', exclusiveMaximum)]
    .join('')
    .slice(2);
}

const bound = (word: string, value: number | undefined): string => (value === undefined ? '' : `, ${word} ${figure(value)}`);

/** Thousands apart in large numbers only: 8080 is a port. */
const figure = (value: number): string => (value < 100_000 ? String(value) : value.toLocaleString('en-US'));

/** Empty for a field that is simply absent. A section or list that is empty by default has nothing to show. */
function defaultOf(schema: JsonSchema, filled: string): string {
  const { default: value } = schema;
  if (value === undefined) return schema['x-filled'] === true ? filled : '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '{}' || text === '[]' ? '' : `\`${text}\``;
}
