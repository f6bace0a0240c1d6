import { readdirSync, readFileSync } from 'node:fs';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { needs } from '../../cli/graph/needs.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { ClusterBase } from '../../components/kubernetes/cluster-base.ts';
import { ModelApi } from '../../components/kubernetes/model-api.ts';
import { planModelApi } from '../../components/kubernetes/model-api-plan.ts';
import { kubernetesProvider } from '../../components/kubernetes/provider.ts';
import { graphOf, nodeOf } from './stores.ts';

const CLASS = 'kubernetes:storage.k8s.io/v1:StorageClass';
const PRIORITY = 'kubernetes:scheduling.k8s.io/v1:PriorityClass';
const DEFINITION = 'kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition';
const POLICY = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy';
const BINDING = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding';

const inside = () => ({ providers: [new k8s.Provider('test-kubernetes', {})] });
const base = (own = true) =>
  graphOf(() => new ClusterBase('test-base', { version: '1.35', ownCluster: pulumi.output(own), volumeKeyArn: 'arn:key' }, inside()));
const api = () => graphOf(() => new ModelApi('test-models', inside()));
const of = (graph: Graph, type: string) => [...graph.values()].filter((node) => node.type === type);

test('a namespace takes only pods of the restricted kind, by the rules of the version that runs', async () => {
  expect(nodeOf(await base(), 'kubernetes:core/v1:Namespace', /weir-system$/).inputs.metadata).toEqual({
    name: 'weir-system',
    labels: {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.35',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.35',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'v1.35',
    },
  });
});

test('volumes are gp3, encrypted with the given key, and made in the zone of their pod', async () => {
  expect(nodeOf(await base(), CLASS).inputs).toMatchObject({
    metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true', kmsKeyId: 'arn:key' },
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
});

test("in another team's cluster the default class stays theirs, and volumes have a key that their driver may use", async () => {
  const { inputs } = nodeOf(await base(false), CLASS);
  expect(inputs).toMatchObject({ metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } } });
  expect(inputs.parameters).toEqual({ type: 'gp3', encrypted: 'true' });
});

test('critical models outlive models, those drift, that training; pods without a class lie between drift and training', async () => {
  const classes = of(await base(), PRIORITY).map(({ inputs }) => inputs);
  const byValue = classes.toSorted((one, other) => Number(other.value) - Number(one.value));
  expect(byValue.map(({ metadata }) => metadata)).toEqual(['inference-critical', 'inference', 'drift', 'training'].map((name) => ({ name })));
  expect(byValue.map(({ value }) => Math.sign(Number(value)))).toEqual([1, 1, 1, -1]);
  expect(classes.filter(({ globalDefault }) => globalDefault !== false)).toEqual([]);
  expect(byValue.map(({ preemptionPolicy }) => preemptionPolicy)).toEqual([...Array<string>(3).fill('PreemptLowerPriority'), 'Never']);
});

test('every priority that rendered pods name is there', async () => {
  const names = of(await base(), PRIORITY).map(({ inputs }) => JSON.stringify(inputs.metadata));
  const rendered = readdirSync('test/golden/render', { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => [...readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8').matchAll(/priorityClassName: (\S+)/g)].map(([, name]) => name));
  expect(rendered.length).toBeGreaterThan(0);
  for (const name of new Set(rendered)) expect(names).toContain(JSON.stringify({ name }));
});

test('both kinds are defined as charts/crds says, wherever the program was started', async () => {
  const definitions = of(await api(), DEFINITION);
  expect(definitions.map(({ name }) => name)).toEqual(['test-models-crd-modelactions', 'test-models-crd-models']);
  expect(definitions.map(({ inputs }) => inputs.metadata)).toEqual([{ name: 'modelactions.weir.dev' }, { name: 'models.weir.dev' }]);
  expect(definitions.map(({ inputs }) => inputs.spec)).toEqual(planModelApi().definitions.map(({ spec }) => spec));
  const before = process.cwd();
  try {
    process.chdir('stacks');
    expect(planModelApi().definitions).toHaveLength(2);
  } finally {
    process.chdir(before);
  }
});

test('a model of another tenant is denied: the policy is there and bound', async () => {
  const graph = await api();
  const policy = nodeOf(graph, POLICY);
  expect(policy.inputs).toMatchObject({ metadata: { name: 'weir-model-namespace' }, spec: { failurePolicy: 'Fail' } });
  expect(nodeOf(graph, BINDING).inputs).toMatchObject({ spec: { policyName: 'weir-model-namespace', validationActions: ['Deny'] } });
});

test('bindings go before policies, policies before definitions', async () => {
  const graph = await api();
  const [policy, binding] = [nodeOf(graph, POLICY), nodeOf(graph, BINDING)];
  expect(needs(graph, binding.urn).has(policy.urn)).toBe(true);
  expect([...needs(graph, policy.urn)]).toEqual(expect.arrayContaining(of(graph, DEFINITION).map(({ urn }) => urn)));
});

test('nothing that forgets, takes or adopts objects is set on the provider, and it knows its cluster', async () => {
  const graph = await graphOf(() => kubernetesProvider('test-kubernetes', { kubeconfig: '{}', clusterArn: 'arn:cluster' }, {}));
  const { inputs } = nodeOf(graph, 'pulumi:providers:kubernetes');
  expect(Object.keys(inputs).sort()).toEqual([
    'clusterIdentifier',
    'enableServerSideApply',
    'helmReleaseSettings',
    'kubeClientSettings',
    'kubeconfig',
    'suppressHelmHookWarnings',
  ]);
  expect(inputs).toMatchObject({ clusterIdentifier: 'arn:cluster' });
});
