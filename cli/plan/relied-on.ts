import { isMap, type Tree } from '../../runtime/model/layers/tree.ts';
import type { Settings } from '../../stacks/settings/settings-file.ts';

/** Something that this stack uses and does not make. */
export interface ReliedOn {
  /** The setting that names it. */
  readonly setting: string;
  readonly value: string;
}

/** What must be there already: parts of another team (`existing`), the stack below, and the roles that may enter. */
export function reliedOn({ existing, upstream, layers, access }: Settings): readonly ReliedOn[] {
  const stack = upstream === undefined || layers.includes('foundation') ? [] : [{ setting: 'upstream', value: `the outputs of stack ${upstream}` }];
  return [...stack, ...leaves('existing', existing), ...leaves('access', access)];
}

function leaves(setting: string, tree: Tree): readonly ReliedOn[] {
  if (tree === undefined) return [];
  if (isMap(tree)) return Object.entries(tree).flatMap(([key, child]) => leaves(`${setting}.${key}`, child));
  if (Array.isArray(tree)) return tree.flatMap((item: unknown) => leaves(setting, item));
  return [{ setting, value: typeof tree === 'string' ? tree : JSON.stringify(tree) }];
}
