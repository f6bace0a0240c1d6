import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type AlertingArgs, alertmanagerConfig } from '../../components/observability/alertmanager/config.ts';
import { keepProcess, onFreePorts, untilReady } from '../support/kept-process.ts';
import { missingTool, toolsFolder } from '../support/tools.ts';
import { until } from '../support/until.ts';

const PROD: AlertingArgs = { receivers: ['slack', 'pagerduty'], slackChannel: '#ml-platform', watchdog: true };
const STAGING: AlertingArgs = { receivers: ['slack'], slackChannel: '#ml-platform', watchdog: true };
const NIGHT_ONLY: AlertingArgs = { receivers: ['pagerduty'], slackChannel: '#ml-platform', watchdog: false };

type Labels = Readonly<Record<string, string>>;

const MODEL: Labels = { cluster: 'weir-prod', namespace: 'tenant-payments', tenant: 'payments', model: 'fraud' };
const PAGE: Labels = { ...MODEL, alertname: 'WeirModelSilent', severity: 'page' };
const WARN: Labels = { ...MODEL, alertname: 'WeirModelFallback', severity: 'warn' };
const OTHER: Labels = { ...WARN, model: 'churn' };
const CLUSTER: Labels = { cluster: 'weir-prod', alertname: 'WeirClusterDown', severity: 'page' };
const PLATFORM: Labels = { cluster: 'weir-prod', namespace: 'monitoring', alertname: 'WeirVolumeFills', severity: 'warn' };
const INFO: Labels = { cluster: 'weir-prod', alertname: 'WeirCostUnknown', severity: 'info' };
const DEAD_MAN: Labels = { cluster: 'weir-prod', alertname: 'Watchdog', severity: 'info' };

/** Alert -> receiver with Slack and PagerDuty, with Slack alone, with PagerDuty alone; what holds it back. */
const TABLE = [
  { alert: PAGE, prod: 'pagerduty', staging: 'slack', night: 'pagerduty' },
  { alert: CLUSTER, prod: 'pagerduty', staging: 'slack', night: 'pagerduty' },
  { alert: WARN, prod: 'slack', staging: 'slack', night: 'pagerduty' },
  { alert: PLATFORM, prod: 'slack', staging: 'slack', night: 'pagerduty' },
  { alert: INFO, prod: 'nobody', staging: 'nobody', night: 'nobody' },
  { alert: DEAD_MAN, prod: 'watchdog', staging: 'watchdog', night: 'nobody' },
  { alert: { alertname: 'Unlabelled' }, prod: 'slack', staging: 'slack', night: 'pagerduty' },
] as const;

/** Firing together -> held back. */
const HELD: readonly { readonly why: string; readonly firing: readonly Labels[]; readonly held: readonly string[] }[] = [
  { why: 'a page holds the warning of the same model', firing: [PAGE, WARN, OTHER], held: ['WeirModelFallback/fraud'] },
  { why: 'a cluster that is down holds all of its models, and nothing else', firing: [CLUSTER, OTHER, PLATFORM], held: ['WeirModelFallback/churn'] },
  { why: 'a page of the platform holds no warning', firing: [{ ...PLATFORM, alertname: 'WeirRulesFail', severity: 'page' }, PLATFORM], held: [] },
];

test('no key stands in the configuration: each is a file of the Secret', () => {
  const text = stringify(alertmanagerConfig(PROD));
  expect(text.match(/\w*(url|key)(_file)?: \S+/g)).toEqual([
    'slack_api_url_file: /etc/alertmanager/secrets/weir-alerts/slack-url',
    'routing_key_file: /etc/alertmanager/secrets/weir-alerts/pagerduty-key',
    'url_file: /etc/alertmanager/secrets/weir-alerts/watchdog-url',
  ]);
});

const bin = join(toolsFolder(), 'bin');

describe.skipIf(missingTool('prometheus', [join(bin, 'amtool'), join(bin, 'alertmanager')]) !== null)('Alertmanager', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-routes-'));
    for (const [name, args] of Object.entries({ prod: PROD, staging: STAGING, night: NIGHT_ONLY })) writeFileSync(join(folder, name), known(args));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const amtool = (...args: readonly string[]) => execFileSync(join(bin, 'amtool'), args, { encoding: 'utf8' });

  test.each(['prod', 'staging', 'night'])('takes the configuration of %s', (name) => {
    expect(amtool('check-config', join(folder, name))).toContain('SUCCESS');
  });

  test.each(TABLE)('$alert.alertname ($alert.severity) reaches $prod', ({ alert, ...expected }) => {
    const labels = Object.entries(alert).map(([key, value]) => `${key}=${value}`);
    for (const [name, receiver] of Object.entries(expected)) {
      expect(amtool('config', 'routes', 'test', '--config.file', join(folder, name), `--verify.receivers=${receiver}`, ...labels)).toContain(
        receiver,
      );
    }
  });

  test.each(HELD)(
    '$why',
    async ({ firing, held }) => {
      await onFreePorts(1, async ([port]) => {
        const data = mkdtempSync(join(tmpdir(), 'weir-alertmanager-'));
        const address = `http://127.0.0.1:${port}`;
        const args = [
          `--config.file=${join(folder, 'prod')}`,
          `--storage.path=${data}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--cluster.listen-address=',
        ];
        const server = keepProcess({ command: join(bin, 'alertmanager'), args, folder: data });
        try {
          await untilReady([server], 30, async () => (await fetch(`${address}/-/ready`)).ok);
          const body = JSON.stringify(firing.map((labels) => ({ labels })));
          await fetch(`${address}/api/v2/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
          let seen: readonly Shown[] = [];
          // an alert is judged when its group is first looked at; until then it is `unprocessed`
          await until(
            async () => {
              const answer = await fetch(`${address}/api/v2/alerts`);
              seen = JSON.parse(await answer.text());
              const suppressed = seen.filter(({ status }) => status.state === 'suppressed').map(nameOf);
              return (
                seen.length === firing.length &&
                JSON.stringify(suppressed.sort()) === JSON.stringify(held) &&
                seen.every(({ status }) => status.state !== 'unprocessed')
              );
            },
            () => seen.map((one) => [nameOf(one), one.status.state]),
            20_000,
          );
          expect(seen.filter(({ status }) => status.inhibitedBy.length > 0).map(nameOf)).toEqual(held);
        } finally {
          await server.stop();
        }
      });
    },
    60_000,
  );
});

interface Shown {
  readonly labels: Labels;
  readonly status: { readonly state: 'active' | 'suppressed' | 'unprocessed'; readonly inhibitedBy: readonly string[] };
}

const nameOf = ({ labels }: Shown): string => `${labels.alertname}/${labels.model}`;

/** As Alertmanager 0.25 knows it: a webhook's URL from a file came with 0.26, and groups are looked at at once. */
function known(args: AlertingArgs): string {
  return stringify(alertmanagerConfig(args))
    .replaceAll(/url_file: \/etc\/alertmanager\/secrets\/weir-alerts\/watchdog-url/g, 'url: http://127.0.0.1:1/')
    .replaceAll(/group_wait: \w+/g, 'group_wait: 1ms');
}
