import { type Document, isAlias, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import { type Finding, locate, type Path, type Place, placeAt, written } from './locate.ts';
import { controlCharacter, misreadNumber } from './misread.ts';
import type { Problem } from './problem.ts';

/** A file as plain data, with the way back to lines and columns. */
export interface YamlFile {
  readonly data: unknown;
  /** Numbers that are not what a person reads: `010`, `0x1F`, more digits than a double holds, a version `1.10`. */
  readonly misread: readonly Finding[];
  locate(finding: Finding): Problem;
  /** How the value is written in the file: `1.10`, not 1.1; null when there is none. */
  written(path: Path): string | null;
}

/** A file of settings is a page of text. Larger ones are not read: 256 KiB. */
export const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 24; // far more than any schema here needs; keeps every recursion shallow
const TOO_DEEP = { problem: 'this is nested too deep', remedy: `No field of any file lies deeper than ${MAX_DEPTH} levels.` };

/**
 * Reads YAML 1.2 without what hides a value from a reviewer: anchors, aliases, tags and duplicate keys are problems, not features.
 * `data` is undefined when it cannot be read at all; other problems leave it readable, so that all are told at once.
 */
export function readYaml(file: string, text: string): { readonly yaml: YamlFile | null; readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const place = (start: number, end: number, finding: Omit<Finding, 'at'>): Problem => placeAt(file, text, lines, start, end, finding);
  if (Buffer.byteLength(text) > MAX_BYTES) {
    const problem = `${Math.ceil(Buffer.byteLength(text) / 1024)} KiB is too large for a file of settings`;
    return { yaml: null, problems: [place(0, 0, { path: [], problem, remedy: `Keep it below ${MAX_BYTES / 1024} KiB.` })] };
  }
  const control = controlCharacter(text);
  if (control !== null) {
    for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index); // what the parser would do
    return { yaml: null, problems: [place(control.at, control.at + 1, { path: [], problem: control.problem, remedy: control.remedy })] };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', stringKeys: true });
  const syntax = syntaxProblems(document.errors, place);
  const misread: Finding[] = [];
  const hidden = hiddenProblems(document, place, misread);
  const tooDeep = hidden.filter(({ problem }) => problem === TOO_DEEP.problem);
  const problems = tooDeep.length > 0 ? tooDeep : [...syntax, ...hidden];
  const unreadable = hidden.length > 0 || document.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  if (unreadable) return { yaml: null, problems };
  const data: unknown = document.toJS({ maxAliasCount: 0 });
  return {
    yaml: { data, misread, locate: (finding) => locate(document, finding, place), written: (path) => written(document, text, path) },
    problems,
  };
}

/** A finding about a file that was read before: parses its text again. */
export function problemAt(file: string, text: string, finding: Finding): Problem {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent', stringKeys: true });
  return locate(document, finding, (start, end, what) => placeAt(file, text, lines, start, end, what));
}

/** The parser goes on after a mistake and reports its own confusion: the first one is told, and every duplicate key. */
function syntaxProblems(errors: readonly YAMLError[], place: Place): readonly Problem[] {
  const deep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  const first = deep ?? errors.find((error) => error.code !== 'DUPLICATE_KEY');
  const told = first === undefined ? errors : errors.filter((error) => error === first || (deep === undefined && error.code === 'DUPLICATE_KEY'));
  return told.map((error) => place(error.pos[0], error.pos[1], { path: [], ...explain(error) }));
}

interface Explanation {
  readonly problem: string;
  readonly remedy: string;
}

function explain({ code, message }: YAMLError): Explanation {
  const other = { problem: `this is not YAML: ${firstLine(message)}`, remedy: 'Mind indentation, quotes and brackets around this place.' };
  return EXPLAINED.get(code) ?? other;
}

const EXPLAINED: ReadonlyMap<string, Explanation> = new Map([
  ['DUPLICATE_KEY', { problem: 'this key is given twice', remedy: 'Keep one of the two: which one would win is a matter of the reader.' }],
  ['TAB_AS_INDENT', { problem: 'a tab indents this line', remedy: 'Indent with spaces: YAML forbids tabs there.' }],
  ['MULTIPLE_DOCS', { problem: 'a second document begins here', remedy: 'Write one file for each.' }],
  ['NON_STRING_KEY', { problem: 'a list or a map as a key', remedy: 'Write a word before the colon: the name of a field.' }],
  ['RESOURCE_EXHAUSTION', TOO_DEEP],
]);

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replace(/^./, (letter) => letter.toLowerCase());

function hiddenProblems(document: Document, place: Place, misread: Finding[]): readonly Problem[] {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const add = (node: Node, problem: string, remedy: string): void => {
    const [start, end] = node.range ?? [0, 0];
    if (!told.has(remedy)) problems.push(place(start, end, { path: [], problem, remedy })); // the first of a thousand aliases says it
    told.add(remedy);
  };
  if (document.directives?.yaml.explicit === true)
    problems.push(place(0, 0, { path: [], problem: 'a %YAML line', remedy: 'Leave it out: the files are YAML 1.2.' }));
  visit(document, {
    Node(key, node, path) {
      if (path.length > 2 * MAX_DEPTH) {
        add(node, TOO_DEEP.problem, TOO_DEEP.remedy);
        return visit.BREAK;
      }
      if (isAlias(node)) add(node, `"*${node.source}" is an alias`, 'Write the value out: a reader must see it where it applies.');
      else if (node.anchor !== undefined) add(node, `"&${node.anchor}" is an anchor`, 'Leave it out: there are no aliases here.');
      else if (node.tag !== undefined) add(node, `"${node.tag}" is a tag`, 'Leave it out: the schema says what a value is.');
      else if (isScalar(node)) {
        if (key === 'key' && node.value === '<<') add(node, '"<<" is a merge key', 'Write its fields out: a reader must see them where they apply.');
        else if (typeof node.value === 'string' && !node.value.isWellFormed())
          add(node, 'half of a character', 'Write the character itself, in UTF-8.');
        else if (typeof node.value === 'number') misread.push(...misreadNumber(node, () => pathTo(key, path)));
      }
      return undefined;
    },
  });
  return problems;
}

/** Keys and indices down to a node that is being visited. */
function pathTo(key: number | 'key' | 'value' | null, ancestors: readonly unknown[]): Path {
  const parts = ancestors.flatMap((ancestor, index): (string | number)[] => {
    if (isPair(ancestor)) return [isScalar(ancestor.key) ? String(ancestor.key.value) : ''];
    const next = ancestors[index + 1];
    return isSeq(ancestor) && next !== undefined ? [ancestor.items.indexOf(next)] : [];
  });
  return typeof key === 'number' ? [...parts, key] : parts;
}
