import type { KubernetesObject } from './types.ts';

/** The `Model` object that everything of a model belongs to. Only who applies it knows its uid. */
export interface Owner {
  readonly name: string;
  readonly uid: string;
}

/**
 * The objects with their owner: they go when it goes. What lies in no namespace gets none, since an owner must lie in the same one: the
 * garbage collector would remove it at once; the model's finalizer removes it instead.
 */
export function withOwner(objects: readonly KubernetesObject[], { name, uid }: Owner): readonly KubernetesObject[] {
  const ownerReferences = [{ apiVersion: 'weir.dev/v1alpha1', kind: 'Model', name, uid, controller: true, blockOwnerDeletion: true }];
  return objects.map((object) =>
    object.metadata.namespace === undefined ? object : { ...object, metadata: { ...object.metadata, ownerReferences } },
  );
}
