import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../../runtime/model/render/types.ts';
import { nameOf } from '../render/text.ts';

/** `Deployment fraud-b`, in the order of applying. */
export interface ObjectChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Which objects come, change and go. */
export function objectChanges(before: readonly KubernetesObject[], after: readonly KubernetesObject[]): ObjectChanges {
  const [old, young] = [byName(before), byName(after)];
  return {
    added: [...young.keys()].filter((name) => !old.has(name)),
    changed: [...young].flatMap(([name, object]) => (old.has(name) && !isDeepStrictEqual(old.get(name), object) ? [name] : [])),
    removed: [...old.keys()].filter((name) => !young.has(name)),
  };
}

const byName = (objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> =>
  new Map(objects.map((object) => [nameOf(object), object]));

export const isSame = ({ added, changed, removed }: ObjectChanges): boolean => added.length + changed.length + removed.length === 0;
