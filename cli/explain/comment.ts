import type { Origin, Origins } from '../../runtime/model/layers/origin.ts';
import { isLeaf } from '../../runtime/model/layers/origins.ts';
import { isList, type Tree } from '../../runtime/model/layers/tree.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';

/** What stands behind the `#` of a value. `one`: all of it comes from one place. */
export interface Comment {
  readonly text: string;
  readonly one: boolean;
}

/**
 * `file, line 5`; of a collection from several places the commonest first, then what differs: `file, line 5; log, shape: platform`.
 */
export function commentOf(origins: Origins, value: Tree, path: Path): Comment {
  const byOrigin = new Map<string, string[]>();
  for (const leaf of leavesOf(value, path)) {
    const origin = origins.get(pathText(leaf));
    const text = origin === undefined ? '' : originText(origin);
    const names = byOrigin.get(text) ?? [];
    const name = pathText(leaf.slice(path.length).filter((part) => typeof part === 'string'));
    byOrigin.set(text, names.includes(name) ? names : [...names, name]);
  }
  const [commonest, ...others] = [...byOrigin].sort(([, a], [, b]) => b.length - a.length);
  const rest = others.map(([text, names]) => `${names.join(', ')}: ${text}`);
  return { text: [commonest?.[0] ?? '', ...rest].join('; '), one: others.length === 0 };
}

/** A layer's own word where the place alone does not say it. */
export function originText({ layer, text }: Origin): string {
  if (layer === 'file') return `file, ${text}`;
  if (layer === 'tenant') return `tenant, ${text}`;
  return layer === 'platform' ? 'platform' : text;
}

function leavesOf(value: Tree, path: Path): readonly Path[] {
  if (isLeaf(value)) return [path];
  const entries: readonly (readonly [string | number, Tree])[] = isList(value) ? [...value.entries()] : Object.entries(value ?? {});
  return entries.flatMap(([key, child]) => leavesOf(child, [...path, key]));
}
