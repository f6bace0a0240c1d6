import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import type { KubernetesObject } from '../../runtime/model/render/types.ts';
import { render, withOwner } from '../../runtime/model/render.ts';
import { anyCase } from '../model/render/arbitrary.ts';
import { ENVIRONMENT, GPU, SHAPES } from '../model/render/models.ts';
import { objectOf, withValue } from '../model/render/objects.ts';
import { aStatus, stations } from '../model/render/statuses.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';

describe.skipIf(clusterMissing() !== null)('a real kube-apiserver with the CRDs of gateway, autoscaler and metrics', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    await Promise.all([...new Set(Object.values(SHAPES).map(({ tenant }) => tenant))].map(tenantNamespace));
  });
  afterAll(() => cluster?.close());

  /** As the tenant's component makes it: a pod that asks for more than the standard `restricted` is warned about. */
  async function tenantNamespace(tenant: string): Promise<void> {
    const name = `tenant-${tenant}`;
    if ((await cluster.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })) !== null) return;
    await cluster.createNamespace(name, { 'pod-security.kubernetes.io/warn': 'restricted' });
  }

  /** Each object that is refused or warned about, in the server's words. */
  async function complaints(objects: readonly KubernetesObject[]): Promise<readonly string[]> {
    const answers = objects.map(async (object) => {
      const name = `${object.kind} ${object.metadata.name}`;
      return await cluster.apply(object, { dryRun: true }).then(
        ({ warnings }) => warnings.map((warning) => `${name}: ${warning}`),
        (error: unknown) => [`${name}: ${String(error)}`],
      );
    });
    return (await Promise.all(answers)).flat();
  }

  const owner = { name: 'fraud', uid: '0b5e6b1c-0f5e-4a53-9a55-3f3c5d1f7c11' };

  test.each(Object.entries(SHAPES))('takes every object of %s at every station of a rollout, without a warning', async (_, model) => {
    for (const [station, status] of Object.entries(stations(model))) {
      const objects = withOwner(render(model, status, ENVIRONMENT), owner);
      expect({ station, complaints: await complaints(objects) }).toEqual({ station, complaints: [] });
    }
  });

  test('takes every object of every example model at every station, both slots', async () => {
    const { models, problems } = loadFolder('tenants', { profile: profileOf('prod') });
    expect(problems).toEqual([]);
    for (const { path, model } of models) {
      await tenantNamespace(model.tenant);
      for (const [station, status] of Object.entries(stations(model))) {
        const objects = withOwner(render(model, status, ENVIRONMENT), owner);
        expect({ path, station, complaints: await complaints(objects) }).toEqual({ path, station, complaints: [] });
      }
    }
  });

  test('takes what any legal model becomes, however strange', async () => {
    for (const [model, status] of fc.sample(anyCase, 25)) {
      await tenantNamespace(model.tenant);
      const objects = render(model, status, ENVIRONMENT);
      expect({ model, status, complaints: await complaints(objects) }).toEqual({ model, status, complaints: [] });
    }
  });

  test('keeps a pod template as it was written, so that the next comparison finds no difference', async () => {
    for (const model of Object.values(SHAPES)) {
      const deployment = objectOf(render(model, aStatus(model), ENVIRONMENT), 'Deployment', `${model.model}-a`);
      const { object } = await cluster.apply(deployment, { dryRun: true });
      expect(object).toMatchObject({ spec: deployment.spec });
    }
  });

  const gpu = render(GPU, aStatus(GPU, { versions: ['7', '8'], phase: 'Stepping', weight: 500 }), ENVIRONMENT);
  const wrong = (kind: string, name: string, path: readonly string[], value: unknown) => withValue(objectOf(gpu, kind, name), path, value);
  const limits = ['spec', 'template', 'spec', 'containers', '1', 'resources', 'limits'];
  const refs = ['spec', 'rules', '0', 'backendRefs'];

  test.each([
    ['a GPU limited to more than is requested', wrong('Deployment', 'fraud-a', [...limits, 'nvidia.com/gpu'], '2'), 'must be equal to'],
    ['a mount without its volume', wrong('Deployment', 'fraud-a', ['spec', 'template', 'spec', 'volumes'], []), 'Not found'],
    ['a Service of a kind that is none', wrong('Service', 'fraud-a', ['spec', 'type'], 'Inside'), 'Unsupported value'],
    ['a position below 0', wrong('HTTPRoute', 'weir-fraud', [...refs, '0', 'weight'], -1), 'weight'],
    ['a backend without a port', wrong('HTTPRoute', 'weir-fraud', [...refs, '0', 'port'], undefined), 'Must have port for Service reference'],
    ['a field that nobody knows', wrong('ScaledObject', 'fraud-a', ['spec', 'pollInterval'], 15), 'pollInterval'],
    ['a fallback of no kind', wrong('ScaledObject', 'fraud-a', ['spec', 'fallback', 'behavior'], 'lower'), 'behavior'],
    ['a scrape every five', wrong('PodMonitor', 'weir-fraud', ['spec', 'podMetricsEndpoints', '0', 'interval'], 'five'), 'interval'],
    ['a budget of one in words', wrong('PodDisruptionBudget', 'fraud-a', ['spec', 'maxUnavailable'], 'one'), 'maxUnavailable'],
    ['a network without a mask', wrong('NetworkPolicy', 'weir-fraud', ['spec', 'egress', '2', 'to', '0', 'ipBlock', 'cidr'], '10.20.0.0'), 'cidr'],
  ])('refuses %s', async (_, object, words) => {
    const said = await complaints([object]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(words);
  });
});
