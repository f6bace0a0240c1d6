import { CLUSTER_DOWN, WATCHDOG } from '../rules/platform.ts';
import { NOBODY, pagerduty, type Receiver, slack, watchdog } from './receivers.ts';

/** Who is told. */
export interface AlertingArgs {
  /** How people are reached: `pagerduty` wakes them; without it pages go to Slack. At least one. */
  readonly receivers: readonly ('slack' | 'pagerduty')[];
  /** Of the platform team, with its #. */
  readonly slackChannel: string;
  /** Whether a service outside is called while alerts arrive. */
  readonly watchdog: boolean;
}

/** Which alerts go where. The first route that matches has it; without one it is the root's. */
export interface Route {
  readonly receiver: string;
  readonly matchers?: readonly string[];
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly routes?: readonly Route[];
}

/** Alerts that are held back while another fires. */
export interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  /** Labels that both must have alike. */
  readonly equal: readonly string[];
}

/** Alertmanager's configuration. The operator puts each tenant's own routes before these and goes on to these. */
export interface AlertmanagerConfig {
  readonly global: Readonly<Record<string, string>>;
  readonly route: Route;
  readonly inhibit_rules: readonly Inhibition[];
  readonly receivers: readonly Receiver[];
}

const OF_A_MODEL = 'model=~".+"';

/** A page says it all: the warning of the same model adds nothing. While the cluster is down, models are. */
const INHIBITIONS: readonly Inhibition[] = [
  {
    source_matchers: ['severity="page"', OF_A_MODEL],
    target_matchers: ['severity=~"warn|info"', OF_A_MODEL],
    equal: ['cluster', 'tenant', 'model'],
  },
  { source_matchers: [`alertname="${CLUSTER_DOWN}"`], target_matchers: [OF_A_MODEL], equal: ['cluster'] },
];

/** Grouped, so that a page about forty models is one message: 30 s to gather, 5 min for what joins, again after 4 h (30-platform, 3.6). */
export function alertmanagerConfig(args: AlertingArgs): AlertmanagerConfig {
  const wakes = args.receivers.includes('pagerduty') ? 'pagerduty' : 'slack';
  const tells = args.receivers.includes('slack') ? 'slack' : 'pagerduty';
  const used = [...new Set([wakes, tells])];
  return {
    global: { resolve_timeout: '5m', ...(used.includes('slack') ? slack.global : {}) },
    route: {
      receiver: tells,
      group_by: ['alertname', 'cluster', 'namespace', 'model'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '4h',
      routes: [
        deadMan(args.watchdog),
        { receiver: wakes, matchers: ['severity="page"'] },
        tenantsWarnings(tells),
        { receiver: tells, matchers: ['severity="warn"'] },
        { receiver: NOBODY, matchers: ['severity="info"'] }, // shown by Alertmanager and Grafana
      ],
    },
    inhibit_rules: INHIBITIONS,
    receivers: [
      { name: NOBODY },
      ...(used.includes('slack') ? [slack.receiver(args.slackChannel)] : []),
      ...(used.includes('pagerduty') ? [pagerduty] : []),
      ...(args.watchdog ? [watchdog] : []),
    ],
  };
}

/** Sent again every five minutes: the switch outside tells people when it stops. */
function deadMan(on: boolean): Route {
  const matchers = [`alertname="${WATCHDOG}"`];
  if (!on) return { receiver: NOBODY, matchers };
  return { receiver: watchdog.name, matchers, group_wait: '0s', group_interval: '1m', repeat_interval: '5m' };
}

/** The tenant's own route has told the owner. Here it is one message for all tenants, once a day, for whoever looks for a pattern. */
function tenantsWarnings(receiver: string): Route {
  const matchers = ['severity="warn"', 'namespace=~"tenant-.+"'];
  return { receiver, matchers, group_by: ['alertname', 'cluster'], group_wait: '5m', group_interval: '1h', repeat_interval: '24h' };
}
