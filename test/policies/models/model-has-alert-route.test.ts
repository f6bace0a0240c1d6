import { describe, expect, test } from 'vitest';
import type { Fixture } from '../../../policies/rule.ts';
import { modelHasAlertRoute } from '../../../policies/rules/models/model-has-alert-route.ts';
import { changed, foundIn } from '../parts.ts';

const [model] = modelHasAlertRoute.pass;
const MODEL: Fixture = model === undefined ? [] : [model];

describe('routes of a tenant', () => {
  const ask = (path: string, to: unknown) => foundIn(modelHasAlertRoute, changed(modelHasAlertRoute.pass, { of: 'alerts', path, to }));

  test.each([
    ['a receiver that is not there', 'spec.route.routes.0.receiver', 'pages'],
    ['no route for pages, and a root that tells nobody', 'spec.route.routes', []],
    ['a receiver whose list is empty', 'spec.receivers.1.pagerdutyConfigs', []],
    ['a route for warnings alone', 'spec.route.routes.0.matchers.0.value', 'warn'],
    ['a route for all but pages', 'spec.route.routes.0.matchers.0.matchType', '!='],
    ['a route for one alert', 'spec.route.routes.0.matchers.1', { name: 'alertname', value: 'Watchdog', matchType: '=' }],
  ])('%s leaves a page to nobody', (_, path, to) => {
    expect(ask(path, to)).toEqual(['alerts spec.route']);
  });

  test.each([
    ['a root that tells somebody', 'spec.route', { receiver: 'page' }],
    ['both severities on one route', 'spec.route.routes.0.matchers.0', { name: 'severity', value: 'page|warn', matchType: '=~' }],
    ['another way to tell', 'spec.receivers.1', { name: 'page', slackConfigs: [{ channel: '#payments-ml' }] }],
  ])('%s reaches a person', (_, path, to) => {
    expect(ask(path, to)).toEqual([]);
  });

  test('routes of a namespace without a model are somebody else’s affair', () => {
    const elsewhere = changed(modelHasAlertRoute.fail, { of: 'alerts', path: 'metadata.namespace', to: 'web' });
    expect(foundIn(modelHasAlertRoute, elsewhere)).toEqual([]);
  });

  test('a tenant without routes is told by the platform, which another stack may have', () => {
    expect(foundIn(modelHasAlertRoute, MODEL)).toEqual([]);
  });
});

describe('routes of the platform', () => {
  const release = (alertmanager: Readonly<Record<string, unknown>>, chart = 'kube-prometheus-stack'): Fixture => [
    ...MODEL,
    {
      type: 'kubernetes:helm.sh/v3:Release',
      name: 'monitoring',
      props: { chart, values: { alertmanager } },
    },
  ];
  const config = (page: Readonly<Record<string, unknown>>) => ({
    route: { receiver: 'nobody', routes: [{ receiver: 'wakes', matchers: ['severity="page"'] }] },
    receivers: [{ name: 'nobody' }, { name: 'wakes', ...page }],
  });

  test('Alertmanager’s own way to write them is read as well', () => {
    expect(foundIn(modelHasAlertRoute, release({ config: config({ slack_configs: [{ channel: '#ml' }] }) }))).toEqual([]);
    expect(foundIn(modelHasAlertRoute, release({ config: config({}) }))).toEqual(['monitoring values.alertmanager.config.route']);
  });

  test('the chart’s own route tells nobody, and an Alertmanager that is off neither', () => {
    expect(foundIn(modelHasAlertRoute, release({}))).toEqual(['monitoring values.alertmanager.config.route']);
    expect(foundIn(modelHasAlertRoute, release({ enabled: false }))).toEqual(['monitoring values.alertmanager.enabled']);
  });

  test('the chart is known by an address, too', () => {
    const address = 'oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack';
    expect(foundIn(modelHasAlertRoute, release({}, address))).toEqual(['monitoring values.alertmanager.config.route']);
  });

  test('without a model nobody is asked', () => {
    expect(foundIn(modelHasAlertRoute, release({}).slice(1))).toEqual([]);
  });
});
