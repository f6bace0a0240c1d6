import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';

type Receiver = NonNullable<EffectiveTenant['alerts']['warn']>;

/** Where a tenant's alerts go, by Alertmanager. */
export interface AlertRoutes {
  /** Of the AlertmanagerConfig. */
  readonly spec: object;
  /** What has to stand in the tenant's secret. */
  readonly keys: readonly string[];
}

/** The Secret in the tenant's namespace that its receivers read. */
export const ALERTS_SECRET = 'weir-alerts';
/** Of the tenant's secret: an incoming webhook of its own Slack. */
const SLACK_KEY = 'slack-url';

/** Kubernetes's way to say which alert. */
const GROUP_BY = ['alertname', 'model'];

/**
 * Receivers for what may wait and for what wakes people up, below the platform's own routes: the operator lets a tenant's configuration see the alerts of its
 * namespace alone. Without a page of its own a tenant is paged where it is warned. None or one: Alertmanager here sends no mail, so a tenant that names nothing but
 * an address has no route of its own, and its alerts stay with the platform's.
 */
export function alertRoutes({ alerts, contacts }: Pick<EffectiveTenant, 'alerts' | 'contacts'>): readonly AlertRoutes[] {
  const warn = alerts.warn ?? (contacts.slack === undefined ? {} : { slack: contacts.slack });
  const page = alerts.page ?? warn;
  const named = [
    { name: 'page', matchers: [severity('page')], to: page, repeatInterval: '4h' },
    { name: 'warn', matchers: [severity('warn')], to: warn, repeatInterval: '12h' },
  ].filter(({ to }) => to.slack !== undefined || to.pagerduty !== undefined);
  if (named.length === 0) return [];
  const receivers = named.map(({ name, to }) => ({ name, ...configsOf(to) }));
  const routes = named.map(({ name, matchers, repeatInterval }) => ({ receiver: name, matchers, repeatInterval }));
  const timing = { groupBy: GROUP_BY, groupWait: '30s', groupInterval: '5m' };
  // the first receiver is never reached: every alert that gets here is a page or a warning, or told to nobody
  const nobody = { name: 'nobody' };
  const spec = { route: { receiver: nobody.name, ...timing, routes }, receivers: [nobody, ...receivers] };
  return [{ spec, keys: [...new Set(named.flatMap(({ to }) => keysOf(to)))] }];
}

const severity = (value: string) => ({ name: 'severity', value, matchType: '=' });
const keysOf = ({ slack, pagerduty }: Receiver): readonly string[] => [
  ...(slack === undefined ? [] : [SLACK_KEY]),
  ...(pagerduty === undefined ? [] : [pagerduty]),
];
const secret = (key: string) => ({ name: ALERTS_SECRET, key });

function configsOf({ slack, pagerduty }: Receiver): object {
  return {
    ...(slack === undefined ? {} : { slackConfigs: [{ apiURL: secret(SLACK_KEY), channel: slack, sendResolved: true, title: TITLE, text: TEXT }] }),
    ...(pagerduty === undefined ? {} : { pagerdutyConfigs: [{ routingKey: secret(pagerduty), sendResolved: true, description: TITLE }] }),
  };
}

/** Alertmanager's templates: what is wrong, with which model; then what it means and where to read on. */
const TITLE = '{{ .CommonLabels.alertname }} {{ .CommonLabels.model }}';
const TEXT = '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.runbook_url }}\n{{ end }}';
