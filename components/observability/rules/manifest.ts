import type { AlertRule, RuleGroup } from './rule.ts';

/** Where runbooks are read: the pages of docs/runbooks. */
const RUNBOOKS = 'https://weir.dev/runbooks';

/** Seconds between two evaluations: Prometheus scrapes models every 5 seconds, everything else every 30. */
const EVERY_S = 30;

/** A file of rules as Prometheus reads it: also the spec of a `PrometheusRule`. */
export interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly interval: string;
    readonly rules: readonly (RecordedRule | WrittenAlert)[];
  }[];
}

interface RecordedRule {
  readonly record: string;
  readonly expr: string;
}

interface WrittenAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A group as Prometheus takes it; each alert has its severity, its words and its runbook. */
export function ruleFile({ name, recordings, alerts }: RuleGroup): RuleFile {
  const recorded = recordings.map(({ record, expr }) => ({ record, expr }));
  return { groups: [{ name: `weir.${name}`, interval: `${EVERY_S}s`, rules: [...recorded, ...alerts.map(written)] }] };
}

function written(rule: AlertRule): WrittenAlert {
  const { alert, expr, severity, labels = {}, summary, description } = rule;
  const annotations = { summary, description, runbook_url: `${RUNBOOKS}/${runbookOf(alert)}` };
  return { alert, expr, ...(rule.for === undefined ? {} : { for: rule.for }), labels: { ...labels, severity }, annotations };
}

/** The name of an alert's page in docs/runbooks, without `.md`: `WeirGpuIdle` -> `weir-gpu-idle`. */
export function runbookOf(alert: string): string {
  return alert.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
