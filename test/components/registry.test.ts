import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { planDatabases } from '../../components/registry/databases-plan.ts';
import { needsOf, ofType, statementsOf, theOne } from './graphs.ts';
import { workGraph } from './training-graphs.ts';

const RELEASE = 'kubernetes:helm.sh/v3:Release';
const JOB = 'kubernetes:batch/v1:Job';
const SECRET = 'kubernetes:external-secrets.io/v1:ExternalSecret';
const POLICY = 'aws:iam/rolePolicy:RolePolicy';
const plain = (value: unknown) => JSON.parse(JSON.stringify(unwrapped(value))); // what a chart reads: data
const mlflow = async (change = {}) => plain(theOne(await workGraph(change), RELEASE, 'mlflow').inputs.values);
const podOf = (graph: Graph, end: string) => plain(theOne(graph, JOB, end).inputs.spec).template.spec;

/** The keys that the templates of MLflow's chart read (github.com/mlflow/mlflow, charts/values.yaml and templates, read on 2026-11-21). */
const CHART_KEYS =
  'image imagePullSecrets fullnameOverride replicaCount deploymentStrategy server probes garbageCollection service ingress mlflow env envFrom extraVolumes extraVolumeMounts extraInitContainers extraContainers tls migrations externalSecrets networkPolicy metrics serviceMonitor podSecurityContext securityContext serviceAccount namespace_rbac cluster_rbac storage resources podAnnotations podLabels nodeSelector tolerations affinity'.split(
    ' ',
  );

test('every value is one that the chart reads', async () => {
  expect(Object.keys(await mlflow()).filter((key) => !CHART_KEYS.includes(key))).toEqual([]);
});

test('the server answers to its own names alone, and shows nothing to whoever was granted nothing', async () => {
  const { server } = await mlflow();
  const { allowed_hosts: hosts, app_name: app, x_frame_options: frames, cors_allowed_origins: origins } = server.value_options;
  expect(hosts.split(',')).toEqual([
    'mlflow.ml.example.com',
    ...['', '.svc', '.svc.cluster.local'].flatMap((end) => [`mlflow.mlflow${end}`, `mlflow.mlflow${end}:*`]),
  ]);
  expect([app, frames, origins]).toEqual(['basic-auth', 'DENY', 'https://mlflow.ml.example.com']);
  expect(readFileSync('image/mlflow/weir_mlflow.py', 'utf8')).toContain('"default_permission": "NO_PERMISSIONS"');
});

test('its image is named by digest: the chart puts a colon between the two values', async () => {
  const { image } = await mlflow();
  expect(`${image.repository}:${image.tag}`).toMatch(/^1\.dkr\.ecr\/mlflow@sha256:[0-9a-f]{64}$/);
});

test('tables are there before the server is, made by a Job of ours: the one of the chart fails in an empty database', async () => {
  const graph = await workGraph();
  expect(needsOf(graph, theOne(graph, RELEASE, 'mlflow'))).toContain('test-registry-migration');
  expect(podOf(graph, 'registry-migration').containers[0].command).toEqual(['python', '/weir/weir_mlflow.py', 'migrate']);
  expect((await mlflow()).migrations).toEqual({ enabled: false });
});

test('a dev environment has one server, every other two', async () => {
  expect((await mlflow({ replicas: 1 })).replicaCount).toBe(1);
  expect((await mlflow()).replicaCount).toBe(2);
});

test('the server writes artifacts and no manifest; where versions are locked it deletes nothing', async () => {
  const artifactsOf = async (locked: boolean) =>
    statementsOf(theOne(await workGraph({ locked }), POLICY, 'registry-role-policy').inputs.policy).Artifacts;
  expect(await artifactsOf(true)).toMatchObject({ Resource: ['arn:aws:s3:::models/mlflow/*'] });
  expect((await artifactsOf(true))?.Action).not.toContain('s3:DeleteObject');
  expect((await artifactsOf(false))?.Action).toContain('s3:DeleteObject');
});

test('connections are by TLS to a server whose name is checked, with the driver that MLflow brings', async () => {
  const { target } = plain(theOne(await workGraph(), SECRET, 'registry-database-secret').inputs.spec);
  const { uri } = target.template.data;
  expect(uri).toBe('postgresql+psycopg2://{{ .username }}:{{ .password }}@db.example:5432/mlflow?sslmode=verify-full&sslrootcert=/etc/ssl/rds.pem');
  for (const image of ['mlflow', 'feast']) expect(readFileSync(`image/${image}/Dockerfile`, 'utf8')).toContain('/etc/ssl/rds.pem');
});

test('each of the services has its databases, and the Job may read the master and its own three secrets', async () => {
  const graph = await workGraph();
  const { ReadTheMaster, KeepPasswords } = statementsOf(theOne(graph, POLICY, 'databases-role-policy').inputs.policy);
  expect(ReadTheMaster).toMatchObject({
    Action: ['secretsmanager:GetSecretValue'],
    Resource: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:master'],
  });
  expect(plain(KeepPasswords).Resource).toHaveLength(3);
  const { wanted } = planDatabases({ env: 'test', masterSecretArn: 'a', keyArn: 'k' });
  expect(JSON.parse(wanted).map(({ database, role, secret }: Record<string, string>) => `${database} ${role} ${secret}`)).toEqual([
    'mlflow mlflow weir/test/postgres/mlflow',
    'mlflow_auth mlflow weir/test/postgres/mlflow',
    'feast feast weir/test/postgres/feast',
    'argo argo weir/test/postgres/argo',
  ]);
});

test('no password stands in the state of the stack: secrets have no value there, and nothing else carries one', async () => {
  const graph = await workGraph();
  expect(ofType(graph, 'aws:secretsmanager/secret:Secret')).toHaveLength(3);
  expect(ofType(graph, 'aws:secretsmanager/secretVersion:SecretVersion')).toEqual([]);
  expect(ofType(graph, 'kubernetes:core/v1:Secret')).toEqual([]);
});

test.each(['databases-job', 'registry-migration', 'features-set-up'])('pods of %s are restricted, bounded in time, and have limits', async (end) => {
  const graph = await workGraph();
  const { securityContext, restartPolicy, containers } = podOf(graph, end);
  expect([securityContext.runAsNonRoot, securityContext.seccompProfile, restartPolicy]).toEqual([true, { type: 'RuntimeDefault' }, 'Never']);
  expect(containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  expect(containers[0].resources).toMatchObject({
    requests: { cpu: expect.anything(), memory: expect.anything() },
    limits: { memory: expect.anything() },
  });
  expect(plain(theOne(graph, JOB, end).inputs.spec).activeDeadlineSeconds).toBeGreaterThan(0);
});

test('scripts that images copy, and modules that pods start, are there', () => {
  const files = ['feast', 'mlflow'].flatMap((image) =>
    [...readFileSync(`image/${image}/Dockerfile`, 'utf8').matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' ').map((name) => `image/${image}/${name}`),
    ),
  );
  expect(files).toEqual(expect.arrayContaining(['image/feast/weir_databases.py', 'image/feast/weir_permissions.py', 'image/mlflow/weir_mlflow.py']));
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
