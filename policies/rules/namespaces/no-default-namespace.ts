import type { Reader } from '../../reader.ts';
import type { Resource } from '../../resource.ts';
import type { ResourceGraph } from '../../resource-graph.ts';
import type { GraphRule } from '../../rule.ts';
import { WORKLOADS } from '../pods/workload.ts';

/** What lies in a namespace, as far as somebody chose it. A Role there is about what is in default, such as Kubernetes' own Service, and cannot lie elsewhere. */
const KINDS = [...WORKLOADS, 'Service', 'Secret', 'ConfigMap', 'ServiceAccount', 'PersistentVolumeClaim', 'networking.k8s.io/Ingress'];
/** What Kubernetes itself puts there. */
const ITS_OWN = ['kubernetes', 'default', 'kube-root-ca.crt'];

const config = (namespace?: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data: { level: 'info' } });

export const noDefaultNamespace: GraphRule = {
  kind: 'graph',
  id: 'no-default-namespace',
  title: 'nothing lies in the namespace default',
  reason: 'It has no owner, no quota, no pod security and no network policy, and everything that forgot to say where it belongs meets there.',
  remedy: 'Name a namespace in metadata.namespace, or in the provider of the stack.',
  severity: 'low',
  ids: ['KSV-0110', 'CKV_K8S_21'],
  scope: 'any',
  check: (graph) =>
    KINDS.flatMap((key) =>
      graph.each(key, ({ resource, reader }) => {
        const namespace = reader.text('metadata.namespace');
        if (namespace === undefined ? !landsThere(graph, resource) : namespace !== 'default') return [];
        return ITS_OWN.includes(nameOf(reader)) ? [] : [reader.problem('metadata.namespace', 'lies in the namespace default')];
      }),
    ),
  notAtAdmission:
    'A node is looked into by a pod there (kubectl debug), at night and by hand, and what Kubernetes and EKS put there is no fixed list.',
  pass: [{ props: config('tenant-shop') }],
  fail: [{ props: config('default') }],
};

/** Without a namespace: of a file whoever applies it says where; of a stack nobody does, but its provider. */
function landsThere(graph: ResourceGraph, { urn, options }: Resource): boolean {
  if (!urn.startsWith('urn:pulumi:')) return false;
  const provider = options.provider === undefined ? undefined : graph.at(options.provider);
  return provider === undefined || !provider.reader.has('namespace');
}

const nameOf = (object: Reader): string => object.text('metadata.name') ?? '';
