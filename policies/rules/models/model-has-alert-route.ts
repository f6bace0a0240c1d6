import type { ResourceGraph, View } from '../../resource-graph.ts';
import type { GraphProblem, GraphRule, Problem } from '../../rule.ts';
import { deafReceiver } from './alert-routes.ts';
import { aModel, MODEL } from './model.ts';

const CONFIG = 'monitoring.coreos.com/AlertmanagerConfig';
const RELEASE = 'helm.sh/Release';

const fixture = (page: Readonly<Record<string, unknown>>) => [
  { props: aModel({ owner: 'payments-ml' }) },
  {
    name: 'alerts',
    props: {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: { name: 'weir', namespace: 'tenant-payments' },
      spec: {
        route: { receiver: 'nobody', routes: [{ receiver: 'page', matchers: [{ name: 'severity', value: 'page', matchType: '=' }] }] },
        receivers: [{ name: 'nobody' }, { name: 'page', ...page }],
      },
    },
  },
];

export const modelHasAlertRoute: GraphRule = {
  kind: 'graph',
  id: 'model-has-alert-route',
  title: 'a page about a model reaches a person',
  reason: 'An alert without a receiver fires where nobody looks: the rollback failed at two, and the first who heard of it was a customer at nine.',
  remedy:
    'Write alerts.page in tenant.yaml, or contacts.slack; of the platform weir:alerts.receivers. Of others give the receiver of severity=page a config.',
  severity: 'high',
  ids: [],
  scope: 'any',
  settings: ['alerts.receivers', 'alerts'],
  check: (graph) => {
    const served = new Set(graph.of(MODEL).flatMap(namespaceOf));
    if (served.size === 0) return [];
    return [...tenants(graph, served), ...platform(graph)];
  },
  notAtAdmission: 'Several objects are needed: the model, and the receivers of its tenant and of the platform.',
  pass: fixture({ pagerdutyConfigs: [{ routingKey: { name: 'weir-alerts', key: 'payments' } }] }),
  fail: fixture({}),
};

function namespaceOf({ reader }: View): readonly string[] {
  const namespace = reader.read('metadata.namespace');
  return namespace.kind === 'known' && typeof namespace.value === 'string' ? [namespace.value] : [];
}

/** Routes of the models' own tenants. A tenant without any is told by the platform, which may be another stack's. */
function tenants(graph: ResourceGraph, served: ReadonlySet<string>): readonly GraphProblem[] {
  return graph.each(CONFIG, (view) => {
    if (!namespaceOf(view).some((namespace) => served.has(namespace))) return [];
    return deaf(deafReceiver(view.reader.in('spec')), 'spec', view);
  });
}

/** The platform's Alertmanager, which hears of every model. */
function platform(graph: ResourceGraph): readonly GraphProblem[] {
  return graph.each(RELEASE, (view) => {
    const { reader } = view;
    if (!/(^|\/)kube-prometheus-stack$/.test(reader.text('chart') ?? '')) return [];
    const alertmanager = reader.in('values.alertmanager');
    if (alertmanager.get('enabled') === false) return [alertmanager.problem('enabled', 'evaluates alerts and sends none')];
    // without a config of ours the chart's own sends everything to a receiver named "null"
    return deaf(alertmanager.has('config') ? deafReceiver(alertmanager.in('config')) : 'null', 'values.alertmanager.config', view);
  });
}

function deaf(receiver: string | null, path: string, { reader }: View): readonly Problem[] {
  if (receiver === null) return [];
  return [reader.problem(`${path}.route`, `sends pages to ${receiver === '' ? 'no receiver' : `receiver ${receiver}, which tells nobody`}`)];
}
