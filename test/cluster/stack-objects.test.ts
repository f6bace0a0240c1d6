import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { ALL_CRDS } from '../support/cluster-crds.ts';
import { PROFILES, recordEnvironment } from '../support/environments.ts';

/** Names of the objects that a recorded stack hands to the Kubernetes provider, and the objects. */
function objectsOf(graph: Graph): ReadonlyMap<string, object> {
  const nodes = [...graph.values()].filter(({ type }) => type.startsWith('kubernetes:'));
  return new Map(nodes.map(({ name, inputs }) => [name, Object(unwrapped(inputs))]));
}

describe.skipIf(clusterMissing() !== null)('what the stacks put into a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crds: ALL_CRDS });
  });
  afterAll(() => cluster?.close());

  test.each(PROFILES)('%s: a real API server takes each object, unknown fields refused', async (profile) => {
    const { graph } = await recordEnvironment(profile, { split: 'platform' });
    const objects = objectsOf(graph);
    expect(objects.size).toBeGreaterThan(8);
    const refused: string[] = [];
    for (const [name, object] of objects)
      await cluster.apply(object, { dryRun: true }).catch((error: unknown) => refused.push(`${name}: ${String(error)}`));
    expect(refused).toEqual([]);
  });

  test('a field that no kind has is refused: the server does look', async () => {
    const { graph } = await recordEnvironment('dev', { split: 'platform' });
    const [namespace] = objectsOf(graph).values();
    await expect(cluster.apply({ ...namespace, spce: {} }, { dryRun: true })).rejects.toThrow(/spce/);
  });
});
