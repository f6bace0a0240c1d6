import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { describe, expect, test } from 'vitest';
import { needs } from '../../cli/graph/needs.ts';
import type { Graph } from '../../cli/graph/node.ts';
import { ClusterBase } from '../../components/kubernetes/cluster-base.ts';
import { ModelApi } from '../../components/kubernetes/model-api.ts';
import { planRuntime, type RuntimeArgs } from '../../components/runtime/plan.ts';
import { Runtime } from '../../components/runtime/runtime.ts';
import { MODELS_PATH } from '../../runtime/fallback/known-models.ts';
import { DEFAULT_LIMITS } from '../../runtime/proxy/limits.ts';
import { graphOf, ofType, theOne } from './graphs.ts';

const IMAGE = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/weir-test/weir@sha256:${'1'.repeat(64)}`;
const TYPES = {
  deployment: 'kubernetes:apps/v1:Deployment',
  service: 'kubernetes:core/v1:Service',
  role: 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRole',
  binding: 'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding',
  policy: 'kubernetes:networking.k8s.io/v1:NetworkPolicy',
  budget: 'kubernetes:policy/v1:PodDisruptionBudget',
  monitor: 'kubernetes:monitoring.coreos.com/v1:PodMonitor',
} as const;
const runtime = (given: Partial<RuntimeArgs> = {}) =>
  graphOf(() => new Runtime('test-runtime', { image: IMAGE, maxBodyMiB: 4, ownNodes: true, after: [], ...given }, inside()));
const inside = () => ({ providers: [new k8s.Provider('test-kubernetes', {})] });

interface Pod {
  readonly [field: string]: unknown;
  readonly containers: readonly {
    readonly [field: string]: unknown;
    readonly args: readonly string[];
    readonly ports: readonly { readonly containerPort: number }[];
  }[];
}

function podIn(graph: Graph): { readonly spec: Pod; readonly metadata: { readonly labels: Record<string, string> } } {
  const { spec }: { spec: { template: ReturnType<typeof podIn> } } = JSON.parse(JSON.stringify(theOne(graph, TYPES.deployment).inputs));
  return spec.template;
}

describe('the fallback proxies', () => {
  test('are two of the image by its digest, started as the image knows them', async () => {
    const graph = await runtime();
    expect(theOne(graph, TYPES.deployment).inputs.spec).toMatchObject({ replicas: 2 });
    const [container] = podIn(graph).spec.containers;
    expect(container).toMatchObject({ image: IMAGE });
    expect(container?.args).toEqual(['proxy', '--fallback', '--port=8080', '--admin-port=8081', '--max-body-mib=4']);
  });

  test('stand on two system nodes, and in two zones where there are two', async () => {
    const { spec } = podIn(await runtime());
    expect(spec).toMatchObject({
      nodeSelector: { workload: 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
      topologySpreadConstraints: [
        { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', matchLabelKeys: ['pod-template-hash'] },
        { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
      priorityClassName: 'inference-critical',
    });
    expect(podIn(await runtime({ ownNodes: false })).spec.nodeSelector).toEqual({}); // another team's nodes have no such label
  });

  test('run without any privilege, as nobody, and with nothing to write to', async () => {
    const { spec } = podIn(await runtime());
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(spec.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec.containers[0]?.resources).toEqual({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } });
  });

  test('drain before they end: the sleep, the open requests and some slack fit into the grace', async () => {
    const { spec } = podIn(await runtime());
    expect(spec.containers[0]).toMatchObject({ lifecycle: { preStop: { sleep: { seconds: 15 } } } });
    expect(spec.terminationGracePeriodSeconds).toBe(15 + DEFAULT_LIMITS.drainMs / 1_000 + 15);
  });

  test('may list models, and nothing else at all', async () => {
    const graph = await runtime();
    expect(theOne(graph, TYPES.role).inputs.rules).toEqual([{ apiGroups: ['weir.dev'], resources: ['models'], verbs: ['list'] }]);
    expect(MODELS_PATH).toBe('/apis/weir.dev/v1alpha1/models'); // what they ask for
    expect(theOne(graph, TYPES.binding).inputs).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'weir-fallback' },
      subjects: [{ kind: 'ServiceAccount', name: 'weir-fallback', namespace: 'weir-system' }],
    });
    expect(ofType(graph, 'kubernetes:rbac.authorization.k8s.io/v1:Role')).toEqual([]);
  });

  test('have the token of their account by a volume of their own, since nothing else mounts one', async () => {
    const graph = await runtime();
    const { spec } = podIn(graph);
    expect(spec).toMatchObject({ serviceAccountName: 'weir-fallback', automountServiceAccountToken: false });
    expect(theOne(graph, 'kubernetes:core/v1:ServiceAccount').inputs.automountServiceAccountToken).toBe(false);
    expect(JSON.stringify(spec.volumes)).toContain('serviceAccountToken');
    expect(JSON.stringify(spec.containers[0]?.volumeMounts)).toContain('/var/run/secrets/kubernetes.io/serviceaccount');
  });

  test('are found by the gateway at weir-fallback:8080, lose one at a time, and are scraped', async () => {
    const graph = await runtime();
    const { labels } = podIn(graph).metadata;
    const selectors = [TYPES.service, TYPES.budget, TYPES.monitor, TYPES.deployment].map(
      (type) => JSON.parse(JSON.stringify(theOne(graph, type).inputs.spec)).selector,
    );
    for (const selector of selectors) expect(labels).toMatchObject(selector.matchLabels ?? selector);
    expect(theOne(graph, TYPES.service).inputs).toMatchObject({
      metadata: { name: 'weir-fallback', namespace: 'weir-system' },
      spec: { type: 'ClusterIP', ports: [{ port: 8_080, targetPort: 'http' }] },
    });
    expect(theOne(graph, TYPES.budget).inputs.spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    expect(theOne(graph, TYPES.monitor).inputs.spec).toMatchObject({ podMetricsEndpoints: [{ port: 'admin' }] });
  });
});

describe('the network of weir-system', () => {
  test('is closed both ways for every pod that no other policy names', async () => {
    const closed = theOne(await runtime(), TYPES.policy, 'default-deny');
    expect(closed.inputs.spec).toEqual({ podSelector: { matchLabels: {} }, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] });
  });

  test('lets the gateway ask, Prometheus look, and the proxies reach the API server alone', async () => {
    const open = theOne(await runtime(), TYPES.policy, 'weir-fallback');
    const from = (namespace: string, port: number) => ({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
      ports: [{ protocol: 'TCP', port }],
    });
    const ranges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => ({ ipBlock: { cidr } }));
    expect(open.inputs.spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'weir-fallback' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [from('weir-gateway', 8_080), from('monitoring', 8_081)],
      egress: [{ to: ranges, ports: [{ protocol: 'TCP', port: 443 }] }],
    });
  });
});

test('models and their kinds outlive the proxies, and so do the rights and the walls around them', async () => {
  const graph = await graphOf(() => {
    const options = inside();
    const version = '1.35';
    const base = new ClusterBase('test-base', { version, ownCluster: pulumi.output(true), volumeKeyArn: 'arn:key' }, options);
    const models = new ModelApi('test-models', options);
    return new Runtime('test-runtime', { image: IMAGE, maxBodyMiB: 1, ownNodes: true, after: [...base.ready, ...models.ready] }, options);
  });
  const outlived = [...needs(graph, theOne(graph, TYPES.deployment).urn)].map((urn) => graph.get(urn)?.name);
  expect(outlived).toEqual(
    expect.arrayContaining([
      'test-models-crd-models',
      'test-base-priority-inference-critical',
      'test-runtime-role',
      'test-runtime-binding',
      'test-runtime-account',
      'test-runtime-network-default-deny',
      'test-runtime-network-weir-fallback',
    ]),
  );
});

test('a request is no longer than the proxies hold, and a limit that is none is refused', () => {
  expect(planRuntime({ maxBodyMiB: 100 }).args.at(-1)).toBe('--max-body-mib=16');
  for (const wrong of [0, 1.5, -1]) expect(() => planRuntime({ maxBodyMiB: wrong })).toThrow(/runtime\.maxBodyMiB {2}/);
});
