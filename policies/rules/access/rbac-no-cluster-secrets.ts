import type { Reader } from '../../reader.ts';
import type { ResourceGraph } from '../../resource-graph.ts';
import type { GraphRule, Problem } from '../../rule.ts';
import { knownText } from '../namespaces/tenants.ts';
import { exampleClusterRole } from './example.ts';
import { CLUSTER_ROLE, CLUSTER_ROLE_BINDING, isBuiltIn, ROLE_BINDING } from './rights.ts';

const READING = ['get', 'list', 'watch', '*'];

/** Bound in a namespace alone, a ClusterRole reads the secrets of that namespace: this is about all of them. */
export const rbacNoClusterSecrets: GraphRule = {
  kind: 'graph',
  id: 'rbac-no-cluster-secrets',
  title: 'nobody reads the secrets of every namespace',
  reason: 'Its token is every other account’s too: passwords, certificates and tokens of all namespaces are secrets.',
  remedy: 'Make it a Role in the namespaces that it is about, or name the secrets in resourceNames.',
  severity: 'high',
  ids: ['KSV-0041', 'CKV2_K8S_5', 'CIS Kubernetes 5.1.2'],
  scope: 'any',
  check: (graph) => {
    const [cluster, local] = [rolesOf(graph, CLUSTER_ROLE_BINDING), rolesOf(graph, ROLE_BINDING)];
    return graph.each(CLUSTER_ROLE, ({ reader }) => {
      const name = reader.text('metadata.name') ?? '';
      const inPlaces = local.has(name) && !cluster.has(name); // bound nowhere that is seen, it may be bound anywhere
      return isBuiltIn(reader) || inPlaces ? [] : reader.each('rules', readsSecrets);
    });
  },
  notAtAdmission: 'Several objects are needed: a ClusterRole may be bound in single namespaces, and reads secrets of those alone.',
  pass: [{ props: exampleClusterRole({ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }) }],
  fail: [{ props: exampleClusterRole({ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }) }],
};

function readsSecrets(rule: Reader): readonly Problem[] {
  const reads = rule.texts('verbs').some((verb) => READING.includes(verb));
  const secrets = rule.texts('resources').some((kind) => kind === 'secrets' || kind === '*');
  const core = rule.texts('apiGroups').some((group) => group === '' || group === '*');
  return reads && secrets && core && !rule.has('resourceNames') ? [rule.problem('resources', 'reads the secrets of every namespace')] : [];
}

/** Names of the ClusterRoles that bindings of a kind give. */
function rolesOf(graph: ResourceGraph, key: string): ReadonlySet<string> {
  const refs = graph.of(key).filter(({ reader }) => knownText(reader, 'roleRef.kind') === 'ClusterRole');
  return new Set(refs.map(({ reader }) => knownText(reader, 'roleRef.name') ?? ''));
}
