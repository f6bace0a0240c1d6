import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { Admission } from '../../components/admission/admission.ts';
import { NAMESPACES, podSecurity } from '../../components/kubernetes/plan.ts';
import { exampleGpuPool } from '../../policies/rules/nodes/example.ts';
import { effectiveModel, layersBelow } from '../../runtime/model/layers/effective.ts';
import { PROFILES, profileOf } from '../../runtime/model/layers/profiles.ts';
import type { ModelFile } from '../../runtime/model/model-file.ts';
import { PRESETS } from '../../runtime/model/presets.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { render } from '../../runtime/model/render.ts';
import { graphOf, ofType } from '../components/graphs.ts';
import { TEN_LINES } from '../model/files.ts';
import { ENVIRONMENT, SHAPES } from '../model/render/models.ts';
import { CLICKS, MODERATION } from '../model/render/queue-models.ts';
import { stations } from '../model/render/statuses.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { MODEL_CRDS } from '../support/cluster-crds.ts';
import { crdFile } from '../support/crd-schema.ts';
import { until } from '../support/until.ts';
import { ADMISSION_CASES } from './admission-cases.ts';

const POLICY = 'kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy';
const IMAGES = {
  registries: ['registry.example.com/', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/'],
  platformImages: ['quay.io/argoproj/argoexec:v4.0.6'],
};

const TEN: ModelFile = parse(TEN_LINES);
const MODELS = [
  ...Object.values(SHAPES),
  CLICKS,
  MODERATION,
  ...loadFolder('tenants', { profile: profileOf('prod') }).models.map(({ model }) => model),
];

describe.skipIf(clusterMissing() !== null)('what the API server refuses, by itself', () => {
  let cluster: Cluster;
  let bindings: readonly { readonly policy: string; readonly object: object }[] = [];

  beforeAll(async () => {
    cluster = await startCluster({ crds: [...MODEL_CRDS, 'karpenter', 'kueue', 'jobset'], crdFiles: [crdFile('models')] });
    const graph = await graphOf(() => {
      const inside = { providers: [new k8s.Provider('test-kubernetes', {})] };
      return new Admission('test-admission', { ...IMAGES, ownCluster: pulumi.output(true), after: [] }, inside);
    });
    const objects = [...ofType(graph, POLICY), ...ofType(graph, `${POLICY}Binding`)].map(({ inputs }) => Object(unwrapped(inputs)));
    for (const object of objects) await cluster.apply(object);
    bindings = objects
      .filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding')
      .map((object) => ({ policy: object.spec.policyName, object }));
    const restricted = podSecurity('1.35');
    for (const name of [NAMESPACES.gateway, NAMESPACES.autoscaling, NAMESPACES.registry]) await cluster.createNamespace(name, restricted);
    for (const tenant of new Set(['shop', 'payments', ...MODELS.map((model) => model.tenant)])) {
      await cluster.createNamespace(`tenant-${tenant}`, { ...restricted, 'weir.dev/tenant': tenant });
    }
  }, 60_000);
  afterAll(() => cluster?.close());

  const said = (object: object): Promise<string> =>
    cluster.apply(object, { dryRun: true, force: true }).then(
      () => 'accepted',
      (error: unknown) => String(error),
    );

  test.each(ADMISSION_CASES)('$policy: $name', async ({ policy, fine, wrong, says, before }) => {
    if (before !== undefined) await cluster.apply(before);
    let heard = '';
    await until(
      async () => {
        heard = await said(wrong);
        return heard.includes(`'${policy}`);
      },
      () => `not refused: ${heard}`,
    );
    expect(heard).toContain(`denied request: ${says}`);
    expect(await said(fine)).toBe('accepted');
    if (before !== undefined) await cluster.delete(before);
  });

  test('every policy has a case', () => {
    expect(new Set(ADMISSION_CASES.map(({ policy }) => policy))).toEqual(new Set(bindings.map(({ policy }) => policy)));
  });

  test('every object of every model that Weir renders is accepted, at every station of a rollout', async () => {
    for (const model of MODELS) {
      for (const [station, status] of Object.entries(stations(model))) {
        const answers = await Promise.all(render(model, status, ENVIRONMENT).map(async (object) => [object.kind, await said(object)]));
        expect({ model: model.model, station, refused: answers.filter(([, answer]) => answer !== 'accepted') }).toEqual({
          model: model.model,
          station,
          refused: [],
        });
      }
    }
  });

  test.each(PROFILES)('every model of a file is accepted in %s, with every preset', async (profile) => {
    const { models } = loadFolder('tenants', { profile: profileOf(profile) });
    const presets = PRESETS.map((preset) => {
      const file = { ...TEN, model: `ten-${preset}`, rollout: { preset, stickiness: { header: 'x-user-id' } } };
      return { tenant: 'payments', ...effectiveModel({ file, below: layersBelow(null, profileOf(profile)), service: null }).model };
    });
    const answers = [...models.map(({ model }) => model), ...presets].map(async (spec) => [
      spec.model,
      await said({ apiVersion: 'weir.dev/v1alpha1', kind: 'Model', metadata: { name: spec.model, namespace: `tenant-${spec.tenant}` }, spec }),
    ]);
    expect((await Promise.all(answers)).filter(([, answer]) => answer !== 'accepted')).toEqual([]);
  });

  test('what was there before a policy may be scaled and taken away', async () => {
    const { object } = bindings.find(({ policy }) => policy === 'weir-image-digest') ?? {};
    if (object === undefined) throw new Error('no binding');
    const old = Object(ADMISSION_CASES.find(({ name }) => name === 'an image by tag')?.wrong);
    await cluster.delete(object);
    await until(
      async () => (await said(old)) === 'accepted',
      () => 'still refused',
    );
    await cluster.apply(old);
    await cluster.apply(object);
    await until(
      async () => (await said({ ...old, spec: { ...old.spec, paused: true } })) !== 'accepted',
      () => 'not in force again',
    );
    expect(await said({ ...old, metadata: { ...old.metadata, labels: { seen: 'yes' } } })).toBe('accepted');
    await cluster.delete(old);
  });

  test('what Karpenter writes on a pool that was there before is no change of it', async () => {
    const policy = 'weir-nodepool-gpu-limit';
    const { object } = bindings.find((each) => each.policy === policy) ?? {};
    if (object === undefined) throw new Error('no binding');
    const old = exampleGpuPool({ limits: { cpu: '64' } });
    const wrong = { ...old, metadata: { name: 'another' } };
    await cluster.delete(object);
    await expect.poll(() => said(wrong), { timeout: 20_000 }).toBe('accepted');
    await cluster.apply(old);
    await cluster.apply(object);
    await expect.poll(() => said(wrong), { timeout: 20_000 }).toContain(policy);
    const hash = { 'karpenter.sh/nodepool-hash': '9', 'karpenter.sh/nodepool-hash-version': 'v3' };
    expect(await said({ ...old, metadata: { ...old.metadata, annotations: hash, finalizers: ['karpenter.sh/termination'] } })).toBe('accepted');
    const status = { ...old, status: { nodes: 2, conditions: [] } };
    await cluster.request({
      method: 'PATCH',
      path: '/apis/karpenter.sh/v1/nodepools/gpu-inference/status?fieldManager=karpenter&force=true',
      body: { type: 'application/apply-patch+yaml', text: JSON.stringify(status) },
    });
    expect(await said({ ...old, spec: { ...old.spec, limits: { cpu: '128' } } })).toContain(policy);
    expect(await said({ ...old, spec: exampleGpuPool().spec })).toBe('accepted');
    await cluster.delete(old);
  });

  test('without its bindings a policy refuses nothing: each case is taken', async () => {
    for (const { object } of bindings) await cluster.delete(object);
    for (const { wrong, before } of ADMISSION_CASES) {
      if (before !== undefined) await cluster.apply(before);
      await expect.poll(() => said(wrong), { timeout: 20_000 }).toBe('accepted');
      if (before !== undefined) await cluster.delete(before);
    }
  });
});
