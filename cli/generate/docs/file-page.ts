import type { JsonSchema } from '../../../runtime/model/schema-types.ts';
import { exampleBlock } from './example.ts';
import { type FilledBy, fieldSchema, fieldTable, sentence } from './fields.ts';
import { formsOf, type Section, type Seen, sectionsOf } from './sections.ts';

export interface FilePage {
  readonly title: string;
  /** The schema's file below `tenants/schemas/`. */
  readonly schema: string;
  readonly root: JsonSchema;
  /** Between the title and the fields: lines of Markdown. */
  readonly intro: readonly string[];
  /** Example files by section: each section has one, and a place below it may have one more. */
  readonly examples: Readonly<Record<string, string>>;
  readonly filledBy: FilledBy;
  /** More about a section, after its own fields. */
  readonly more?: Readonly<Record<string, readonly string[]>>;
}

/** The page of a file that tenants write: an example first, every field in one table, then section after section with an example that validates. */
export function filePage(page: FilePage): string {
  const { title, schema, root, intro } = page;
  const seen: Seen = new Map([[root.properties, '']]);
  const used = new Set<string>();
  const names = Object.keys(root.properties ?? {}).filter(
    (key) => key in page.examples || formsOf(root, fieldSchema(root, root, key), key).length > 0,
  );
  const sections = names.flatMap((name) => sectionOf(page, name, seen, used));
  const unused = Object.keys(page.examples).filter((place) => !used.has(place));
  if (unused.length > 0) throw new Error(`no section for the examples of ${unused.join(', ')}`);
  const head = `<!-- made by \`npm run generate\`; edit tenants/schemas/${schema} or cli/generate/examples instead -->`;
  return [head, `# ${title}`, '', sentence(root.description ?? ''), '', ...intro, ...LEGEND, ...overview(page, names), ...sections].join('\n');
}

const LEGEND: readonly string[] = [
  '## All fields',
  '',
  'A default of *derived* follows from another field, as the meaning says. No default: there is nothing, or a section whose own fields have defaults.',
  '',
];

/** The outermost fields; those that are sections lead there. */
function overview({ root, filledBy }: FilePage, sections: readonly string[]): readonly string[] {
  return fieldTable(root, root, '', filledBy).map((line) =>
    line.replace(/^\| `(\w+)`/, (cell, key: string) => (sections.includes(key) ? `| [\`${key}\`](#${key.toLowerCase()})` : cell)),
  );
}

function sectionOf(page: FilePage, name: string, seen: Seen, used: Set<string>): readonly string[] {
  const { root, examples } = page;
  const schema = fieldSchema(root, root, name);
  const forms = formsOf(root, schema, name);
  const told = forms.flatMap((form) => seen.get(form.schema.properties) ?? []);
  const parts = sectionsOf(root, schema, name, seen);
  const [first] = parts;
  const own = first !== undefined && first.path === name;
  const example = examples[name];
  if (example === undefined) throw new Error(`section ${name} of ${page.title} has no example`);
  used.add(name);
  return [
    `## ${name}`,
    '',
    sentence(schema.description ?? ''),
    '',
    ...exampleBlock(example),
    ...told.flatMap((path) => [`The same fields as in \`${path}\` above.`, '']),
    ...(own ? fieldTable(root, first.schema, first.path, page.filledBy) : []),
    ...(page.more?.[name] ?? []),
    ...parts.slice(own ? 1 : 0).flatMap((part) => partOf(page, part, used)),
  ];
}

function partOf({ root, examples, filledBy }: FilePage, { path, schema, alternative }: Section, used: Set<string>): readonly string[] {
  const place = path.replaceAll(/\[\]|\.\*/g, '');
  const example = used.has(place) ? undefined : examples[place];
  used.add(place);
  const heading = alternative || /[\]*]$/.test(path) ? `### ${path}: ${schema.title ?? ''}` : `### ${path}`;
  return [
    heading,
    '',
    sentence(schema.description ?? ''),
    '',
    ...(example === undefined ? [] : exampleBlock(example)),
    ...fieldTable(root, schema, path, filledBy),
  ];
}
