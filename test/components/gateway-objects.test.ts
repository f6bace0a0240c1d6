import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { NAMESPACES } from '../../components/kubernetes/plan.ts';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { GATEWAY_ARGS, gatewayGraph, PEOPLE } from './gateway-args.ts';

describe.skipIf(clusterMissing() !== null)('the way in, as a real API server takes it', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crds: ['gateway-api', 'envoy-gateway', 'envoy-proxy', 'cert-manager', 'prometheus-operator'] });
    for (const name of [NAMESPACES.gateway, NAMESPACES.monitoring, NAMESPACES.registry, NAMESPACES.workflows]) await cluster.createNamespace(name);
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
});
