import { TENANT_LABEL } from '../../facts.ts';
import type { Reader } from '../../reader.ts';
import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { GraphProblem } from '../../rule.ts';

export const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Tenants' namespaces begin with it (00-architecture): nobody else's do. */
export const TENANT_PREFIX = 'tenant-';

/** Whether an object lies in a tenant's namespace. @throws Undecided */
export const isOfTenant = (object: Reader): boolean => (object.text('metadata.namespace') ?? '').startsWith(TENANT_PREFIX);

/** The label of a Namespace. @throws Undecided */
export const labelOf = (namespace: Reader, label: string): string => namespace.text(['metadata', 'labels', label]) ?? '';

/** A tenant's, by its name or by its label; labels that are known only after the cluster leave the name. */
export function isTenant(namespace: Reader): boolean {
  const name = knownText(namespace, 'metadata.name') ?? '';
  return name.startsWith(TENANT_PREFIX) || knownText(namespace, ['metadata', 'labels', TENANT_LABEL]) !== undefined;
}

/** A text if it is known: for looking among many, where one that is unknown must hide no other. */
export function knownText(object: Reader, path: string | readonly string[]): string | undefined {
  const read = object.read(path);
  return read.kind === 'known' && typeof read.value === 'string' ? read.value : undefined;
}

/** One problem for each tenant's Namespace in which none of a kind's objects will do. */
export function withoutAny(
  graph: ResourceGraph,
  key: string,
  problem: string,
  holds: (objects: readonly View[]) => boolean,
): readonly GraphProblem[] {
  const byNamespace = Map.groupBy(graph.of(key), ({ reader }) => knownText(reader, 'metadata.namespace'));
  return graph.each('Namespace', ({ reader }) => {
    const name = reader.text('metadata.name');
    if (name === undefined || !isTenant(reader)) return [];
    return holds(byNamespace.get(name) ?? []) ? [] : [reader.problem('', problem)];
  });
}
