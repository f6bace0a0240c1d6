import { type Document, isAlias, isMap, isPair, isScalar, parseDocument, type Tags, visit, type YAMLError } from 'yaml';
import { messageOf } from '../../../runtime/errors.ts';
import { controlCharacter } from '../../../runtime/model/read/misread.ts';
import { ALIASES, DEPTH, DOCUMENT_BYTES, isTooDeep, sizeText } from './limits.ts';

/** What is wrong with a document, and where in its text. */
export interface DocumentProblem {
  readonly at: number;
  readonly problem: string;
  readonly remedy: string;
}

export type ReadDocument = { readonly kind: 'read'; readonly data: unknown } | { readonly kind: 'wrong'; readonly problem: DocumentProblem };

/** Where the documents of a file begin and end: `---` at the start of a line is never part of a text. Those of blanks and comments alone are left out. */
export function documentsIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  const starts = [0, ...Array.from(text.matchAll(/^---(?=[ \t\r\n]|$)/gm), ({ index }) => index)];
  return starts
    .map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
    .filter(({ start, end }) => /^(?!---[ \t]*(#.*)?\r?$|\.\.\.\r?$|[ \t]*#|%|[ \t\r]*$)./m.test(text.slice(start, end)));
}

/** Reads one document as kubectl does (YAML 1.1 with merge keys; times and base 60 stay text), but takes no key twice and no bomb. Never throws. */
export function readDocument(text: string): ReadDocument {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof RangeError) return wrong(0, TOO_DEEP); // the stack, or a text longer than there can be
    const bomb = error instanceof ReferenceError && error.message.includes('resource exhaustion');
    // what the parser only notices while it makes values: aliases without an anchor, merges of what is no map
    return wrong(Math.max(0, text.search(bomb ? /[[{:,-]\s+\*/ : /\*|<</)), bomb ? BOMB : notYaml(messageOf(error)));
  }
}

const parsed = (text: string): Document => parseDocument(text, OPTIONS);

/** The nodes of the document that was asked for last: all of a large file would fill the memory, and its findings are looked up one after the other. */
export class LastDocument {
  #key: object | null = null;
  #document: Document | null = null;

  of(key: object, text: () => string): Document {
    if (this.#document === null || this.#key !== key) [this.#key, this.#document] = [key, parsed(text())];
    return this.#document;
  }
}

const SEXAGESIMAL_AND_DATES: readonly string[] = ['TIME', 'tag:yaml.org,2002:timestamp'];

const OPTIONS = {
  schema: 'yaml-1.1',
  customTags: (tags: Tags): Tags =>
    tags.filter(
      (tag) => typeof tag === 'string' || ![tag.format, tag.tag].some((each) => each !== undefined && SEXAGESIMAL_AND_DATES.includes(each)),
    ),
  merge: true,
  uniqueKeys: false, // compares each key with each: `doubleKey` asks a set
  stringKeys: true,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

const TOO_DEEP = { problem: 'is nested too deep', remedy: `No object of Kubernetes has more than ${DEPTH} levels.` };
const BOMB = { problem: 'its aliases multiply', remedy: 'Write the values out: read as they stand, they would fill the memory.' };

const wrong = (at: number, told: Omit<DocumentProblem, 'at'>): ReadDocument => ({ kind: 'wrong', problem: { at, ...told } });

function read(text: string): ReadDocument {
  if (text.length > DOCUMENT_BYTES) {
    const problem = `is a document of ${sizeText(text.length)}: more than ${sizeText(DOCUMENT_BYTES)} are not read as YAML`;
    return wrong(0, { problem, remedy: 'Split it with `---`, or give JSON: `kubectl get … -o json | weir policy check -`.' });
  }
  const control = controlCharacter(text);
  if (control !== null) return wrong(control.at, { problem: `has ${control.problem}`, remedy: control.remedy });
  const document = parsed(text);
  const [first] = document.errors;
  const error = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION') ?? first;
  if (error !== undefined) return wrong(error.pos[0], isSecondJson(text, error) ? SECOND_JSON : explained(error));
  const double = doubleKey(document);
  if (double !== null) return wrong(double.at, double);
  const data: unknown = document.toJS({ maxAliasCount: ALIASES });
  return isTooDeep(data) ? wrong(0, TOO_DEEP) : { kind: 'read', data };
}

/** What two `kubectl get -o json` leave in one file: kubectl reads it, and it is no YAML. */
const SECOND_JSON = { problem: 'is a second JSON document', remedy: 'Write `---` on a line between them, or pipe them one by one.' };

const isSecondJson = (text: string, { code, pos: [at] }: YAMLError): boolean =>
  code === 'UNEXPECTED_TOKEN' && text[at] === '{' && /^\s*\{/.test(text) && /\}\s*$/.test(text.slice(0, at));

function doubleKey(document: Document): DocumentProblem | null {
  let found: DocumentProblem | null = null;
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        if (seen.has(key.value)) {
          const remedy = 'Keep one of the two: which one would win is a matter of the reader.';
          found = { at: key.range?.[0] ?? 0, problem: `has the key "${String(key.value).slice(0, 80)}" twice`, remedy };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

function explained({ code, message }: YAMLError): Omit<DocumentProblem, 'at'> {
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP;
  if (code === 'TAB_AS_INDENT') return { problem: 'is indented with a tab here', remedy: 'Indent with spaces: YAML forbids tabs there.' };
  return notYaml(message);
}

function notYaml(message: string): Omit<DocumentProblem, 'at'> {
  const said = (message.split('\n')[0] ?? '').slice(0, 160).replace(/^./, (letter) => letter.toLowerCase());
  return { problem: `is not YAML: ${said}`, remedy: 'Mind indentation, quotes and brackets around this place.' };
}

/** Where a property stands in a document's text: its key or its item; of one that is missing the nearest parent that is there. */
export function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let [node, at]: [unknown, number] = [document.contents, startOf(document.contents) ?? 0];
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    const next = childOf(document, node, key);
    if (next === null) break;
    [node, at] = [next.value, next.at ?? at];
  }
  return at;
}

interface Child {
  readonly value: unknown;
  readonly at: number | undefined;
}

function childOf(document: Document, node: unknown, key: string | number): Child | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    if (pair !== undefined) return { value: pair.value, at: startOf(pair.key) };
    const merged = node.items.find((item) => isScalar(item.key) && item.key.value === '<<' && isAlias(item.value));
    return merged !== undefined && isAlias(merged.value) ? childOf(document, merged.value.resolve(document), key) : null;
  }
  const items: readonly unknown[] = typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items) ? node.items : [];
  const item = typeof key === 'number' ? items[key] : undefined;
  return item === undefined || isPair(item) ? null : { value: item, at: startOf(item) };
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const start: unknown = node.range[0];
  return typeof start === 'number' ? start : undefined;
}
