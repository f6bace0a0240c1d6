import { type Document, isCollection, isMap, isNode, isPair, isScalar, type LineCounter, type Node } from 'yaml';
import { withoutSecrets } from './blot.ts';
import type { Problem } from './problem.ts';

/** Keys and indices from the top: `['labels', 0, 'delay']`. */
export type Path = readonly (string | number)[];

/** Something wrong at a place of a file, before the place is looked up. */
export interface Finding {
  /** Default `error`. */
  readonly level?: 'error' | 'warning';
  readonly path: Path;
  /** Whether the carets mark the key or its value. A key that is not there marks its parent's. */
  readonly at: 'key' | 'value';
  readonly problem: string;
  readonly remedy: string;
  readonly suggestion?: string;
}

/** A finding about a value. */
export const atValue = (path: Path, problem: string, remedy: string): Finding => ({ path, at: 'value', problem, remedy });

/** A finding about a key, or about one that is missing. */
export const atKey = (path: Path, problem: string, remedy: string): Finding => ({ path, at: 'key', problem, remedy });

/** Makes a problem of a finding at these characters. */
export type Place = (start: number, end: number, finding: Omit<Finding, 'at'>) => Problem;

/** A finding with its line and column: of the nearest parent when the place itself is not in the file. */
export function locate(document: Document, finding: Finding, place: Place): Problem {
  for (let depth = finding.path.length; depth >= 0; depth--) {
    const range = rangeOf(document, finding.path.slice(0, depth), depth < finding.path.length ? 'key' : finding.at);
    if (range !== null) return place(range[0], range[1], finding);
  }
  return place(0, 0, finding);
}

function rangeOf(document: Document, path: Path, at: 'key' | 'value'): readonly [number, number] | null {
  const last = path.at(-1);
  const parent = path.length === 0 ? null : document.getIn(path.slice(0, -1), true);
  const value = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last));
    const node = at === 'value' && isNode(pair?.value) && !isEmpty(pair.value) ? pair.value : pair?.key;
    return isNode(node) ? spanOf(node) : null;
  }
  return isNode(value) ? spanOf(value) : null;
}

const isEmpty = (node: Node): boolean => node.range !== null && node.range !== undefined && node.range[0] === node.range[1];

/** A whole section would underline half the file: of a collection the first key is marked. */
function spanOf(node: Node): readonly [number, number] | null {
  if (isCollection(node) && node.flow !== true) {
    const first: unknown = node.items[0];
    const head = isPair(first) ? first.key : first;
    if (isNode(head)) return spanOf(head);
  }
  return node.range === null || node.range === undefined ? null : [node.range[0], node.range[1]];
}

/** How the scalar at this path is written in the file; null when there is none. */
export function written(document: Document, text: string, path: Path): string | null {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isScalar(node) && node.range !== null && node.range !== undefined ? text.slice(node.range[0], node.range[1]) : null;
}

/** A problem at these characters of the text. */
export function placeAt(file: string, text: string, lines: LineCounter, start: number, end: number, finding: Omit<Finding, 'at'>): Problem {
  const { line, col } = lines.lineStarts.length === 0 ? { line: 1, col: 1 } : lines.linePos(start);
  const lineStart = lines.lineStarts[line - 1] ?? 0;
  const lineEnd = text.indexOf('\n', lineStart);
  const content = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).trimEnd();
  const length = Math.max(1, Math.min(end - start, content.length - (col - 1)));
  return {
    ...(finding.level === undefined ? {} : { level: finding.level }),
    file,
    line: Math.max(1, line),
    column: Math.max(1, col),
    path: pathText(finding.path),
    problem: withoutSecrets(finding.problem), // `"…" is not a team` would repeat one
    remedy: finding.remedy,
    suggestion: finding.suggestion ?? null,
    source: content === '' ? null : { text: withoutSecrets(content), length },
  };
}

/** `['labels', 0, 'delay']` as `labels[0].delay`. */
export function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}
