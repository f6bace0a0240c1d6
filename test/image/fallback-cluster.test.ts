import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as k8s from '@pulumi/kubernetes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { Runtime } from '../../components/runtime/runtime.ts';
import { MODEL } from '../cluster/good-model.ts';
import { graphOf } from '../components/graphs.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { ROOT } from '../support/sources.ts';
import { tempFolder } from '../support/temp.ts';
import { until } from '../support/until.ts';
import { fetchAs } from './fallback-world.ts';
import { type Started, start } from './start.ts';

const IMAGE = `example.com/weir@sha256:${'1'.repeat(64)}`;
const TENANTS = ['payments', 'shop'];
/** More than a page. */
const MODELS = 1_001;

const modelOf = (tenant: string, model: string, fallback: object) => ({
  ...MODEL,
  metadata: { name: model, namespace: `tenant-${tenant}` },
  spec: { ...MODEL.spec, tenant, model, registry: { model, version: '8' }, route: { path: `/v2/models/${model}` }, fallback },
});
const rows = { inputs: [{ name: 'amount', datatype: 'FP32', shape: [1, 1], data: [1] }] };

describe.skipIf(clusterMissing() !== null)('weir proxy --fallback, against a real API server', () => {
  let cluster: Cluster;
  let server: { readonly host: string; readonly port: string };
  const folder = tempFolder();
  const running: Started[] = [];

  /** The objects of the component, in the order in which they are made. */
  async function applyRuntime(): Promise<void> {
    const runtime = () => new Runtime('test', { image: IMAGE, maxBodyMiB: 1, ownNodes: true, after: [] }, { providers: [new k8s.Provider('k', {})] });
    const graph = await graphOf(runtime);
    for (const { type, inputs } of graph.values()) if (type.startsWith('kubernetes:')) await cluster.apply(Object(unwrapped(inputs)));
  }

  /** A token as the kubelet asks for one, for the account of the component. */
  async function writeAccount(): Promise<string> {
    const path = '/api/v1/namespaces/weir-system/serviceaccounts/weir-fallback/token';
    const asked = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3_600 } };
    const { text } = await cluster.request({ method: 'POST', path, body: { type: 'application/json', text: JSON.stringify(asked) } });
    const { status }: { status: { token: string } } = JSON.parse(text);
    const account = join(folder.path, 'account');
    mkdirSync(account, { recursive: true });
    writeFileSync(join(account, 'token'), status.token);
    return account;
  }

  /** The process as its container starts it, but for the ports. */
  async function proxy(period = 1, env: Readonly<Record<string, string>> = {}) {
    const account = join(folder.path, 'account');
    const variables = { KUBERNETES_SERVICE_HOST: server.host, KUBERNETES_SERVICE_PORT: server.port, WEIR_SERVICE_ACCOUNT: account, ...env };
    const started = start(['proxy', '--fallback', '--port=0', '--admin-port=0', '--host=127.0.0.1', `--period=${period}`], variables);
    running.push(started);
    const ports = (): readonly string[] =>
      /fallbacks at 127\.0\.0\.1:(\d+), health and metrics at 127\.0\.0\.1:(\d+)/.exec(started.output())?.slice(1) ?? [];
    await until(
      () => ports().length === 2,
      () => started.output(),
    );
    const [front = 0, admin = 0] = ports().map(Number);
    const readiness = async () => await (await fetch(`http://127.0.0.1:${admin}/readyz`)).json();
    return { ...started, readiness, admin, ask: (host: string, path: string) => fetchAs(front, host, path, rows) };
  }

  beforeAll(async () => {
    cluster = await startCluster({ crdFiles: [join(ROOT, 'charts/crds/weir.dev_models.yaml')] });
    const {
      clusters,
    }: { clusters: readonly { cluster: { server: string; 'certificate-authority-data'?: string; 'certificate-authority'?: string } }[] } = parse(
      readFileSync(cluster.kubeconfig, 'utf8'),
    );
    const [{ cluster: place } = { cluster: { server: '' } }] = clusters;
    const { hostname: host, port } = new URL(place.server);
    server = { host, port };
    await cluster.createNamespace('weir-system');
    for (const tenant of TENANTS) await cluster.createNamespace(`tenant-${tenant}`);
    await applyRuntime();
    const account = await writeAccount();
    const authority = place['certificate-authority'];
    const given = authority === undefined ? Buffer.from(place['certificate-authority-data'] ?? '', 'base64') : readFileSync(authority);
    writeFileSync(join(account, 'ca.crt'), given);
    await cluster.apply(modelOf('payments', 'fraud', { score: 0.02 }));
    await cluster.apply(modelOf('shop', 'fraud', { score: 0.5 }));
  });
  afterAll(async () => {
    for (const { process } of running) process.kill('SIGKILL');
    folder[Symbol.dispose]();
    await cluster?.close();
  });

  test('answers for the models of the cluster, by the rights that the component gives it', async () => {
    const { ask, readiness, output } = await proxy();
    await until(
      async () => Object(await readiness()).ready === true,
      () => output(),
    );
    expect(await (await ask('payments.ml.example.com', '/v2/models/fraud/infer')).json()).toMatchObject({
      model_version: '8',
      outputs: [{ data: [0.02] }],
    });
    expect(await (await ask('shop.ml.example.com', '/v2/models/fraud/infer')).json()).toMatchObject({ outputs: [{ data: [0.5] }] });
    await cluster.apply(modelOf('shop', 'fraud', { score: 0.7 }), { force: true });
    await until(async () => JSON.stringify(await (await ask('shop.ml.example.com', '/v2/models/fraud/infer')).json()).includes('0.7'));
  });

  test('the same account may read no Secret and change no model', async () => {
    const may = async (verb: string, group: string, resource: string): Promise<boolean> => {
      const user = 'system:serviceaccount:weir-system:weir-fallback';
      const spec = { user, resourceAttributes: { verb, group, resource } };
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
      const body = { type: 'application/json', text: JSON.stringify(review) };
      const { text } = await cluster.request({ method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', body });
      const { status }: { status: { allowed: boolean } } = JSON.parse(text);
      return status.allowed;
    };
    expect(await may('list', 'weir.dev', 'models')).toBe(true);
    for (const [verb, group, resource] of [
      ['list', '', 'secrets'],
      ['patch', 'weir.dev', 'models'],
      ['delete', 'weir.dev', 'models'],
      ['list', 'weir.dev', 'modelactions'],
      ['list', '', 'pods'],
    ] as const) {
      expect([verb, resource, await may(verb, group, resource)]).toEqual([verb, resource, false]);
    }
  });

  test('goes on with what it knows when its token runs out, says so, and takes a new one up without a restart', async () => {
    const { ask, readiness, output } = await proxy();
    await until(async () => Object(await readiness()).ready === true);
    const token = readFileSync(join(folder.path, 'account', 'token'));
    writeFileSync(join(folder.path, 'account', 'token'), 'expired');
    await until(
      async () => Object(await readiness()).failures > 0,
      () => output(),
    );
    expect(await readiness()).toMatchObject({ ready: true, models: 2 });
    expect((await ask('payments.ml.example.com', '/v2/models/fraud/infer')).status).toBe(200);
    expect(output()).toMatch(/models could not be listed, those of \d+ s ago stay: .*401/);
    writeFileSync(join(folder.path, 'account', 'token'), token);
    const before = output();
    await until(
      () => output().slice(before.length).includes('models known'),
      () => output(),
    );
  });

  test('an API server that its authority did not sign is not believed', async () => {
    const other = join(folder.path, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'token'), readFileSync(join(folder.path, 'account', 'token')));
    writeFileSync(join(other, 'ca.crt'), '');
    const { readiness, output } = await proxy(1, { WEIR_SERVICE_ACCOUNT: other });
    await until(
      () => /certificate/.test(output()),
      () => output(),
    );
    expect(await readiness()).toMatchObject({ ready: false, models: 0 });
  });

  test('ends within its drain when it is told to', async () => {
    const { process, ended, readiness } = await proxy();
    await until(async () => Object(await readiness()).ready === true);
    process.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test(`lists ${MODELS} models in pages, inside the memory that its container has`, async () => {
    for (let at = 2; at < MODELS; at += 25) {
      const names = Array.from({ length: Math.min(25, MODELS - at) }, (_, index) => `model-${at + index}`);
      await Promise.all(names.map((name) => cluster.apply(modelOf('payments', name, { score: 0.1 }))));
    }
    const { ask, admin, readiness, output } = await proxy();
    await until(
      async () => Object(await readiness()).models === MODELS,
      () => output(),
      60_000,
    );
    expect((await ask('payments.ml.example.com', `/v2/models/model-${MODELS - 1}/infer`)).status).toBe(200);
    const metrics = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
    const [, bytes = ''] = /^process_resident_memory_bytes (\d+)$/m.exec(metrics) ?? [];
    expect(Number(bytes) / 2 ** 20).toBeLessThan(256);
    console.log(`resident memory with ${MODELS} models: ${Math.round(Number(bytes) / 2 ** 20)} MiB`);
  });
});
