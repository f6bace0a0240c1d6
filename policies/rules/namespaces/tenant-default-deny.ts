import type { Reader } from '../../reader.ts';
import type { GraphRule } from '../../rule.ts';
import { exampleNamespace } from './example.ts';
import { knownText, withoutAny } from './tenants.ts';

const POLICY = 'networking.k8s.io/NetworkPolicy';
const DIRECTIONS = ['Ingress', 'Egress'];

const policy = (policyTypes: readonly string[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'weir-default-deny', namespace: 'tenant-shop' },
  spec: { podSelector: {}, policyTypes },
});

export const tenantDefaultDeny: GraphRule = {
  kind: 'graph',
  id: 'tenant-default-deny',
  title: 'pods of a tenant talk to nobody unless a policy says so',
  reason: 'Without a policy that selects every pod and allows nothing, one tenant’s pod reaches the models and the data of all others.',
  remedy: 'Make tenants by their files, or add a NetworkPolicy with an empty podSelector, both policyTypes and no rules.',
  severity: 'high',
  ids: ['CKV2_K8S_6', 'NSA: network policies'],
  scope: 'weir',
  check: (graph) =>
    withoutAny(graph, POLICY, 'has no NetworkPolicy that denies what no other allows', (policies) =>
      policies.some(({ reader }) => deniesAll(reader)),
    ),
  notAtAdmission: 'Several objects are needed: what is missing beside a namespace shows in neither.',
  pass: [{ props: exampleNamespace() }, { props: policy(DIRECTIONS) }],
  fail: [{ props: exampleNamespace() }, { props: policy(['Ingress']) }],
};

/** A selector that is not known yet is taken for a narrow one: the wall must be plain to see. */
function deniesAll(networkPolicy: Reader): boolean {
  const spec = networkPolicy.read('spec');
  if (spec.kind !== 'known') return false;
  const selects = (path: string): boolean => {
    const read = networkPolicy.read(path);
    return read.kind === 'missing' || (read.kind === 'known' && Object.keys(Object(read.value)).length === 0);
  };
  const types = DIRECTIONS.map((_, index) => knownText(networkPolicy, `spec.policyTypes.${index}`));
  const both = DIRECTIONS.every((direction) => types.includes(direction));
  return both && ['podSelector.matchLabels', 'podSelector.matchExpressions', 'ingress', 'egress'].every((path) => selects(`spec.${path}`));
}
