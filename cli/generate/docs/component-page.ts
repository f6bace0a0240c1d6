import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Declared, declarationsOf } from './declarations.ts';
import { sentence } from './fields.ts';

const COMPONENTS = fileURLToPath(new URL('../../../components/', import.meta.url));

/** What a folder of components holds. */
interface Topic {
  readonly topic: string;
  readonly classes: readonly Declared[];
  readonly interfaces: readonly Declared[];
}

/** A page for each folder of components, by its name: what it builds, its arguments, what it gives to others. */
export function componentPages(): ReadonlyMap<string, string> {
  const topics = readdirSync(COMPONENTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => topicOf(name))
    .filter(({ classes }) => classes.length > 0);
  return new Map(topics.map((topic) => [topic.topic, pageOf(topic)]));
}

function topicOf(topic: string): Topic {
  const files = readdirSync(`${COMPONENTS}${topic}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const declared = files.flatMap((file) => declarationsOf(`${COMPONENTS}${topic}/${file}`));
  return {
    topic,
    classes: declared.filter(({ kind, base }) => kind === 'class' && base === 'Component'),
    interfaces: declared.filter(({ kind }) => kind === 'interface'),
  };
}

function pageOf({ topic, classes, interfaces }: Topic): string {
  const head = [`<!-- made by \`npm run generate\`; edit the comments in components/${topic}/ instead -->`, `# components/${topic}`, ''];
  return [...head, ...classes.flatMap((declared) => classSection(declared, interfaces))].join('\n');
}

function classSection({ name, doc, examples, fields }: Declared, interfaces: readonly Declared[]): readonly string[] {
  const args = interfaces.find((one) => one.name === `${name}Args`);
  const used = args === undefined ? [] : parts(args, interfaces);
  return [
    `## ${name}`,
    '',
    sentence(doc),
    '',
    ...(args === undefined || args.doc === '' ? [] : [sentence(args.doc), '']),
    ...examples.flatMap((example) => ['```ts', example, '```', '']),
    ...(args === undefined ? [] : table('argument', args)),
    ...used.flatMap((part) => [`### ${part.name}`, '', sentence(part.doc), '', ...table('field', part)]),
    '### Outputs',
    '',
    '| output | type | meaning |',
    '|---|---|---|',
    ...fields.map((field) => `| \`${field.name}\` | ${code(field.type)} | ${sentence(field.doc)} |`),
    '',
  ];
}

/** Interfaces that arguments are made of, each once, in the order in which they are met. */
function parts(args: Declared, interfaces: readonly Declared[], seen: Set<Declared> = new Set([args])): readonly Declared[] {
  return args.fields.flatMap(({ type }) =>
    interfaces
      .filter((one) => !seen.has(one) && new RegExp(`\\b${one.name}\\b`).test(type))
      .flatMap((one) => {
        seen.add(one);
        return [one, ...parts(one, interfaces, seen)];
      }),
  );
}

const table = (what: string, { fields }: Declared): readonly string[] => [
  `| ${what} | type | | meaning |`,
  '|---|---|---|---|',
  ...fields.map(({ name, type, optional, doc }) => `| \`${name}\` | ${code(type)} | ${optional ? '' : '**required**'} | ${sentence(doc)} |`),
  '',
];

const code = (type: string): string => (type === '' ? '' : `\`${type.replaceAll('|', '\\|')}\``);
