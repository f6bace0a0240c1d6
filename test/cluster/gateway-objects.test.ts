import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { NAMESPACES, podSecurity } from '../../components/kubernetes/plan.ts';
import { GATEWAY_ARGS, gatewayGraph, PEOPLE } from '../components/gateway-args.ts';
import { chartsMissing, releasesOf, renderRelease } from '../support/charts.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';

describe.skipIf(clusterMissing() !== null)('the way in, as a real API server takes it', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crds: ['gateway-api', 'envoy-gateway', 'envoy-proxy', 'cert-manager', 'prometheus-operator'] });
    const { gateway, monitoring, registry, workflows, dns } = NAMESPACES;
    for (const name of [gateway, monitoring, registry, workflows, dns]) await cluster.createNamespace(name, podSecurity('1.35'));
  }, 120_000);
  afterAll(() => cluster?.close());

  test.each([
    ['with a certificate of its own, and pages', { people: PEOPLE }, []],
    ['with one of ACM', { certificate: { kind: 'acm', arn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' } }, []],
    ['where nobody may call', { deletionProtection: true, dns: false }, ['callers']],
  ] as const)('every object is taken %s, unknown fields refused', async (_, change, without) => {
    const graph = await gatewayGraph({ ...GATEWAY_ARGS, ...change }, without);
    const objects = [...graph.values()].filter(({ type }) => type.startsWith('kubernetes:') && !type.endsWith(':Release'));
    expect(objects.length).toBeGreaterThan(6);
    const refused: string[] = [];
    for (const { name, inputs } of objects) {
      const object = Object(unwrapped(inputs));
      await cluster.apply(object, { dryRun: true }).catch((error: unknown) => refused.push(`${name}: ${String(error)}`));
    }
    expect(refused).toEqual([]);
  });

  // no profile has a zone of its own: this is the one place where the chart meets its values
  test.skipIf(chartsMissing() !== null)('every object of external-dns is taken, and pod security takes its pod', async () => {
    const release = releasesOf(await gatewayGraph()).find(({ chart }) => chart === 'external-dns');
    if (release === undefined) throw new Error('no release');
    const objects = renderRelease(release, { kubeVersion: '1.35.0', apiVersions: ['monitoring.coreos.com/v1'] });
    expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Deployment', 'ServiceMonitor', 'ClusterRole']));
    const warned = await Promise.all(
      objects.map(async (object) => (await cluster.apply(object, { dryRun: true, force: true, namespace: release.namespace })).warnings),
    );
    expect(warned.flat()).toEqual([]);
  });
});
