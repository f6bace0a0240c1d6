import { resourcesOfObject } from '../../../policies/adapt/objects.ts';
import type { Resource } from '../../../policies/resource.ts';
import { isMap } from '../../../runtime/model/layers/tree.ts';
import { withoutSecrets } from '../../../runtime/model/read/blot.ts';
import type { Problem } from '../../../runtime/model/read/problem.ts';
import type { Place } from '../source.ts';
import { INSTEAD, kindOf } from './json-file.ts';
import { DOCUMENT_BYTES, hasTrap, isTooDeep } from './limits.ts';
import { type DocumentProblem, documentsIn, type LastDocument, offsetOf, readDocument } from './yaml-document.ts';

/** An object, and where it stands. */
export interface PlacedResource {
  readonly resource: Resource;
  /** Of a property as a finding names it. */
  readonly placeOf: (path: string) => Place;
}

export interface Manifest {
  readonly resources: readonly PlacedResource[];
  readonly problems: readonly Problem[];
  /** Reasons, one for each document or item that is no object. */
  readonly skipped: readonly string[];
  /** It is made of templates: nothing of it can be judged before they are rendered. */
  readonly template: boolean;
}

/** The objects of one file's text. `name` is how a person knows it. Never throws. */
export function readManifest(name: string, text: string, last: LastDocument): Manifest {
  const whole = jsonManifest(name, text);
  if (whole !== null) return whole;
  const lines = linesOf(text);
  const read = documentsIn(text).map((part) => ({ ...part, outcome: readDocument(text.slice(part.start, part.end)) }));
  const template = /\{\{/.test(text) && read.some(({ outcome }) => outcome.kind === 'wrong' || isTemplate(outcome.data));
  if (template) {
    const at = text.indexOf('{{');
    const remedy = 'Render it: `helm template CHART | weir policy check -`.';
    return { resources: [], problems: [problemAt({ name, text, lines }, at, { problem: 'is a template of Helm', remedy })], skipped: [], template };
  }
  const resources: PlacedResource[] = [];
  const [problems, skipped]: [Problem[], string[]] = [[], []];
  for (const { start, end, outcome } of read) {
    if (outcome.kind === 'wrong') problems.push(problemAt({ name, text, lines }, start + outcome.problem.at, outcome.problem));
    else {
      const key = {};
      const at = (path: readonly (string | number)[]): Place => ({
        file: name,
        ...lines.at(
          start +
            offsetOf(
              last.of(key, () => text.slice(start, end)),
              path,
            ),
        ),
      });
      collect(outcome.data, at, { resources, skipped });
    }
  }
  return { resources, problems, skipped, template };
}

/** JSON above the size that YAML is read in, as `kubectl get -o json` makes it: without lines. Null for anything else. */
function jsonManifest(name: string, text: string): Manifest | null {
  if (text.length <= DOCUMENT_BYTES || !/^\s*\{/.test(text)) return null;
  try {
    const data: unknown = JSON.parse(text);
    const [resources, skipped]: [PlacedResource[], string[]] = [[], []];
    if (isTooDeep(data)) return null;
    collect(data, () => ({ file: name }), { resources, skipped });
    return { resources, problems: [], skipped, template: false };
  } catch {
    return null; // told as YAML
  }
}

type Keys = readonly (string | number)[];

function collect(data: unknown, at: (path: Keys) => Place, into: { readonly resources: PlacedResource[]; readonly skipped: string[] }): void {
  const outcomes = resourcesOfObject(data);
  const listed = isMap(data) && Array.isArray(data.items) && outcomes.length === data.items.length && String(data.kind).endsWith('List');
  for (const [index, outcome] of outcomes.entries()) {
    const before: Keys = listed ? ['items', index] : [];
    if (outcome.kind === 'skipped') into.skipped.push(data === null ? 'empty' : misplaced(data, outcome.reason));
    else if (hasTrap(outcome.resource.props)) into.skipped.push('with a key named toString or valueOf');
    else into.resources.push({ resource: outcome.resource, placeOf: (path) => at([...before, ...keysOf(path)]) });
  }
}

/** A state or a preview among manifests is told how to be judged. */
function misplaced(data: unknown, reason: string): string {
  const kind = isMap(data) ? kindOf(data) : 'other';
  if (kind === 'kubernetes') return reason; // of an item of a list
  const [what, instead] = INSTEAD[kind];
  return instead === '' ? reason : `${what}. ${instead}`;
}

/** `spec.containers[0].image`, and keys with dots in brackets: `metadata.labels.["a.b/c"]`. */
export function keysOf(path: string): Keys {
  return Array.from(path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g), ([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain ?? '') : Number(index),
  );
}

/** Such as a name of `{{ .Release.Name }}`. Other texts may hold braces: of an alert, of a dashboard. */
function isTemplate(data: unknown): boolean {
  if (!isMap(data)) return false;
  const { kind, metadata } = data;
  return [kind, isMap(metadata) ? metadata.name : undefined].some((each) => typeof each === 'string' && each.includes('{{'));
}

interface Lines {
  readonly at: (offset: number) => { readonly line: number; readonly column: number };
  readonly starts: () => readonly number[];
}

/** Lines and columns from 1, found when somebody asks. */
function linesOf(text: string): Lines {
  let found: readonly number[] | null = null;
  const starts = (): readonly number[] => (found ??= [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]);
  const at = (offset: number) => {
    let [low, high] = [0, starts().length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts()[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts()[low] ?? 0) + 1 };
  };
  return { at, starts };
}

interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly lines: Lines;
}

function problemAt({ name, text, lines }: TextFile, offset: number, { problem, remedy }: Omit<DocumentProblem, 'at'>): Problem {
  const { line, column } = lines.at(Math.min(offset, text.length));
  const start = lines.starts()[line - 1] ?? 0;
  const content = text.slice(start, start + 2_000).split(/[\r\n]/, 1)[0] ?? '';
  const source = content.trim() === '' || column > content.length ? null : { text: withoutSecrets(content), length: 1 };
  return { file: name, line, column, path: '', problem, remedy, suggestion: null, source };
}
