import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { recordEnvironment } from '../support/environments.ts';

describe.skipIf(clusterMissing() !== null)('what tenants put into a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crds: ['prometheus-operator', 'external-secrets', 'kueue'], crdFiles: ['charts/crds/weir.dev_models.yaml'] });
  });
  afterAll(() => cluster?.close());

  test('a real API server takes each object, in the order of the stack, unknown fields refused', async () => {
    const { graph } = await recordEnvironment('prod', { split: 'tenants' });
    const objects = [...graph.values()]
      .filter(({ type }) => type.startsWith('kubernetes:'))
      .map(({ name, inputs }) => ({ name, object: Object(unwrapped(inputs)) }));
    expect(objects.length).toBeGreaterThan(70);
    const refused: string[] = [];
    for (const { name, object } of objects.sort((a, b) => Number(b.object.kind === 'Namespace') - Number(a.object.kind === 'Namespace')))
      await cluster.apply(object).catch((error: unknown) => refused.push(`${name}: ${String(error)}`));
    expect(refused).toEqual([]);
  });

  test('the quota refuses a load balancer, and one model more than the file allows', async () => {
    const service = (type: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'door', namespace: 'tenant-shop' },
      spec: { type, ports: [{ port: 80 }], selector: { app: 'x' } },
    });
    await expect(cluster.apply(service('ClusterIP'), { dryRun: true })).resolves.toBeDefined();
    const quota = await cluster.get({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'weir-quota', namespace: 'tenant-shop' } });
    expect(quota).toMatchObject({ spec: { hard: { 'services.loadbalancers': '0', 'count/models.weir.dev': '100' } } });
  });
});
