import type { Graph, Node, World } from '../../../cli/graph/node.ts';
import { resourceName, terraformType } from './names.ts';

/** Which resource a recorded text came from, as Terraform would write it: `aws_kms_key.prod-data.arn`. */
export type References = (node: Node, value: string) => string | null;

/**
 * The recorder answers an id of `<name>-id`, the stand-in cloud ARNs and endpoints, and a bucket's name is its alone: these show where they came
 * from. Any other name that was set (`weir-prod`, of a cluster) is taken for a reference only where the dependency was recorded.
 */
export function referencesOf(graph: Graph, state: NonNullable<World['state']>): References {
  const made = new Map<string, string>();
  for (const node of graph.values()) {
    if (!isExported(node)) continue;
    const address = addressOf(node);
    for (const [output, value] of Object.entries(state(node))) {
      if (typeof value === 'string' && value !== node.name) made.set(value, `${address}.${output}`);
    }
    made.set(`${node.name}-id`, `${address}.id`);
    if (node.type === 'aws:s3/bucket:Bucket') made.set(nameOf(node, 'bucket'), `${address}.bucket`);
  }
  return (node, value) => made.get(value) ?? named(graph, node, value);
}

function named(graph: Graph, node: Node, value: string): string | null {
  const others = node.dependencies.flatMap((urn) => graph.get(urn) ?? []).filter(isExported);
  for (const key of ['name', 'identifier']) {
    const found = others.find((other) => nameOf(other, key) === value);
    if (found !== undefined) return `${addressOf(found)}.${key}`;
  }
  return null;
}

/** A name that is left out is the logical one, as the stand-in cloud answers. */
function nameOf(node: Node, key: string): string {
  const given = node.inputs[key];
  return typeof given === 'string' ? given : node.name;
}

/** Components and providers are no resources; Kubernetes objects are no part of a Terraform plan of AWS. */
export const isExported = (node: Node): boolean => node.custom && /^(aws|random):/.test(node.type);

export const addressOf = (node: Node): string => `${terraformType(node.type)}.${resourceName(node.name)}`;
