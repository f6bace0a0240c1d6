import type { Resource } from '@pulumi/pulumi';
import { NAMESPACES } from '../../components/kubernetes/plan.ts';
import { AlertRules } from '../../components/observability/alert-rules.ts';
import { Costs } from '../../components/observability/costs.ts';
import { Dashboards } from '../../components/observability/dashboards/dashboards.ts';
import { LogAgent } from '../../components/observability/log-agent.ts';
import { Monitoring } from '../../components/observability/monitoring.ts';
import { MonitoringKinds } from '../../components/observability/monitoring-kinds.ts';
import { type Below, type Part, replicasOf } from './below.ts';

/** Wave 1: the kinds of monitors and rules. @param after The platform's namespaces. */
export function buildMonitoringKinds({ settings, inside }: Below, after: readonly Resource[]): Part {
  return new MonitoringKinds(`${settings.environment}-monitoring-kinds`, { after }, inside);
}

/**
 * Wave 3: Prometheus, Alertmanager, Grafana; logs of pods.
 * @param after The kinds, External Secrets with what it made of `weir/<env>/alerts`, cert-manager, and nodes.
 */
export function buildObservability({ settings, foundation, inside }: Below, after: readonly Resource[]): Part {
  const { environment: env, prometheus, gateway, kafka, karpenter, account, region, partition, dataPolicy } = settings;
  const { receivers, slackChannel, watchdog } = settings.alerts;
  const monitoring = new Monitoring(
    `${env}-monitoring`,
    {
      ...prometheus,
      cluster: `weir-${env}`,
      replicas: replicasOf(settings),
      alerting: { receivers, slackChannel, watchdog: watchdog === 'on' },
      ...(gateway.people === undefined || gateway.domain === undefined ? {} : { grafanaHost: `grafana.${gateway.domain}` }),
      kafka: { bootstrapBrokers: foundation.kafka.bootstrapBrokers, brokers: kafka.brokers },
      ownNodes: karpenter === 'on',
      after,
    },
    inside,
  );
  const place = { env, account, region, partition, clusterName: foundation.cluster.name };
  const logs = new LogAgent(`${env}-logs`, { ...place, keyArn: foundation.keys.logs, days: settings.cluster.logDays, dataPolicy, after }, inside);
  return { ready: [...monitoring.ready, ...logs.ready] };
}

/** Wave 7: rules, and what everything costs. @param after Prometheus and its operator. */
export function buildRules({ settings, inside }: Below, after: readonly Resource[]): Part {
  const { environment: env, karpenter } = settings;
  const rules = new AlertRules(`${env}-rules`, { rules: rulesOf(settings), after }, inside);
  const costs = new Costs(`${env}-costs`, { cluster: `weir-${env}`, ownNodes: karpenter === 'on', after }, inside);
  return { ready: [...rules.ready, ...costs.ready] };
}

/** Wave 7: what people look at; panels draw their lines where alerts fire. @param after The namespace of Grafana. */
export function buildDashboards({ settings, inside }: Below, after: readonly Resource[]): Part {
  return new Dashboards(`${settings.environment}-dashboards`, { namespace: NAMESPACES.monitoring, rules: rulesOf(settings), after }, inside);
}

/** What alerts know of the environment. */
function rulesOf({ kafka, budget, karpenter }: Below['settings']) {
  const namespaces = Object.values(NAMESPACES);
  return { retentionHours: kafka.retentionHours, monthlyUsd: budget.monthlyUsd, namespaces, karpenter: karpenter === 'on' };
}
