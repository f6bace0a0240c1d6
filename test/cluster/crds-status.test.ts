import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import statusSchema from '../../runtime/rollout/schema/model-status.v1alpha1.json' with { type: 'json' };
import type { ModelStatus } from '../../runtime/rollout/types.ts';
import { shadowStep, weightStep } from '../rollout/support/fixtures.ts';
import { type Simulation, stableAtOne } from '../rollout/support/simulation.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { crdFile } from '../support/crd-schema.ts';
import { MODEL, MODEL_ACTION } from './good-model.ts';
import { objectStatus } from './object-status.ts';

const PLAN = { steps: [shadowStep(20), weightStep(5), weightStep(50)] };

/** The first status in each phase of a rollout that is promoted, and of one that a person aborts. */
async function statuses(): Promise<ReadonlyMap<string, ModelStatus>> {
  const seen = new Map<string, ModelStatus>();
  const follow = async (sim: Simulation, done: () => boolean): Promise<void> =>
    await sim.until(() => {
      if (sim.status !== null && !seen.has(sim.status.phase)) seen.set(sim.status.phase, sim.status);
      return done();
    });
  const promoted = await stableAtOne(PLAN);
  promoted.apply('2', PLAN);
  await follow(promoted, () => promoted.phase() === 'Stable' && promoted.status?.stable?.version === '2');
  promoted.apply('3', PLAN);
  await follow(promoted, () => promoted.phase() === 'Stepping');
  promoted.act('Abort');
  await follow(promoted, () => promoted.phase() === 'Failed');
  return seen;
}

describe('the status of a rollout', async () => {
  const all = await statuses();

  test('passes through the phases that matter', () => {
    expect([...all.keys()]).toEqual(expect.arrayContaining(['Stable', 'Shadowing', 'Stepping', 'Baking', 'RollingBack', 'Failed']));
  });

  test.each([...all])('in phase %s fits the schema of the object', (_phase, status) => {
    const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(statusSchema);
    check(objectStatus(status));
    expect(check.errors ?? []).toEqual([]);
  });

  describe.skipIf(clusterMissing() !== null)('on a real kube-apiserver', () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster({ crdFiles: ['models', 'modelactions'].map(crdFile) });
      await cluster.createNamespace('tenant-payments');
      await cluster.apply(MODEL);
    });
    afterAll(() => cluster?.close());

    test.each([...all])('in phase %s is kept whole', async (_phase, status) => {
      const { object } = await cluster.replaceStatus(MODEL, objectStatus(status));
      expect(object.status).toEqual(objectStatus(status)); // nothing pruned, nothing refused
    });

    test('is written without the spec, and the spec without it: each has one writer', async () => {
      const before = await cluster.get(MODEL);
      const path = '/apis/weir.dev/v1alpha1/namespaces/tenant-payments/models/fraud';
      const patch = (place: string, text: object) =>
        cluster.request({ method: 'PATCH', path: path + place, body: { type: 'application/merge-patch+json', text: JSON.stringify(text) } });
      await patch('/status', { spec: { owner: 'somebody-else' }, status: { held: 'Paused' } });
      expect(await cluster.get(MODEL)).toMatchObject({ spec: MODEL.spec, status: { held: 'Paused' } });
      await patch('', { spec: { owner: 'payments-two' }, status: { held: 'Drift' } });
      expect(await cluster.get(MODEL)).toMatchObject({ spec: { owner: 'payments-two' }, status: { held: 'Paused' } });
      expect(generationOf(await cluster.get(MODEL))).toBe(generationOf(before) + 1); // a status starts no rollout
      await cluster.apply(MODEL, { force: true });
    });

    test('is what kubectl get shows', async () => {
      const stepping = all.get('Stepping');
      if (stepping === undefined) throw new Error('no Stepping');
      await cluster.replaceStatus(MODEL, { ...objectStatus(stepping), held: 'Inconclusive' });
      const { stable, attempt, intent } = stepping;
      const weight = intent?.route.positions.filter(({ slot }) => slot === attempt?.candidate.slot).reduce((sum, one) => sum + one.weight, 0);
      expect(await table(cluster, 'models')).toEqual([
        ['Name', 'Version', 'Phase', 'Candidate', 'Weight', 'Ready', 'Held', 'Age', '(Owner)', '(Risk)', '(Step)'],
        [
          'fraud',
          stable?.version,
          'Stepping',
          attempt?.candidate.version,
          (weight ?? 0) / 100,
          'True',
          'Inconclusive',
          expect.any(String),
          'payments-ml',
          'standard',
          attempt?.step.index,
        ],
      ]);
      await cluster.create(MODEL_ACTION);
      await cluster.replaceStatus(MODEL_ACTION, { result: 'Done', message: 'the attempt ended', at: '2026-11-21T13:00:00Z' });
      expect(await table(cluster, 'modelactions')).toEqual([
        ['Name', 'Model', 'Action', 'Result', 'Age', '(Reason)', '(Message)'],
        ['fraud-abort-1', 'fraud', 'Abort', 'Done', expect.any(String), 'p95 doubled at 5 %', 'the attempt ended'],
      ]);
      expect(await table(cluster, 'modelactions?fieldSelector=spec.model=eta')).toHaveLength(1); // actions of one model are found by the server
    });
  });
});

const generationOf = (object: object | null): number => {
  const { metadata }: { metadata?: { generation?: number } } = object ?? {};
  return metadata?.generation ?? 0;
};

/** As kubectl prints it: a row of headings, those that only `-o wide` shows in brackets, and a row for each object. */
async function table(cluster: Cluster, resource: string): Promise<readonly (readonly unknown[])[]> {
  const path = `/apis/weir.dev/v1alpha1/namespaces/tenant-payments/${resource}`;
  const { text } = await cluster.request({ method: 'GET', path, accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
  interface Table {
    readonly columnDefinitions: readonly { readonly name: string; readonly priority: number }[];
    readonly rows?: readonly { readonly cells: readonly unknown[] }[];
  }
  const { columnDefinitions, rows = [] }: Table = JSON.parse(text);
  return [columnDefinitions.map(({ name, priority }) => (priority === 0 ? name : `(${name})`)), ...rows.map(({ cells }) => cells)];
}
