/** Plain data as YAML gives it: a scalar, a list, or a map. `undefined`: not there. */
export type Tree = unknown;

export interface TreeMap {
  readonly [key: string]: Tree;
}

/** A map, and not a list. */
export const isMap = (tree: Tree): tree is TreeMap => typeof tree === 'object' && tree !== null && !Array.isArray(tree);

export const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);

/** Maps are merged field by field; of everything else, lists included, the upper one stands whole. What is not there changes nothing. */
export function merge(lower: Tree, upper: Tree): Tree {
  if (upper === undefined) return lower;
  if (!isMap(lower) || !isMap(upper)) return upper;
  const shared = Object.entries(upper).map(([key, value]): [string, Tree] => [key, merge(own(lower, key), value)]);
  return { ...lower, ...Object.fromEntries(shared) };
}

/** The field of a map; undefined when there is none, or no map. Names come from people: `constructor` is no field. */
export function own(tree: Tree, key: string | number): Tree {
  if (isList(tree)) return typeof key === 'number' ? tree[key] : undefined;
  return isMap(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** What lies at this path; undefined when nothing does. */
export const at = (tree: Tree, path: readonly (string | number)[]): Tree => path.reduce<Tree>((below, key) => own(below, key), tree);
