import { isMap } from '../../../runtime/model/layers/tree.ts';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import type { Graph, Node } from '../../graph/node.ts';

/** The `Model` objects of a recorded graph, in the order of their making; their spec is the effective one. */
export function modelsOf(graph: Graph): readonly TenantModel[] {
  return [...graph.values()].flatMap(({ type, inputs }) =>
    /^kubernetes:weir\.dev\/[^:]+:Model$/.test(type) && isSpec(inputs.spec) ? [inputs.spec] : [],
  );
}

/** The stack's program has read and checked it. */
const isSpec = (spec: unknown): spec is TenantModel => isMap(spec) && typeof spec.tenant === 'string' && typeof spec.model === 'string';

/** The tenant that a resource belongs to: the one of the component above it; null for what is everybody's. */
export function tenantReader(graph: Graph): (node: Node) => string | null {
  const known = new Map<string, string | null>();
  const read = (urn: string): string | null => {
    const found = known.get(urn);
    if (found !== undefined) return found;
    const node = graph.get(urn);
    const tenant = node === undefined ? null : (ownTenant(node) ?? read(node.parent));
    known.set(urn, tenant);
    return tenant;
  };
  return ({ urn }) => read(urn);
}

/** Components of one tenant are named after it: `prod-tenant-acme`, and below it `prod-tenant-acme-lake`. */
function ownTenant({ type, name, inputs }: Node): string | null {
  if (/^kubernetes:weir\.dev\/[^:]+:Model$/.test(type) && isSpec(inputs.spec)) return inputs.spec.tenant;
  if (type !== 'weir:tenant:Tenant') return null;
  return typeof inputs.tenant === 'string' ? inputs.tenant : (name.split('-tenant-')[1] ?? null);
}
