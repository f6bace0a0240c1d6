import { namespaceOf } from '../../../runtime/model/render/names.ts';

/** `page` wakes somebody, `warn` waits for the morning, `info` is only shown. */
export type Severity = 'page' | 'warn' | 'info';

/** What is calculated once for all who ask. Its name is `weir:<what>:<how>`. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

/** A query that has an answer when something is wrong. */
export interface AlertRule {
  /** Its runbook is `docs/runbooks/<in kebab case>.md`. */
  readonly alert: string;
  readonly expr: string;
  /** How long it must be so: a duration of Prometheus. Default: one evaluation. */
  readonly for?: string;
  readonly severity: Severity;
  /** Beyond those of the query. */
  readonly labels?: Readonly<Record<string, string>>;
  /** One line, with what and where. */
  readonly summary: string;
  /** What it means, and what Weir has done about it. */
  readonly description: string;
}

/** Rules that are evaluated one after the other, every 30 seconds. */
export interface RuleGroup {
  /** As the table of 30-platform 3.6 has it. */
  readonly name: string;
  readonly recordings: readonly RecordingRule[];
  readonly alerts: readonly AlertRule[];
}

/** What rules need to know of an environment. */
export interface RuleArgs {
  /** Hours for which a record stays in a topic. */
  readonly retentionHours: number;
  /** What the environment may cost a month, US dollars. */
  readonly monthlyUsd: number;
  /** Namespaces of the platform's own parts. */
  readonly namespaces: readonly string[];
  /** Whether Weir's Karpenter starts the nodes. */
  readonly karpenter: boolean;
}

/** An alert about a model, from a query with the labels `tenant` and `model`: it has the tenant's namespace, so that the tenant's own routes see it. */
export function ofModel(rule: AlertRule): AlertRule {
  return { ...rule, labels: { ...rule.labels, namespace: namespaceOf('{{ $labels.tenant }}') } };
}

/** A query whose series carry the pod's labels, with the names that our own metrics have. */
export function named(query: string, prefix = ''): string {
  return `label_replace(label_replace(${query}, "tenant", "$1", "${prefix}weir_dev_tenant", "(.+)"), "model", "$1", "${prefix}weir_dev_model", "(.+)")`;
}

/** Query text over several lines, as one. */
export function promql(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: parts.raw }, ...values)
    .replaceAll(/\s+/g, ' ')
    .trim();
}
