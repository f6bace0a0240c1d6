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

  /** As the API server itself decides about somebody of a group. */
  const may = async (group: string, namespace: string, verb: string, [resource, apiGroup]: readonly [string, string]): Promise<unknown> => {
    const resourceAttributes = { namespace, verb, group: apiGroup, resource };
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: 'somebody', groups: [group], resourceAttributes },
    };
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const { text } = await cluster.request({ method: 'POST', path, body: { type: 'application/json', text: JSON.stringify(review) } });
    const { status }: { readonly status: { readonly allowed: boolean } } = JSON.parse(text);
    return status.allowed;
  };
  const ACTIONS = ['modelactions', 'weir.dev'] as const;
  const MODELS = ['models', 'weir.dev'] as const;
  const SECRETS = ['secrets', ''] as const;
  const CASES: readonly (readonly [group: string, namespace: string, verb: string, of: readonly [string, string], allowed: boolean])[] = [
    ['payments-oncall', 'tenant-payments', 'create', ACTIONS, true],
    ['payments-oncall', 'tenant-payments', 'promote', MODELS, true],
    ['payments-oncall', 'tenant-payments', 'patch', MODELS, false],
    ['payments-ml', 'tenant-payments', 'create', ACTIONS, false],
    ['payments-ml', 'tenant-payments', 'promote', MODELS, false],
    ['payments-ml', 'tenant-payments', 'create', ['workflows', 'argoproj.io'], true],
    ['risk-office', 'tenant-payments', 'list', MODELS, true],
    ['risk-office', 'tenant-payments', 'create', ['workflows', 'argoproj.io'], false],
    ['payments-oncall', 'tenant-shop', 'list', MODELS, false],
    ['payments-oncall', 'tenant-shop', 'create', ACTIONS, false],
    ['shop-oncall', 'tenant-payments', 'list', ['pods', ''], false],
    ['payments-oncall', 'tenant-payments', 'get', SECRETS, false],
    ['payments-oncall', 'weir-system', 'list', ['pods', ''], false],
  ];
  test.each(CASES)('%s in %s: %s %s is allowed: %s', async (group, namespace, verb, of, allowed) => {
    expect(await may(group, namespace, verb, of)).toBe(allowed);
  });

  test('quotas are as the file says', async () => {
    const quota = await cluster.get({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'weir-quota', namespace: 'tenant-shop' } });
    expect(quota).toMatchObject({
      spec: { hard: { 'services.loadbalancers': '0', 'count/models.weir.dev': '100', 'requests.nvidia.com/gpu': '6' } },
    });
  });
});
