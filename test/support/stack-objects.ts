import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';

/** An object that a stack hands to the Kubernetes provider. */
export interface StackObject {
  /** The resource's name. */
  readonly name: string;
  readonly kind: string;
  readonly object: object;
}

/** Releases are no objects: test/cluster/charts.test.ts has what they bring. */
export function objectsOf(graph: Graph): readonly StackObject[] {
  const nodes = [...graph.values()].filter(({ type }) => type.startsWith('kubernetes:') && !type.startsWith('kubernetes:helm.sh/'));
  return nodes.map(({ name, inputs }) => {
    const { kind, metadata, ...rest }: { readonly kind?: string; readonly metadata?: object } = Object(unwrapped(inputs));
    return { name, kind: kind ?? '', object: withRealIds({ kind, ...rest, metadata: { name, ...metadata } }) }; // the provider names what has no name
  });
}

/** A recorded security group is called after its resource; what reads the id asks for AWS's form of one. */
export function withRealIds<T extends object>(object: T): T {
  const text = JSON.stringify(object).replaceAll(/"[\w-]*(?:[sS]ecurityGroup|security-group)-id"/g, '"sg-0a1b2c3d4e5f60718"');
  const real: T = JSON.parse(text);
  return real;
}
