import { isDeepStrictEqual } from 'node:util';
import { isLeaf } from '../../runtime/model/layers/origins.ts';
import { isList, isMap, own, type Tree } from '../../runtime/model/layers/tree.ts';
import { type Path, pathText } from '../../runtime/model/read/locate.ts';

/** One value of a spec that is another one now; undefined on the side where there is none. */
export interface Change {
  readonly path: Path;
  readonly from: Tree;
  readonly to: Tree;
}

/**
 * What differs between two specs, in the order of the new one; what is gone comes last. A list of which an item was added or removed is one
 * change: which of its items is which nobody knows.
 */
export function changesOf(from: Tree, to: Tree, path: Path = []): readonly Change[] {
  if (isDeepStrictEqual(from, to)) return [];
  const alike = (isMap(from) && isMap(to)) || (isList(from) && isList(to) && from.length === to.length);
  if (!alike || (isLeaf(from) && isLeaf(to) && isList(to))) return [{ path, from, to }];
  return keysOf(from, to).flatMap((key) => changesOf(own(from, key), own(to, key), [...path, key]));
}

function keysOf(from: Tree, to: Tree): readonly (string | number)[] {
  if (isList(to)) return [...to.keys()];
  return [...new Set([...Object.keys(to ?? {}), ...Object.keys(from ?? {})])];
}

/** `serving.latency`, as messages write it. */
export const placeOf = ({ path }: Pick<Change, 'path'>): string => pathText(path);
