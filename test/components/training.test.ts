import { expect, test } from 'vitest';
import { chartPin } from '../../charts/pins.ts';
import { argoWorkflowsValues } from '../../charts/values/argo-workflows.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import type { PoolsArgs } from '../../components/karpenter/pool.ts';
import { cpuPools, gpuPools } from '../../components/karpenter/pools.ts';
import { KUEUE_VERSION } from '../../components/training/plan.ts';
import { FLAVORS } from '../../components/training/queues.ts';
import { planWorkflows, type WorkflowsArgs } from '../../components/training/workflows-plan.ts';
import type { TenantModel } from '../../runtime/model/loaded.ts';
import { placementOf } from '../../runtime/model/render/placement.ts';
import { TRAINING_RULES } from '../support/destroy-training.ts';
import { ofType, statementsOf, theOne } from './graphs.ts';
import { type Change, workGraph } from './training-graphs.ts';

const RELEASE = 'kubernetes:helm.sh/v3:Release';
const RUNTIME = 'kubernetes:trainer.kubeflow.org/v1alpha1:ClusterTrainingRuntime';
const FLAVOR = 'kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor';
const PEOPLE: NonNullable<Change['people']> = {
  issuer: 'https://login.example.com',
  clientId: 'weir',
  secret: 'weir/test/people',
  domain: 'ml.example.com',
};

const plain = (value: unknown) => JSON.parse(JSON.stringify(unwrapped(value))); // what a chart reads: data
const valuesOf = (graph: Graph, chart: string) => plain(theOne(graph, RELEASE, chart).inputs.values);

test.each(TRAINING_RULES)('$id: $rule', async ({ check, broken }) => {
  const graph = await workGraph();
  expect(check(graph)).toEqual([]);
  expect(check(broken(graph))).not.toEqual([]);
});

test('a plan has the resources that an update has', async () => {
  const planned = [...(await workGraph({}, true)).keys()].sort();
  expect(planned).toEqual([...(await workGraph()).keys()].sort());
});

test('Kueue gates neither models nor anything outside of tenants: no deployments, and only namespaces with the label', async () => {
  const { managerConfig } = valuesOf(await workGraph(), 'kueue');
  const config = JSON.parse(managerConfig.controllerManagerConfigYaml);
  expect(config.integrations.frameworks).toEqual(['batch/job', 'jobset.x-k8s.io/jobset', 'trainer.kubeflow.org/trainjob', 'pod']);
  expect(config.manageJobsWithoutQueueName).toBe(false);
  expect(config.managedJobsNamespaceSelector).toEqual({ matchExpressions: [{ key: 'weir.dev/tenant', operator: 'Exists' }] });
});

test('the image of Kueue is of the version that the chart has', () => {
  expect(KUEUE_VERSION).toBe(chartPin('kueue').appVersion);
});

test("Kueue lives on system nodes, two of it outside dev; in another team's cluster anywhere", async () => {
  const own = valuesOf(await workGraph(), 'kueue').controllerManager;
  expect(own).toMatchObject({ replicas: 2, nodeSelector: { workload: 'system' }, podDisruptionBudget: { enabled: true } });
  const others = valuesOf(await workGraph({ ownNodes: false, replicas: 1 }), 'kueue').controllerManager;
  expect(others).toMatchObject({ replicas: 1, nodeSelector: {}, podDisruptionBudget: { enabled: false } });
});

test('flavors are the pools by their label, and work that does not tolerate the taint of one is not admitted there', async () => {
  const flavors = ofType(await workGraph(), FLAVOR).map(({ inputs }) => plain(inputs));
  expect(
    flavors.map(({ metadata, spec }) => [metadata.name, spec.nodeLabels.workload, spec.nodeTaints.map(({ key }: { key: string }) => key)]),
  ).toEqual([
    ['general', 'general', []],
    ['cpu-inference', 'cpu-inference', ['workload']],
    ['gpu-training', 'gpu-training', ['nvidia.com/gpu']],
    ['gpu-inference', 'gpu-inference', ['nvidia.com/gpu']],
  ]);
});

test.each([
  ['none', 'cpu-inference'],
  ['whole', 'gpu-inference'],
] as const)('batch jobs of a model with gpu: %s fit the flavor %s, and tolerate it', (gpu, flavor) => {
  const serving: TenantModel['serving'] = JSON.parse(JSON.stringify({ gpu })); // the rest of it says nothing of placement
  const cost: TenantModel['cost'] = JSON.parse('{ "spot": false }');
  const { nodeSelector, tolerations } = placementOf({ serving, cost }, 3);
  const fitting = FLAVORS.filter(({ nodeLabels }) => nodeLabels.workload === nodeSelector.workload);
  expect(fitting.map(({ name }) => name)).toEqual([flavor]);
  for (const taint of fitting.flatMap(({ nodeTaints }) => nodeTaints)) expect(tolerations.some(({ key }) => key === taint.key)).toBe(true);
});

test('every flavor is a pool with the same label and the same taints', () => {
  const families = { gpuFamilies: ['g6'], trainingFamilies: ['p5'] };
  const args: PoolsArgs = {
    generalCpu: 8,
    inferenceCpu: 8,
    gpus: 1,
    gpuSpot: 'on',
    trainingGpus: 8,
    sharedGpus: 1,
    sharedBy: 2,
    consolidation: 'WhenEmpty',
    ...families,
  };
  const pools = [...cpuPools(args), ...gpuPools(args)];
  for (const { name, nodeLabels, nodeTaints } of FLAVORS) {
    const pool = pools.find((candidate) => candidate.name === name);
    expect([name, pool?.labels.workload, pool?.taints]).toEqual([name, nodeLabels.workload, nodeTaints]);
  }
});

test('training on GPUs is held to its pool, is left alone for a day, and gives way to models; without such a pool there is none', async () => {
  const runtimes = ofType(await workGraph(), RUNTIME).map(({ inputs }) => plain(inputs));
  expect(runtimes.map(({ metadata }) => metadata.name)).toEqual(['cpu', 'torch']);
  for (const { spec } of runtimes) {
    const { metadata, spec: pod } = spec.template.spec.replicatedJobs[0].template.spec.template;
    expect(metadata.annotations).toEqual({ 'karpenter.sh/do-not-disrupt': '24h' });
    expect(pod).toMatchObject({ priorityClassName: 'training', automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    expect(pod.containers[0].image).toBeUndefined();
  }
  const torch = runtimes[1].spec.template.spec.replicatedJobs[0].template.spec.template.spec;
  expect(torch).toMatchObject({ nodeSelector: { workload: 'gpu-training' }, tolerations: [{ key: 'nvidia.com/gpu' }] });
  expect(ofType(await workGraph({ trainingGpus: 0 }), RUNTIME).map(({ inputs }) => plain(inputs).metadata.name)).toEqual(['cpu']);
});

test('a workflow ends after a day, waits in the queue of its tenant, runs as the tenant and leaves its results below its namespace', async () => {
  const values = valuesOf(await workGraph(), 'argo');
  expect(values.controller.workflowDefaults.spec).toMatchObject({
    activeDeadlineSeconds: 86_400,
    ttlStrategy: { secondsAfterCompletion: 86_400 },
    serviceAccountName: 'weir-training',
    podMetadata: { labels: { 'kueue.x-k8s.io/queue-name': "{{=trimPrefix(workflow.namespace, 'tenant-')}}" } },
  });
  const { s3 } = values.artifactRepository;
  expect(s3).toMatchObject({ useSDKCreds: true, endpoint: 's3.eu-west-1.amazonaws.com', insecure: false });
  expect(s3.keyFormat).toBe('workflows/{{workflow.namespace}}/{{workflow.name}}/{{pod.name}}');
  expect(values.controller.persistence).toMatchObject({
    archive: true,
    postgresql: { sslMode: 'verify-full', passwordSecret: { name: 'argo-database' } },
  });
});

test('the page lets nobody in without a token; with a provider people sign in, and are what their groups are', async () => {
  expect(valuesOf(await workGraph(), 'argo').server.authModes).toEqual(['client']);
  const graph = await workGraph({ people: PEOPLE });
  const { server } = valuesOf(graph, 'argo');
  expect(server.authModes).toEqual(['client', 'sso']);
  expect(server.sso).toMatchObject({ issuer: PEOPLE.issuer, redirectUrl: 'https://argo.ml.example.com/oauth2/callback', rbac: { enabled: true } });
  const secret = plain(theOne(graph, 'kubernetes:external-secrets.io/v1:ExternalSecret', 'sign-in-secret-secret').inputs.spec);
  expect(secret.data).toEqual([{ secretKey: 'client-secret', remoteRef: { key: 'weir/test/people', property: 'client-secret' } }]);
});

test('the page reads what steps left, and nothing else of the bucket', async () => {
  const policy = theOne(await workGraph(), 'aws:iam/rolePolicy:RolePolicy', 'workflows-role-policy').inputs.policy;
  const { ReadWhatStepsLeft, ListWhatStepsLeft } = statementsOf(policy);
  expect(ReadWhatStepsLeft).toMatchObject({ Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::features/workflows/*'] });
  expect(ListWhatStepsLeft).toMatchObject({ Condition: { StringLike: { 's3:prefix': 'workflows/*' } } });
});

test('a provider that is not asked over TLS is refused', () => {
  const args: WorkflowsArgs = JSON.parse(JSON.stringify({ people: { ...PEOPLE, issuer: 'http://login.example.com' } })); // nothing else of them is read before
  expect(() => planWorkflows(args)).toThrow('gateway.people.issuer  "http://login.example.com" is not https');
});

test('no value of a chart holds a secret: passwords are named by their Secrets', () => {
  const at = { bucket: 'b', region: 'eu-west-1', endpoint: 's3', keyArn: 'k', prefix: 'workflows/' };
  const values = argoWorkflowsValues({
    replicas: 1,
    database: { host: 'h', name: 'argo', secretName: 'argo-database' },
    artifacts: at,
    certificates: { image: 'i', path: '/p' },
    queueLabel: 'q',
    workflowServiceAccount: 'weir-training',
  });
  expect(Object.keys(values.controller.persistence.postgresql).sort()).not.toContain('password');
  expect(values.useStaticCredentials).toBe(false);
});
