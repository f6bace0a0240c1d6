import { MODEL_SCHEMA } from '../../../runtime/model/read/schemas.ts';
import { childSchema, type JsonSchema, schemaAt } from '../../../runtime/model/schema-types.ts';

/** `docs/model-file.md`: every field of a model file, from its schema. */
export function modelFilePage(): string {
  const root = MODEL_SCHEMA;
  return [
    '<!-- made by `npm run generate`; edit tenants/schemas/model.v1alpha1.json instead -->',
    '# The model file',
    '',
    root.description ?? '',
    '',
    '```yaml',
    '# yaml-language-server: $schema=../../schemas/model.v1alpha1.json',
    ...EXAMPLE,
    '```',
    '',
    'With the first line an editor completes and checks while you type; `weir validate` tells every mistake at once, with its line. Durations are a number and',
    'a unit (`50ms`, `5s`, `24h`, `45d`). Anchors, aliases and tags are errors: a reviewer must see a value where it applies.',
    '',
    ...table(root, root, ''),
    ...sections(root),
  ].join('\n');
}

const EXAMPLE: readonly string[] = [
  'model: fraud',
  'owner: payments-ml',
  'registry: {version: 8}',
  'serving: {latency: 50ms}',
  'inputs: {amount: numeric, country: categorical}',
  'outputs: {score: probability}',
  'labels: {event: chargeback, delay: 45d}',
  'fallback: {score: 0.02}',
  'rollout: standard',
];

interface Section {
  readonly name: string;
  readonly schema: JsonSchema;
}

/** One per field that holds fields, in the order of the file; what is used in two places is described once. */
function sections(root: JsonSchema): readonly string[] {
  const seen = new Set([root.properties]);
  const queue = objectsOf(root, root, '');
  const lines: string[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name, schema } = next;
    if (seen.has(schema.properties)) continue;
    seen.add(schema.properties);
    const title = name.endsWith('[]') ? `: ${schema.title}` : '';
    lines.push(`## ${name}${title}`, '', cell(schema.description ?? ''), '', ...table(root, schema, name));
    queue.unshift(...objectsOf(root, schema, name));
  }
  return lines;
}

/** Fields, items and alternatives of a schema that have properties of their own. */
function objectsOf(root: JsonSchema, schema: JsonSchema, prefix: string): Section[] {
  return Object.keys(schema.properties ?? {}).flatMap((key) =>
    objectForms(root, childSchema(root, schema, key), prefix === '' ? key : `${prefix}.${key}`),
  );
}

function objectForms(root: JsonSchema, schema: JsonSchema, name: string): Section[] {
  const own = schema.properties === undefined ? [] : [{ name, schema }];
  const alternatives = (schema.anyOf ?? []).flatMap(({ $ref = '#' }) => objectForms(root, schemaAt(root, $ref), name));
  const below = [schema.items, schema.additionalProperties].flatMap((child) => {
    const target = typeof child === 'object' && child.$ref !== undefined ? schemaAt(root, child.$ref) : child;
    return typeof target === 'object' ? objectForms(root, target, schema.items === child ? `${name}[]` : `${name}.*`) : [];
  });
  return [...own, ...alternatives, ...below];
}

function table(root: JsonSchema, schema: JsonSchema, prefix: string): readonly string[] {
  const rows = Object.keys(schema.properties ?? {}).map((key) => {
    const child = childSchema(root, schema, key);
    const needed = schema.required?.includes(key) === true ? '**required**' : defaultOf(child);
    return `| \`${key}\` | ${needed} | ${example(child)} | ${meaning(child)} |`;
  });
  const title = prefix === '' ? 'field' : `field of \`${prefix}\``;
  return [`| ${title} | default | example | meaning |`, '|---|---|---|---|', ...rows, ''];
}

function defaultOf({ default: value }: JsonSchema): string {
  return value === undefined ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

const example = ({ examples }: JsonSchema): string => (examples?.[0] === undefined ? '' : `\`${examples[0]}\``);

/** The description; words to choose from are added unless it names them all. */
function meaning({ description = '', enum: values = [] }: JsonSchema): string {
  const words = values.map((value) => `\`${String(value)}\``);
  return words.every((word) => description.includes(word)) ? cell(description) : `${cell(description)} One of ${words.join(', ')}.`;
}

/** A table's cell has one line and no bars; a rule without a full stop gets one. */
function cell(text: string): string {
  const line = text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`;
}
