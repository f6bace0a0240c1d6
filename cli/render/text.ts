import { stringify } from 'yaml';
import type { KubernetesObject } from '../../runtime/model/render/types.ts';

/** Documents for `kubectl apply -f -`, each with its kind and name above it. Kubernetes reads YAML 1.1: what it would misread is quoted. */
export function objectsText(objects: readonly KubernetesObject[]): string {
  return objects
    .map((object) => {
      const body = stringify(object, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
      return `---\n# ${nameOf(object)}\n${body.trimEnd()}`;
    })
    .join('\n');
}

/** `Deployment fraud-a`, as plans and diffs name it. */
export const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

/** `9 objects: 1 Deployment, 2 Service, …`, in the order of applying. */
export function kindsText(objects: readonly KubernetesObject[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`);
  return `${objects.length} ${objects.length === 1 ? 'object' : 'objects'}: ${kinds.join(', ')}`;
}
