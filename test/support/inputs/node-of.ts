import type { Node } from '../../../cli/graph/node.ts';

/** A recorded resource made by hand, for rules whose subject no program has. */
export function nodeOf(type: string, inputs: Node['inputs'], name = 'weir-test'): Node {
  return {
    urn: `urn:pulumi:test::weir::${type}::${name}`,
    type,
    name,
    parent: '',
    custom: true,
    remote: false,
    inputs,
    dependencies: [],
    provider: '',
    protect: false,
    retainOnDelete: false,
    deletedWith: '',
    deleteBeforeReplace: false,
    ignoreChanges: [],
    aliases: [],
    hooks: { beforeDelete: [], onError: [] },
    timeouts: { create: '', update: '', delete: '' },
  };
}
