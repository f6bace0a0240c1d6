import { describe, expect, test } from 'vitest';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { AlertRules } from '../../components/observability/alert-rules.ts';
import { brokerHosts } from '../../components/observability/brokers.ts';
import { Costs } from '../../components/observability/costs.ts';
import { LogAgent } from '../../components/observability/log-agent.ts';
import { Monitoring } from '../../components/observability/monitoring.ts';
import { MonitoringKinds } from '../../components/observability/monitoring-kinds.ts';
import { graphOf, needsOf, ofType, PLACE, statementsOf, theOne } from '../components/graphs.ts';
import { GROUPS, RULE_ARGS } from './example.ts';

const RELEASE = 'kubernetes:helm.sh/v3:Release';
const RULE = 'kubernetes:monitoring.coreos.com/v1:PrometheusRule';
const SCRAPE = 'kubernetes:monitoring.coreos.com/v1alpha1:ScrapeConfig';

function all(): unknown {
  const kinds = new MonitoringKinds('test-monitoring-kinds', { after: [] });
  const monitoring = new Monitoring('test-monitoring', {
    cluster: 'weir-test',
    replicas: 2,
    days: 15,
    GiB: 50,
    alerting: { receivers: ['slack'], slackChannel: '#x', watchdog: true },
    kafka: {
      bootstrapBrokers: 'b-2.weirtest.a1.c2.kafka.eu-west-1.amazonaws.com:9098,b-1.weirtest.a1.c2.kafka.eu-west-1.amazonaws.com:9098',
      brokers: 3,
    },
    ownNodes: true,
    after: kinds.ready,
  });
  return [
    new LogAgent('test-logs', { ...PLACE, clusterName: 'weir-test', keyArn: 'arn:key', days: 30, dataPolicy: 'keep', after: kinds.ready }),
    new AlertRules('test-rules', { rules: RULE_ARGS, after: monitoring.ready }),
    new Costs('test-costs', { cluster: 'weir-test', ownNodes: true, after: monitoring.ready }),
  ];
}

describe('the parts in their order', () => {
  test('objects of the operator go before the operator, and the operator before their kinds (30-platform D6)', async () => {
    const graph = await graphOf(all);
    const objects = [...ofType(graph, RULE), ...ofType(graph, SCRAPE)];
    expect(objects).toHaveLength(GROUPS.length + 2);
    for (const object of objects) expect(needsOf(graph, object)).toContain('test-monitoring-release');
    expect(needsOf(graph, theOne(graph, RELEASE, 'test-monitoring-release'))).toContain('test-monitoring-kinds-release');
  });

  test('the role of the logs outlives the agent that uses it', async () => {
    const graph = await graphOf(all);
    const agent = theOne(graph, RELEASE, 'test-logs-release');
    expect(needsOf(graph, agent)).toEqual(
      expect.arrayContaining(['test-logs-role-role', 'test-logs-role-policy', 'test-logs-role-aws-for-fluent-bit']),
    );
  });

  test('Grafana starts when its password is there', async () => {
    const graph = await graphOf(all);
    expect(needsOf(graph, theOne(graph, RELEASE, 'test-monitoring-release'))).toContain('test-monitoring-grafana-admin-secret');
  });

  test('the gateway and Prometheus reach Grafana whatever labels their pods have, nobody else does, and that from its first moment', async () => {
    const graph = await graphOf(all);
    const policy = theOne(graph, 'kubernetes:networking.k8s.io/v1:NetworkPolicy', 'test-monitoring-grafana-traffic');
    expect(policy.inputs.spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'grafana' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['weir-gateway', 'monitoring'] }],
              },
            },
          ],
          ports: [{ protocol: 'TCP', port: 3000 }],
        },
      ],
    });
    expect(needsOf(graph, theOne(graph, RELEASE, 'test-monitoring-release'))).toContain('test-monitoring-grafana-traffic');
  });
});

test('the agent may write to the log group of pods and to nothing else', async () => {
  const graph = await graphOf(all);
  const { WriteLogsOfPods: allowed, ...others } = statementsOf(theOne(graph, 'aws:iam/rolePolicy:RolePolicy', 'test-logs-role-policy').inputs.policy);
  expect(others).toEqual({});
  const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/weir/test/pods';
  expect(allowed).toMatchObject({
    Resource: [group, `${group}:*`],
    Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
  });
});

test('logs of pods have a key and an end, and stay when data is kept', async () => {
  const group = theOne(await graphOf(all), 'aws:cloudwatch/logGroup:LogGroup', 'test-logs-group');
  expect(group.inputs).toMatchObject({ name: '/weir/test/pods', retentionInDays: 30, kmsKeyId: 'arn:key' });
  expect([group.protect, group.retainOnDelete]).toEqual([true, true]);
});

test('both exporters of every broker are read, those that the list for clients leaves out, too', async () => {
  const graph = await graphOf(all);
  const targets = ofType(graph, SCRAPE).map(({ inputs }) => JSON.stringify(unwrapped(inputs.spec)));
  const hosts = [1, 2, 3].map((number) => `b-${number}.weirtest.a1.c2.kafka.eu-west-1.amazonaws.com`);
  expect(targets[0]).toContain(JSON.stringify(hosts.map((host) => `${host}:11001`)));
  expect(targets[1]).toContain(JSON.stringify(hosts.map((host) => `${host}:11002`)));
  expect(targets.map((text) => /"job":"([^"]+)"/.exec(text)?.[1])).toEqual(['msk-jmx', 'msk-node']);
});

test('a list of brokers of another form is told, not guessed at', () => {
  expect(() => brokerHosts('kafka.example.com:9092', 3)).toThrow('kafka.bootstrapBrokers');
});

test('every release comes from the table of charts and names its namespace', async () => {
  const releases = ofType(await graphOf(all), RELEASE).map(({ inputs }) => [inputs.name, inputs.namespace]);
  expect(releases).toEqual(
    expect.arrayContaining([
      ['prometheus-operator-crds', 'monitoring'],
      ['kube-prometheus-stack', 'monitoring'],
      ['aws-for-fluent-bit', 'weir-node-agents'],
      ['opencost', 'monitoring'],
    ]),
  );
});
