import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, clusterMissing, startCluster } from '../support/cluster.ts';
import { BACKEND_TRAFFIC_POLICY, HTTP_ROUTE, POD_MONITOR, SCALED_OBJECT } from './good-objects.ts';

describe.skipIf(clusterMissing() !== null)('a real kube-apiserver with the CRDs of what Weir renders', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ crdFiles: [fileURLToPath(new URL('own-crd.yaml', import.meta.url))] });
  });
  afterAll(() => cluster?.close());

  /** The server's words, or that it took the object. */
  const refusal = async (object: object): Promise<string> => {
    return await cluster.apply(object, { dryRun: true }).then(
      () => 'accepted',
      (error: unknown) => String(error),
    );
  };

  test('every CRD is established and has no condition that says otherwise', async () => {
    const { text } = await cluster.request({ method: 'GET', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions' });
    const { items }: { items: readonly { metadata: { name: string }; status: { conditions: readonly { type: string; status: string }[] } }[] } =
      JSON.parse(text);
    const names = items.map(({ metadata }) => metadata.name);
    for (const kind of ['gateways', 'httproutes', 'referencegrants', 'backendtlspolicies'])
      expect(names).toContain(`${kind}.gateway.networking.k8s.io`);
    for (const kind of ['backends', 'backendtrafficpolicies', 'httproutefilters', 'securitypolicies'])
      expect(names).toContain(`${kind}.gateway.envoyproxy.io`);
    for (const kind of ['scaledobjects', 'triggerauthentications']) expect(names).toContain(`${kind}.keda.sh`);
    for (const kind of ['alertmanagerconfigs', 'podmonitors', 'prometheusrules']) expect(names).toContain(`${kind}.monitoring.coreos.com`);
    const conditions = items.flatMap(({ metadata, status }) => status.conditions.map(({ type, status }) => `${metadata.name} ${type} ${status}`));
    expect(conditions.filter((condition) => !condition.endsWith(' True'))).toEqual([]); // NonStructuralSchema and Terminating are named only when true
    expect(conditions.filter((condition) => condition.includes(' Established '))).toHaveLength(names.length);
    expect(conditions.join()).not.toMatch(/NonStructuralSchema|Terminating/);
  });

  test.each([HTTP_ROUTE, BACKEND_TRAFFIC_POLICY, SCALED_OBJECT, POD_MONITOR])(
    'takes a good $kind in a dry run, and keeps nothing of it',
    async (object) => {
      const { object: accepted, warnings } = await cluster.apply(object, { dryRun: true });
      expect(accepted).toMatchObject(object);
      expect(warnings).toEqual([]);
      expect(await cluster.get(object)).toBeNull();
    },
  );

  test.each([
    [
      'a weight below zero',
      withSpec(HTTP_ROUTE, { rules: [{ backendRefs: [{ name: 'a', port: 80, weight: -1 }] }] }),
      'spec.rules[0].backendRefs[0].weight',
    ],
    ['a mirror of 101 percent', withSpec(HTTP_ROUTE, { rules: [{ filters: [mirror(101)] }] }), 'spec.rules[0].filters[0].requestMirror.percent'],
    ['a hash of no kind', withSpec(BACKEND_TRAFFIC_POLICY, { loadBalancer: { type: 'ConsistentHash' } }), 'spec.loadBalancer'],
    ['a policy for no target', withSpec(BACKEND_TRAFFIC_POLICY, { targetRefs: undefined }), 'targetRef'],
    ['a count of pods in words', withSpec(SCALED_OBJECT, { maxReplicaCount: 'ten' }), 'spec.maxReplicaCount'],
    ['no triggers', withSpec(SCALED_OBJECT, { triggers: undefined }), 'spec.triggers'],
    ['an interval without a unit', withSpec(POD_MONITOR, { podMetricsEndpoints: [{ interval: '5' }] }), 'spec.podMetricsEndpoints[0].interval'],
  ])('refuses %s, and names the field', async (_name, object, field) => {
    const said = await refusal(object);
    expect(said).toContain(object.kind);
    expect(said).toContain(object.metadata.name);
    expect(said).toContain(field);
  });

  test.each([HTTP_ROUTE, BACKEND_TRAFFIC_POLICY, SCALED_OBJECT, POD_MONITOR])('refuses a field that $kind does not have', async (object) => {
    expect(await refusal(withSpec(object, { wieght: 1 }))).toContain('.spec.wieght: field not declared in schema');
  });

  test('holds objects of a CRD of our own to its CEL rules, those about a change too', async () => {
    const widget = { apiVersion: 'test.weir.dev/v1', kind: 'Widget', metadata: { name: 'one' }, spec: { owner: 'payments', steps: [1, 5] } };
    await cluster.apply(widget);
    expect(await refusal(withSpec(widget, { steps: [0] }))).toContain('spec: Invalid value: every step is above 0');
    expect(await refusal(withSpec(widget, { owner: 'risk' }))).toContain('spec.owner: Invalid value: "risk": owner does not change');
    await cluster.replaceStatus(widget, { phase: 'Held' });
    expect(await cluster.get(widget)).toMatchObject({ ...widget, status: { phase: 'Held' } });
  });

  test('refuses a CRD that is not structural', async () => {
    const names = { kind: 'Thing', plural: 'things' };
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { oneOf: [{ type: 'string' }] } } } };
    const spec = { group: 'test.weir.dev', scope: 'Namespaced', names, versions: [{ name: 'v1', served: true, storage: true, schema }] };
    const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'things.test.weir.dev' }, spec };
    expect(await refusal(crd)).toContain('Required value: must not be empty for specified object fields');
  });

  test('refuses a kind that nobody installed', async () => {
    expect(await refusal({ ...POD_MONITOR, kind: 'PodMonitors' })).toContain('"PodMonitors"');
  });

  test('says what pod security would refuse, and refuses the pod itself', async () => {
    await cluster.createNamespace('tenant-payments', {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'x', image: 'example.org/x:1' }] } };
    const metadata = { name: 'x', namespace: 'tenant-payments' };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: { app: 'x' } }, template } };
    const { warnings } = await cluster.apply(deployment, { dryRun: true });
    expect(warnings.join()).toContain('must set securityContext.runAsNonRoot=true');
    expect(await refusal({ apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec })).toContain('violates PodSecurity "restricted:latest"');
  });

  test('creates an object once', async () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
    await cluster.create(settings);
    await expect(cluster.create(settings)).rejects.toMatchObject({ status: 409, reason: 'AlreadyExists' });
  });

  test('keeps what is applied, takes a status through its subresource alone, and forgets what is deleted', async () => {
    await cluster.apply(HTTP_ROUTE);
    const condition = { type: 'Accepted', status: 'True', reason: 'Accepted', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' };
    const parents = [{ parentRef: { name: 'weir' }, controllerName: 'example.org/gateway', conditions: [condition] }];
    await cluster.replaceStatus(HTTP_ROUTE, { parents });
    await cluster.apply({ ...HTTP_ROUTE, status: { parents: [] } });
    expect(await cluster.get(HTTP_ROUTE)).toMatchObject({ ...HTTP_ROUTE, status: { parents } });
    const others = cluster.apply(withSpec(HTTP_ROUTE, { hostnames: ['other.example'] }), { manager: 'other' });
    await expect(others).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
    await cluster.apply(withSpec(HTTP_ROUTE, { hostnames: ['other.example'] }), { manager: 'other', force: true });
    expect(await cluster.get(HTTP_ROUTE)).toMatchObject({ spec: { hostnames: ['other.example'] }, status: { parents } });
    await cluster.delete(HTTP_ROUTE);
    await cluster.delete(HTTP_ROUTE);
    expect(await cluster.get(HTTP_ROUTE)).toBeNull();
  });
});

function withSpec<T extends { readonly spec: object }>(object: T, changes: object): T {
  return { ...object, spec: { ...object.spec, ...changes } };
}

function mirror(percent: number) {
  return { type: 'RequestMirror', requestMirror: { backendRef: { name: 'b', port: 80 }, percent } };
}
