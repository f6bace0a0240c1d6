import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fluentBitValues } from '../../charts/values/aws-for-fluent-bit.ts';
import { kubePrometheusStackValues } from '../../charts/values/kube-prometheus-stack.ts';
import { openCostValues } from '../../charts/values/opencost.ts';
import { NAMESPACES } from '../../components/kubernetes/plan.ts';
import { METRICS } from '../../components/observability/exporters.ts';
import { MODEL_METRICS } from '../../components/observability/model-metrics.ts';
import { type MonitoringArgs, PROMETHEUS_SERVICE, planMonitoring } from '../../components/observability/plan.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { profileValues } from '../../stacks/settings/profiles.ts';
import { PROFILES } from '../support/environments.ts';
import { ROOT } from '../support/sources.ts';

const ARGS: Omit<MonitoringArgs, 'after'> = {
  cluster: 'weir-prod',
  replicas: 2,
  days: 15,
  GiB: 200,
  alerting: { receivers: ['slack', 'pagerduty'], slackChannel: '#ml-platform', watchdog: true },
  kafka: { bootstrapBrokers: 'b-1.x:9098', brokers: 3 },
  ownNodes: true,
};
const valuesOf = (args: Partial<MonitoringArgs> = {}): unknown =>
  JSON.parse(JSON.stringify(kubePrometheusStackValues(planMonitoring({ ...ARGS, ...args }))));

/** What stands at a path of values. */
function at(values: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), values);
}

describe.each(PROFILES)('%s', (profile) => {
  const { prometheus, alerts } = profileValues(profile);
  const receivers = alerts.receivers ?? [];
  const GiB = prometheus.GiB ?? 0;
  const values = valuesOf({ GiB, alerting: { receivers, slackChannel: '#x', watchdog: alerts.watchdog === 'on' } });

  test('samples are deleted before the volume is full', () => {
    const [, kept] = /^(\d+)GiB$/.exec(String(at(values, 'prometheus', 'prometheusSpec', 'retentionSize'))) ?? [];
    expect(Number(kept)).toBe(Math.floor(0.85 * GiB));
    const storage = at(values, 'prometheus', 'prometheusSpec', 'storageSpec', 'volumeClaimTemplate', 'spec');
    expect(storage).toEqual({ storageClassName: 'gp3', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${GiB}Gi` } } });
  });

  test('a page wakes somebody where the profile says so, and is told in Slack elsewhere', () => {
    const routes = at(values, 'alertmanager', 'config', 'route', 'routes');
    const page = Array.isArray(routes)
      ? routes.find((route) => isMap(route) && JSON.stringify(route.matchers) === '["severity=\\"page\\""]')
      : undefined;
    expect(at(page, 'receiver')).toBe(receivers.includes('pagerduty') ? 'pagerduty' : 'slack');
  });
});

test('rules and monitors of every namespace count, whatever release they belong to', () => {
  const spec = at(valuesOf(), 'prometheus', 'prometheusSpec');
  const nil = ['rule', 'serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig'].map((kind) => at(spec, `${kind}SelectorNilUsesHelmValues`));
  expect(nil).toEqual([false, false, false, false, false]);
});

test('what EKS hides is not looked for, and kinds come from their own release', () => {
  const values = valuesOf();
  const off = ['crds', 'kubeControllerManager', 'kubeScheduler', 'kubeEtcd', 'kubeProxy'].map((part) => at(values, part, 'enabled'));
  expect(off).toEqual([false, false, false, false, false]);
});

test("the chart's own alerts stay off: one alert has one name, one severity and one runbook", () => {
  const rules = at(valuesOf(), 'defaultRules', 'rules');
  const on = isMap(rules) ? Object.entries(rules).flatMap(([group, value]) => (value === true ? [group] : [])) : [];
  expect(on.filter((group) => /alert|apps|storage|system|general$/i.test(group) && group !== 'kubePrometheusGeneral')).toEqual([]);
});

test('two replicas stand on two nodes, and one of them always; one in dev has no budget that would keep its node', () => {
  const [two, one] = [valuesOf({ replicas: 2 }), valuesOf({ replicas: 1 })];
  for (const [part, spec] of [
    ['prometheus', 'prometheusSpec'],
    ['alertmanager', 'alertmanagerSpec'],
  ] as const) {
    expect([at(two, part, spec, 'replicas'), at(two, part, spec, 'podAntiAffinity'), at(two, part, 'podDisruptionBudget', 'enabled')]).toEqual([
      2,
      'hard',
      true,
    ]);
    expect([at(one, part, spec, 'replicas'), at(one, part, spec, 'podAntiAffinity'), at(one, part, 'podDisruptionBudget', 'enabled')]).toEqual([
      1,
      'soft',
      false,
    ]);
  }
});

test("a tenant's routes see its own namespace alone, and only tenants have any", () => {
  const spec = at(valuesOf(), 'alertmanager', 'alertmanagerSpec');
  expect(at(spec, 'alertmanagerConfigMatcherStrategy', 'type')).toBe('OnNamespace');
  expect(at(spec, 'alertmanagerConfigNamespaceSelector')).toEqual({ matchExpressions: [{ key: 'weir.dev/tenant', operator: 'Exists' }] });
});

test('Grafana lets people look who have signed on at the gateway, and nobody else without the password of its Secret', () => {
  const open = at(valuesOf({ grafanaHost: 'grafana.models.example.com' }), 'grafana');
  const shut = at(valuesOf(), 'grafana');
  expect(at(open, 'grafana.ini', 'auth.anonymous')).toEqual({ enabled: true, org_role: 'Viewer' });
  expect(at(open, 'grafana.ini', 'server', 'root_url')).toBe('https://grafana.models.example.com');
  expect(at(shut, 'grafana.ini', 'auth.anonymous', 'enabled')).toBe(false);
  expect(at(open, 'admin')).toEqual({ existingSecret: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' });
  expect(at(open, 'networkPolicy', 'enabled'), "the chart's own lets in nobody without a label of Grafana's").toBe(false);
});

test("in another team's cluster nothing asks for labels that only our nodes have", () => {
  expect(JSON.stringify(valuesOf({ ownNodes: false }))).not.toMatch(/karpenter\.sh\/capacity-type|"workload":"system"/);
  expect(JSON.stringify(valuesOf())).toMatch(/karpenter\.sh\/capacity-type/);
});

test('nobody is told of nothing: an empty list of receivers is refused', () => {
  expect(() => planMonitoring({ ...ARGS, alerting: { receivers: [], slackChannel: '#x', watchdog: true } })).toThrow('alerts.receivers');
});

test('agents of nodes run where pods may mount their folders, and on every node', () => {
  const exporter = at(valuesOf(), 'prometheus-node-exporter');
  expect([at(exporter, 'namespaceOverride'), at(exporter, 'tolerations')]).toEqual([NAMESPACES.nodeAgents, [{ operator: 'Exists' }]]);
  expect(at(fluentBitValues({ region: 'r', logGroup: 'g', serviceAccount: 's' }), 'tolerations')).toEqual([{ operator: 'Exists' }]);
});

test('logs go into the group that is there, with its key and retention: the agent makes none', () => {
  const logs = at(fluentBitValues({ region: 'eu-west-1', logGroup: '/weir/prod/pods', serviceAccount: 's' }), 'cloudWatchLogs');
  expect(logs).toMatchObject({ logGroupName: '/weir/prod/pods', autoCreateGroup: false, region: 'eu-west-1' });
});

test('OpenCost asks our Prometheus, and opens no door that asks nobody who they are', () => {
  const cost = at(openCostValues({ cluster: 'weir-prod', prometheus: PROMETHEUS_SERVICE, ownNodes: true }), 'opencost');
  expect(at(cost, 'prometheus', 'internal')).toEqual({ enabled: true, serviceName: 'prometheus-operated', namespaceName: 'monitoring', port: 9090 });
  expect([at(cost, 'ui', 'enabled'), at(cost, 'mcp', 'enabled')]).toEqual([false, false]);
});

test('kube-state-metrics reads fields of Models that exist, by names that the registry has, and phases as the status has them', () => {
  const { spec }: { spec: { versions: readonly { schema: { openAPIV3Schema: unknown } }[] } } = parse(
    readFileSync(join(ROOT, 'charts/crds/weir.dev_models.yaml'), 'utf8'),
  );
  const schema = spec.versions[0]?.schema.openAPIV3Schema;
  const field = (path: readonly string[]): unknown =>
    path.reduce<unknown>((value, key) => at(at(value, 'items') ?? value, 'properties', key), schema);
  const [resource] = MODEL_METRICS.config.spec.resources;
  const text = JSON.stringify(resource);
  const paths = [...text.matchAll(/\["(spec|status)"(?:,"\w+")+\]/g)].map(([path]): readonly string[] => JSON.parse(path));
  expect(paths.length).toBeGreaterThan(8);
  expect(paths.filter((path) => field(path) === undefined)).toEqual([]);
  expect(field(['status', 'conditions', 'type'])).toBeDefined();
  const names = [...text.matchAll(/"name":"(\w+)","help"/g)].map(([, name]) => `kube_model_${name}`);
  expect(names.sort()).toEqual(
    Object.keys(METRICS)
      .filter((name) => name.startsWith('kube_model_'))
      .sort(),
  );
  const phases: unknown = JSON.parse(/"list":(\[[^\]]*\])/.exec(text)?.[1] ?? '[]');
  expect(phases).toEqual(at(field(['status', 'phase']), 'enum'));
});
