import type { Origins } from '../../runtime/model/layers/origin.ts';
import { isLeaf } from '../../runtime/model/layers/origins.ts';
import { isList, isMap, type Tree } from '../../runtime/model/layers/tree.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';
import { flowText } from '../yaml-lines.ts';
import { commentOf } from './comment.ts';

/** A line of YAML and what stands behind its `#`; empty where a section begins. */
export interface Line {
  readonly text: string;
  readonly comment: string;
}

/** A collection on one line is at most this wide. */
const WIDTH = 110;

/** A part of a spec, its origins, and which part of it is shown. */
export interface Shown {
  readonly origins: Origins;
  /** Only what lies at this place, and its parents. */
  readonly only: Path;
}

/**
 * The lines below one key: one value a line, so that `grep` finds it with its origin. A collection stays on one line when all of it has one
 * origin, and when it is one of many alike (a field, a step, a guard).
 */
export function linesOf(shown: Shown, value: Tree, path: Path, prefix: string, alike = false): readonly Line[] {
  const short = shortLine(shown, value, path, prefix, alike);
  if (short !== null) return [short];
  const indent = ' '.repeat(prefix.length - prefix.trimStart().length);
  if (isList(value) && isLeaf(value)) return longList(shown, value, path, prefix, indent);
  const nested = entriesOf(value).filter(([key]) => isShown(shown, [...path, key]));
  const areAlike = isList(value) || nested.every(([, child]) => isMap(child) && Object.keys(child).length > 0);
  const inner = path.length === 0 ? '' : `${indent}  `;
  const below = nested.flatMap(([key, child]) =>
    linesOf(shown, child, [...path, key], isList(value) ? `${inner}-` : `${inner}${flowText(key)}:`, areAlike),
  );
  if (path.length === 0) return below;
  return prefix.trimStart() === '-' ? asItem(below, indent) : [{ text: prefix, comment: '' }, ...below];
}

/** The first key of a list's item stands behind its dash. */
function asItem(lines: readonly Line[], indent: string): readonly Line[] {
  return lines.map((line, index) => (index === 0 ? { ...line, text: `${indent}- ${line.text.slice(indent.length + 2)}` } : line));
}

/** The whole value on one line, where that is readable. */
function shortLine({ origins, only }: Shown, value: Tree, path: Path, prefix: string, alike: boolean): Line | null {
  if (path.length < only.length || path.length === 0) return null;
  const text = `${prefix} ${flowText(value)}`;
  const comment = commentOf(origins, value, path);
  if (isLeaf(value)) return text.length <= WIDTH || !isList(value) ? { text, comment: comment.text } : null;
  return text.length <= WIDTH && (alike || comment.one) ? { text, comment: comment.text } : null;
}

/** The origin stands at the key: a list of plain values is one value. */
function longList({ origins }: Shown, value: readonly Tree[], path: Path, prefix: string, indent: string): readonly Line[] {
  const items = value.map((item) => ({ text: `${indent}  - ${flowText(item)}`, comment: '' }));
  return [{ text: prefix, comment: commentOf(origins, value, path).text }, ...items];
}

const entriesOf = (value: Tree): readonly (readonly [string | number, Tree])[] =>
  isList(value) ? [...value.entries()] : Object.entries(value ?? {});

/** At the place that is asked for, above it or below it. */
function isShown({ only }: Shown, path: Path): boolean {
  const [own, wanted] = [pathText(path.slice(0, only.length)), pathText(only.slice(0, path.length))];
  return own === wanted;
}
