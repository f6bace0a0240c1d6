import type { Graph, Node } from '../../../cli/graph/node.ts';
import { SECRET_KEY } from '../../../cli/graph/secrets.ts';

const STACK = 'urn:pulumi:test::weir::pulumi:pulumi:Stack::weir-test';

/** A recorded resource of this type and name, below the component of its topic. */
export function nodeOf(type: string, name: string, over: Partial<Node> & { readonly topic?: string } = {}): Node {
  const { topic = 'kafka', ...given } = over;
  return {
    urn: urnOf(type, name, topic),
    type,
    name,
    parent: componentUrn(topic),
    custom: true,
    remote: false,
    inputs: {},
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
    ...given,
  };
}

export const urnOf = (type: string, name: string, topic = 'kafka'): string => `urn:pulumi:test::weir::weir:${topic}:Thing$${type}::${name}`;
const componentUrn = (topic: string): string => `urn:pulumi:test::weir::weir:${topic}:Thing::test-${topic}`;

/** These resources with the components and the stack above them. */
export function graphOf(...nodes: readonly Node[]): Graph {
  const stack = nodeOf('pulumi:pulumi:Stack', 'weir-test', { urn: STACK, parent: '', custom: false });
  const topics = [...new Set(nodes.map(({ parent }) => parent))].filter((urn) => urn.includes('::weir:'));
  const components = topics.map((urn) => {
    const [, , type = '', name = ''] = urn.split('::');
    return nodeOf(type, name, { urn, parent: STACK, custom: false });
  });
  return new Map([stack, ...components, ...nodes].map((node) => [node.urn, node]));
}

/** A value in the envelope of a secret. */
export const secret = (value: unknown): object => ({ [SECRET_KEY]: '1b47061264138c4ac30d75fd1eb44270', value });
