import type * as pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { record } from '../../cli/graph/record.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { Component } from '../../components/base.ts';
import { externalSecret } from '../../components/secrets/external-secret.ts';
import { ExternalSecrets } from '../../components/secrets/external-secrets.ts';
import { type GeneratedSecretArgs, generatedSecret } from '../../components/secrets/generated-secret.ts';
import { GivenSecrets } from '../../components/secrets/given-secrets.ts';
import { type GivenSecret, planGivenSecrets, secretStatements } from '../../components/secrets/plan.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { releasesOf } from '../support/charts.ts';
import { objectsOf } from '../support/platform-parts.ts';
import { graphOf, needsOf, ofType, PLACE, theOne } from './graphs.ts';

const CUSTOM = { generator: 'Password', secret: 'ExternalSecret' } as const;

/** Somebody who needs a generated secret. */
class Needs extends Component {
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: GeneratedSecretArgs) {
    super('weir:test:Needs', name, {});
    this.ready = generatedSecret(`${name}-admin`, args, this.child()).ready;
    this.registerOutputs();
  }
}

const grafana: GeneratedSecretArgs = {
  namespace: 'monitoring',
  secretName: 'grafana-admin',
  keys: ['admin-password'],
  template: { 'admin-user': 'admin' },
};

const specOf = (object: unknown): unknown => Object(unwrapped(object)).spec;

test('a generated secret is made once, by the cluster, and nothing of it is told to anybody', async () => {
  const graph = await graphOf(() => void new Needs('prod-grafana', grafana));
  expect(specOf(objectsOf(graph, CUSTOM.secret)['grafana-admin'])).toEqual({
    refreshPolicy: 'CreatedOnce',
    target: {
      name: 'grafana-admin',
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      immutable: true,
      template: { engineVersion: 'v2', mergePolicy: 'Merge', data: { 'admin-user': 'admin' } },
    },
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'grafana-admin' } } }],
  });
});

test('passwords are long, and letters and digits: every client takes them as they are', async () => {
  const graph = await graphOf(() => void new Needs('prod-grafana', { ...grafana, keys: ['one', 'two'] }));
  expect(specOf(objectsOf(graph, CUSTOM.generator)['grafana-admin'])).toEqual({
    length: 32,
    digits: 8,
    symbols: 0,
    noUpper: false,
    allowRepeat: true,
    secretKeys: ['one', 'two'],
  });
});

test('whoever waits for the secret waits until it is there, and the generator stays as long as it does', async () => {
  const graph = await graphOf(() => void new Needs('prod-grafana', grafana));
  const secret = theOne(graph, 'kubernetes:external-secrets.io/v1:ExternalSecret');
  expect(needsOf(graph, secret)).toEqual(['prod-grafana-admin-generator']);
  expect(Object(secret.inputs.metadata).annotations).toEqual({ 'pulumi.com/waitFor': 'condition=Ready' });
});

test.each([
  [{ ...grafana, keys: [] }, 'has no key'],
  [{ ...grafana, keys: ['not a key'] }, '"not a key" is no key of a Secret'],
  [{ ...grafana, template: { 'a/b': 'x' } }, '"a/b" is no key of a Secret'],
])('what Kubernetes would refuse is refused before anything is made: %o', async (args, problem) => {
  const thrown: unknown[] = [];
  await record(() => {
    try {
      generatedSecret('prod-grafana', args, {});
    } catch (error) {
      thrown.push(error);
    }
  });
  expect(thrown).toEqual([expect.objectContaining({ problem })]);
  expect(thrown[0]).toBeInstanceOf(ArgsError);
});

test('a secret of Secrets Manager is read key by key, again every hour, and nothing waits for its value', async () => {
  const remote = { namespace: 'monitoring', secretName: 'weir-alerts', remoteKey: 'weir/prod/alerts', keys: ['slack-url', 'pagerduty-key'] };
  const graph = await graphOf(() => void externalSecret('prod-alerts', remote, {}));
  const object = objectsOf(graph, CUSTOM.secret)['weir-alerts'];
  expect(specOf(object)).toEqual({
    refreshPolicy: 'Periodic',
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'SecretStore', name: 'weir' },
    target: { name: 'weir-alerts', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [
      { secretKey: 'slack-url', remoteRef: { key: 'weir/prod/alerts', property: 'slack-url' } },
      { secretKey: 'pagerduty-key', remoteRef: { key: 'weir/prod/alerts', property: 'pagerduty-key' } },
    ],
  });
  expect(Object(Object(object).metadata).annotations).toBeUndefined();
});

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1';

test("the cluster reads the environment's secrets, writes none, and decrypts for Secrets Manager alone", () => {
  expect(secretStatements({ ...PLACE, env: 'prod', keyArn })).toEqual([
    {
      sid: 'ReadSecrets',
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resources: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:weir/prod/*'],
    },
    {
      sid: 'DecryptSecrets',
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
    },
  ]);
});

test('nobody can reach into another namespace, or write into Secrets Manager', async () => {
  const args = {
    ...PLACE,
    clusterName: 'weir-prod',
    rolePrefix: 'weir-prod',
    keyArn,
    replicas: 2,
    ownNodes: true,
    after: [],
  } as const;
  const graph = await graphOf(() => void new ExternalSecrets('prod-secrets', args));
  const [{ values, namespace } = { values: {}, namespace: '' }] = releasesOf(graph);
  expect(namespace).toBe('external-secrets');
  expect(values).toMatchObject({
    processClusterStore: false,
    processClusterExternalSecret: false,
    processClusterGenerator: false,
    processPushSecret: false,
    processClusterPushSecret: false,
    rbac: { serviceAccountTokenCreate: false },
    replicaCount: 2,
    leaderElect: true,
    podDisruptionBudget: { enabled: true },
  });
  const [link] = ofType(graph, 'aws:eks/podIdentityAssociation:PodIdentityAssociation');
  expect(link?.inputs).toMatchObject({ namespace: 'external-secrets', serviceAccount: Object(values).serviceAccount.name });
});

const alerts: GivenSecret = { key: 'alerts', namespace: 'monitoring', secretName: 'weir-alerts', keys: ['slack-url'] };
const givenArgs = { env: 'prod', region: 'eu-west-1', namespaces: ['monitoring', 'mlflow'], secrets: [alerts], after: [] } as const;

test('what people have put into Secrets Manager is read by its name, and an update waits no longer than it takes to say that it is missing', async () => {
  const graph = await graphOf(() => void new GivenSecrets('prod-given-secrets', givenArgs));
  const secret = theOne(graph, 'kubernetes:external-secrets.io/v1:ExternalSecret');
  expect(secret.inputs).toMatchObject({
    metadata: { name: 'weir-alerts', namespace: 'monitoring', annotations: { 'pulumi.com/waitFor': 'condition=Ready' } },
    spec: { data: [{ secretKey: 'slack-url', remoteRef: { key: 'weir/prod/alerts', property: 'slack-url' } }] },
  });
  expect(secret.timeouts.create).toBe('3m');
  expect(needsOf(graph, secret)).toEqual(['prod-given-secrets-store-monitoring']);
  expect(ofType(graph, 'aws:secretsmanager/secret:Secret')).toEqual([]);
});

test('each namespace has a store of its own, and no secret lies where there is none', async () => {
  const graph = await graphOf(() => void new GivenSecrets('prod-given-secrets', givenArgs));
  const stores = ofType(graph, 'kubernetes:external-secrets.io/v1:SecretStore').map(({ inputs }) => Object(inputs.metadata).namespace);
  expect(stores).toEqual(['monitoring', 'mlflow']);
  expect(() => planGivenSecrets({ ...givenArgs, namespaces: ['mlflow'] })).toThrow('weir-alerts lies in monitoring, which has no store');
});
