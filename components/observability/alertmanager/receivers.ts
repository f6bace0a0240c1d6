/** The Secret in namespace `monitoring` that External Secrets makes of `weir/<env>/alerts`, and where Alertmanager finds its keys as files. */
export const ALERT_KEYS = 'weir-alerts';
const KEYS = `/etc/alertmanager/secrets/${ALERT_KEYS}`;

/** A way to reach somebody, as Alertmanager knows it. */
export interface Receiver {
  readonly name: string;
  readonly slack_configs?: readonly Readonly<Record<string, unknown>>[];
  readonly pagerduty_configs?: readonly Readonly<Record<string, unknown>>[];
  readonly webhook_configs?: readonly Readonly<Record<string, unknown>>[];
}

/** Told nowhere. */
export const NOBODY = 'nobody';

const EACH = '{{ range .Alerts.Firing }}{{ .Annotations.summary }}\n{{ end }}';
const FIRST = '{{ with index .Alerts 0 }}{{ .Annotations.summary }}{{ end }}';

/** Slack: what is wrong, of which environment, what Weir did and where it is written what to do. */
export const slack = {
  global: { slack_api_url_file: `${KEYS}/slack-url` },
  receiver: (channel: string): Receiver => ({
    name: 'slack',
    slack_configs: [
      {
        channel,
        send_resolved: true,
        color: '{{ if eq .Status "firing" }}{{ if eq .CommonLabels.severity "page" }}danger{{ else }}warning{{ end }}{{ else }}good{{ end }}',
        title:
          '{{ if eq .Status "firing" }}{{ .CommonLabels.severity }}{{ else }}over{{ end }}: {{ .CommonLabels.alertname }} ({{ .CommonLabels.cluster }})',
        title_link: '{{ .CommonAnnotations.runbook_url }}',
        text: `{{ if eq .Status "firing" }}${EACH}{{ .CommonAnnotations.description }}{{ end }}`,
      },
    ],
  }),
} as const;

/** PagerDuty: one incident for each group, closed when it is over. */
export const pagerduty: Receiver = {
  name: 'pagerduty',
  pagerduty_configs: [
    {
      routing_key_file: `${KEYS}/pagerduty-key`,
      send_resolved: true,
      severity: 'critical',
      description: `${FIRST}{{ if gt (len .Alerts) 1 }} (and {{ len .Alerts }} in all){{ end }}`,
      details: {
        cluster: '{{ .CommonLabels.cluster }}',
        all: EACH,
        done: '{{ .CommonAnnotations.description }}',
        runbook: '{{ .CommonAnnotations.runbook_url }}',
      },
    },
  ],
};

/** The dead man's switch: calls, and nothing to be read. */
export const watchdog: Receiver = { name: 'watchdog', webhook_configs: [{ url_file: `${KEYS}/watchdog-url`, send_resolved: false }] };
