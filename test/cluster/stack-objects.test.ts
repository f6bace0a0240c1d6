import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { ALL_CRDS, crdOf, untilServed } from '../support/cluster-crds.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';
import { objectsOf } from '../support/stack-objects.ts';

/** Refused as soon as the policies are in force, in each profile anew. */
const PRIVILEGED = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tools' } };
const PATIENCE = 400_000;

describe.skipIf(clusterMissing() !== null)('what the stacks put into a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crds: ALL_CRDS }); // half a minute on two idle cores
  }, PATIENCE);
  afterAll(() => cluster?.close());

  test.each(PROFILES)('%s: a real API server takes each object of each layer, unknown fields and wrong values refused', async (profile) => {
    const { graph } = await recordEnvironment(profile);
    const objects = objectsOf(graph);
    expect(objects.length).toBeGreaterThan(8);
    const refused: string[] = [];
    const policies = objects.filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
    const tell = (name: string) => (error: unknown) => refused.push(`${name}: ${String(error)}`);
    const first = objects.filter(({ kind }) => kind === 'Namespace' || kind === 'CustomResourceDefinition'); // others lie in it, or are of its kind
    for (const { name, object } of first) await cluster.apply(object, { force: true }).catch(tell(name));
    for (const { kind, object } of first) if (kind === 'CustomResourceDefinition') await untilServed(cluster, crdOf(object));
    for (const { name, object } of policies) await cluster.apply(object, { force: true }).catch(tell(name));
    await expect
      .poll(() => cluster.apply(PRIVILEGED, { dryRun: true }).then(() => 'taken', String), { timeout: 20_000 })
      .toContain('weir-namespace-not');
    for (const { name, object } of objects) {
      const taken = await cluster.apply(object, { dryRun: true, force: true }).catch(tell(name));
      if (typeof taken === 'object') refused.push(...taken.warnings.map((warning) => `${name}: ${warning}`));
    }
    expect(refused).toEqual([]);
  });

  test('a field that no kind has is refused: the server does look', async () => {
    const { graph } = await recordEnvironment('dev');
    const namespace = objectsOf(graph).find(({ kind }) => kind === 'Namespace');
    await expect(cluster.apply({ ...namespace?.object, spce: {} }, { dryRun: true, force: true })).rejects.toThrow(/spce/);
  });
});
