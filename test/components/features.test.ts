import { expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { featureStoreYaml } from '../../components/features/feature-store.ts';
import { FEAST, planFeatures } from '../../components/features/plan.ts';
import { FEATURE_SERVER } from '../../stacks/platform/addresses.ts';
import { needsOf, ofType, statementsOf, theOne } from './graphs.ts';
import { type Change, FEAST_IMAGE, workGraph } from './training-graphs.ts';

const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
const JOB = 'kubernetes:batch/v1:Job';
const plain = (value: unknown) => JSON.parse(JSON.stringify(unwrapped(value))); // what the API server reads: data
const statements = async (change: Change = {}) =>
  statementsOf(theOne(await workGraph(change), 'aws:iam/rolePolicy:RolePolicy', 'features-role-policy').inputs.policy);
const server = async (change: Change = {}) => plain(theOne(await workGraph(change), DEPLOYMENT, 'server-pods').inputs.spec);

test('the server is where models are told it is', async () => {
  const { metadata, spec } = plain(theOne(await workGraph(), 'kubernetes:core/v1:Service', 'server-service').inputs);
  expect(`http://${metadata.name}.${metadata.namespace}:${spec.ports[0].port}`).toBe(FEATURE_SERVER);
});

test('the autoscaler alone decides how many servers there are: two to ten at 70 % of their CPU', async () => {
  expect(await server()).not.toHaveProperty('replicas');
  const { spec } = plain(theOne(await workGraph(), 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler').inputs);
  expect(spec).toMatchObject({ minReplicas: 2, maxReplicas: 10, scaleTargetRef: { kind: 'Deployment', name: 'feast' } });
  expect(spec.metrics).toEqual([{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }]);
});

test('nothing starts before tables and permissions are there: without one permission Feast grants everything', async () => {
  const graph = await workGraph();
  expect(needsOf(graph, theOne(graph, DEPLOYMENT, 'server-pods'))).toContain('test-features-set-up');
  expect(needsOf(graph, theOne(graph, 'kubernetes:batch/v1:CronJob'))).toContain('test-features-set-up');
  expect(plain(theOne(graph, JOB, 'set-up').inputs.spec).template.spec.containers[0].command).toEqual(['python', '-m', 'weir_permissions']);
});

test('no server is started with a word that stands for any permission, and none with a password of Valkey', async () => {
  const names = (await server()).template.spec.containers[0].env.map(({ name }: { name: string }) => name);
  expect(names).not.toContain('INTRA_COMMUNICATION_BASE64');
  expect(names).toContain('FEAST_VALKEY_USER');
  expect(featureStoreYaml({ project: 'p', region: 'r', online: 'valkey', certificates: 'c' })).not.toMatch(/password=/);
});

test('another feature_store.yaml starts the servers again', async () => {
  const digest = async (change: Change) => (await server(change)).template.metadata.annotations['weir.dev/store'];
  expect(await digest({})).toMatch(/^[0-9a-f]{64}$/);
  expect(await digest({})).not.toBe(await digest({ online: { kind: 'dynamodb' } }));
});

test('servers are restricted, are asked for their health, and end after they are forgotten', async () => {
  const { spec } = (await server()).template;
  const [container] = spec.containers;
  expect(container).toMatchObject({ image: FEAST_IMAGE, securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } });
  expect(['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => container[probe].httpGet.path)).toEqual([
    '/health',
    '/health',
    '/health',
  ]);
  expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(container.lifecycle.preStop.sleep.seconds);
  expect(container.command).toEqual(expect.arrayContaining(['--workers', '3', '--metrics', '--registry_ttl_sec', '300']));
});

test('connecting to Valkey is allowed as one user of one group', async () => {
  const { OnlineFeatures } = await statements();
  const of = (what: string) => `arn:aws:elasticache:eu-west-1:123456789012:${what}`;
  expect(OnlineFeatures).toMatchObject({
    Action: ['elasticache:Connect'],
    Resource: [of('replicationgroup:weir-test-features'), of('user:weir-test-feast-rw')],
  });
});

test('with DynamoDB the tables of the project are all that is allowed, and nothing of Valkey is asked', async () => {
  const change: Change = { online: { kind: 'dynamodb' } };
  const { OnlineFeatures } = await statements(change);
  expect(OnlineFeatures).toMatchObject({ Resource: ['arn:aws:dynamodb:eu-west-1:123456789012:table/test_platform.*'] });
  expect(JSON.stringify(await server(change))).not.toContain('VALKEY');
});

test('queries end at a limit, and their results lie encrypted where the workgroup says', async () => {
  const { configuration } = plain(theOne(await workGraph(), 'aws:athena/workgroup:Workgroup').inputs);
  expect(configuration).toMatchObject({
    enforceWorkgroupConfiguration: true,
    bytesScannedCutoffPerQuery: 107_374_182_400,
    resultConfiguration: { outputLocation: 's3://athena/features/', encryptionConfiguration: { encryptionOption: 'SSE_KMS' } },
  });
});

test('the catalogue of features over time is kept when the stack goes', async () => {
  expect(theOne(await workGraph(), 'aws:glue/catalogDatabase:CatalogDatabase')).toMatchObject({ protect: true, retainOnDelete: true });
});

test('an environment with a hyphen has names that Feast and Glue take', () => {
  const { project, glueDatabase } = planFeatures({
    env: 'prod-eu',
    account: '1',
    partition: 'aws',
    region: 'r',
    online: { kind: 'dynamodb' },
    keyArn: 'k',
  });
  expect([project, glueDatabase]).toEqual(['prod_eu_platform', 'weir_prod_eu_features']);
});

test('tenants and the runtime reach the servers, Prometheus their metrics, nobody else anything', async () => {
  const { spec } = plain(theOne(await workGraph(), 'kubernetes:networking.k8s.io/v1:NetworkPolicy', 'access-traffic').inputs);
  const ports = spec.ingress.map(({ ports: list }: { ports: { port: number }[] }) => list.map(({ port }) => port));
  expect(ports).toEqual([[FEAST.port], [FEAST.metricsPort]]);
  expect(spec.ingress.every(({ from }: { from?: unknown[] }) => from !== undefined && from.length > 0)).toBe(true);
  expect(spec.podSelector).toEqual({});
});

test('the servers may ask whose a token is and which roles its owner has here, and nothing else of Kubernetes', async () => {
  const graph = await workGraph();
  const rules = ['Role', 'ClusterRole'].flatMap((kind) =>
    ofType(graph, `kubernetes:rbac.authorization.k8s.io/v1:${kind}`).flatMap(({ inputs }) => plain(inputs.rules)),
  );
  expect(rules).toEqual([
    { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'], verbs: ['get', 'list'] },
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  ]);
});

test('a materialisation starts hourly, never twice at once, and ends before the next', async () => {
  const { spec } = plain(theOne(await workGraph(), 'kubernetes:batch/v1:CronJob').inputs);
  expect(spec).toMatchObject({ schedule: '7 * * * *', concurrencyPolicy: 'Forbid' });
  expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBeLessThan(3600);
});
