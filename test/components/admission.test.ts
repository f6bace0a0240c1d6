import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { needs } from '../../cli/graph/needs.ts';
import { Admission } from '../../components/admission/admission.ts';
import { planAdmission } from '../../components/admission/plan.ts';
import { RULES } from '../../policies/catalogue.ts';
import type { Level } from '../../policies/rule.ts';
import { graphOf, ofType } from './graphs.ts';

const POLICY = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy';
const IMAGES = { registries: ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/'], platformImages: [] };

/** Of Kubernetes and of Karpenter. */
const LIE_IN_NONE = [
  'namespaces',
  'clusterroles',
  'clusterrolebindings',
  'nodes',
  'persistentvolumes',
  'customresourcedefinitions',
  'nodepools',
  'ec2nodeclasses',
];

const admission = (own: boolean, levels: Readonly<Record<string, Level>> = {}) =>
  graphOf(() => {
    const provider = new k8s.Provider('test-kubernetes', {});
    const options = { providers: [provider] };
    const kind = new k8s.core.v1.ConfigMap('kind', {}, { provider });
    return new Admission('test-admission', { ...IMAGES, levels, ownCluster: pulumi.output(own), after: [kind] }, options);
  });

test('every policy refuses what it cannot judge, and none is asked about a delete', async () => {
  const policies = ofType(await admission(true), POLICY);
  expect(policies).toHaveLength(RULES.filter(({ admission }) => admission !== undefined).length + 1); // and the epochs of routes
  for (const { inputs } of policies) {
    expect(inputs.spec).toMatchObject({ failurePolicy: 'Fail' });
    expect(JSON.stringify(inputs.spec)).not.toContain('DELETE');
  }
});

test('what is on its way out is never refused: finalizers are updates', () => {
  for (const { spec } of planAdmission(IMAGES)) {
    expect(spec.matchConditions).toContainEqual({ name: 'not-going', expression: '!has(object.metadata.deletionTimestamp)' });
  }
});

test('no policy over what runs holds in kube-system or in a namespace that is not of Weir', () => {
  for (const { spec, places } of planAdmission(IMAGES)) {
    if (LIE_IN_NONE.some((kind) => JSON.stringify(spec.matchConstraints).includes(`"${kind}"`))) continue;
    for (const { namespaces } of places) expect(JSON.stringify(namespaces)).toMatch(/"weir\.dev\/tenant"|"kubernetes\.io\/metadata\.name"/);
    expect(JSON.stringify(places)).not.toContain('kube-system');
  }
});

test('a binding goes before its policy, and that before the kinds that it is about', async () => {
  const graph = await admission(true);
  for (const binding of ofType(graph, `${POLICY}Binding`)) {
    const policy = ofType(graph, POLICY).find(
      ({ inputs }) => JSON.stringify(inputs.metadata) === JSON.stringify({ name: Object(binding.inputs.spec).policyName }),
    );
    expect(needs(graph, binding.urn)).toContain(policy?.urn);
    expect([...needs(graph, binding.urn)].join()).toContain('ConfigMap::kind');
  }
});

test("in another team's cluster their privileged namespaces are warned about, and Weir's rules hold all the same", async () => {
  const actions = async (own: boolean) => {
    const bindings = ofType(await admission(own), `${POLICY}Binding`).map(({ inputs }) => Object(inputs.spec));
    return Object.fromEntries(bindings.map(({ policyName, validationActions }) => [policyName, validationActions]));
  };
  expect(await actions(true)).toMatchObject({ 'weir-namespace-not-privileged': ['Deny'], 'weir-image-digest': ['Deny'] });
  expect(await actions(false)).toMatchObject({
    'weir-namespace-not-privileged': ['Warn', 'Audit'],
    'weir-tenant-pss-labels': ['Deny'],
    'weir-image-digest': ['Deny'],
  });
});

test.each([
  [[], 'is empty'],
  [['registry.example.com'], '"registry.example.com" has no end'],
  [["registry.example.com'/"], 'is no name of an image'],
])('registries %j are refused', (registries, words) => {
  expect(() => planAdmission({ registries, platformImages: [] })).toThrow(words);
});

test('a policy about kinds that lie in no namespace names none: a selector of namespaces does not keep it from those', () => {
  const about = planAdmission(IMAGES).filter(({ spec }) => LIE_IN_NONE.some((kind) => JSON.stringify(spec.matchConstraints).includes(`"${kind}"`)));
  expect(about.length).toBeGreaterThan(5);
  for (const { places } of about) expect(places.map(({ namespaces }) => namespaces)).toEqual([{}]);
});

test("pools and classes of nodes of another team's cluster are theirs: they are warned", async () => {
  const actions = async (own: boolean) =>
    ofType(await admission(own), `${POLICY}Binding`)
      .map(({ inputs }) => Object(inputs.spec))
      .filter(({ policyName }) => /^weir-(nodepool|gpu-pool|karpenter)-/.test(policyName))
      .map(({ validationActions }) => validationActions.join());
  expect(await actions(true)).toEqual(Array.from({ length: 5 }, () => 'Deny'));
  expect(await actions(false)).toEqual(Array.from({ length: 5 }, () => 'Warn,Audit'));
});

test('a rule that the stack file makes advisory warns, and one that it disables is not there', async () => {
  const graph = await admission(true, { 'image-digest': 'advisory', 'pod-ro-root': 'disabled' });
  const bindings = ofType(graph, `${POLICY}Binding`).map(({ inputs }) => Object(inputs.spec));
  const actionsOf = (policy: string) => bindings.filter(({ policyName }) => policyName === policy).map(({ validationActions }) => validationActions);
  expect(actionsOf('weir-image-digest')).toEqual([['Warn', 'Audit']]);
  expect(actionsOf('weir-pod-ro-root')).toEqual([]);
  expect(actionsOf('weir-image-not-latest')).toContainEqual(['Deny']);
  expect(ofType(graph, POLICY).map(({ name }) => name)).not.toContain('test-admission-weir-pod-ro-root');
});
