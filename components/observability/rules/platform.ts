import type { AlertRule, RuleArgs, RuleGroup } from './rule.ts';
import { CERTIFICATE_DAYS, FEWEST_BAD, GATEWAY_ERROR_RATIO, KNOWN_MODELS_SECONDS, QUOTA_RATIO, VOLUME_ROOM_RATIO } from './thresholds.ts';

/** Always fires: who does not hear it any more knows that Prometheus or Alertmanager is dead. */
export const WATCHDOG = 'Watchdog';
/** While it fires, alerts of models say nothing new. */
export const CLUSTER_DOWN = 'WeirClusterDown';

/** Exporters that speak of others' objects: the object's namespace, not the exporter's, decides who is told. */
const EXPORTED = { namespace: '{{ $labels.exported_namespace }}' };

/** The cluster, the gateway, certificates, secrets, quotas, and what watches all of it. Pages when the platform cannot see or repair itself. */
export function platformRules(args: RuleArgs): RuleGroup {
  return { name: 'platform', recordings: [], alerts: [...cluster(args), ...gateway(), fallbackOld(), ...secrets(), ...room(args), ...watching()] };
}

/** Who has a node and does not start, or who finds none. Steps of workflows that wait in a queue are held back by a gate: that is their turn, and no trouble. */
const STUCK = 'kube_pod_status_scheduled{condition="true"} == 1 or kube_pod_status_unschedulable == 1';

function cluster({ namespaces }: RuleArgs): readonly AlertRule[] {
  const of = `namespace=~"${['kube-system', ...namespaces].join('|')}"`;
  return [
    {
      alert: CLUSTER_DOWN,
      expr: 'absent(up{job="apiserver"} == 1)',
      for: '3m',
      severity: 'page',
      summary: 'The API server does not answer',
      description: 'Pods that run serve on; nothing is started, moved or repaired. Alerts of models are held back while this lasts.',
    },
    {
      alert: 'WeirPlatformPartDown',
      expr: `kube_deployment_spec_replicas{${of}} > 0 and on (namespace, deployment) kube_deployment_status_replicas_available{${of}} == 0`,
      for: '5m',
      severity: 'page',
      summary: 'No pod of {{ $labels.namespace }}/{{ $labels.deployment }} works',
      description: 'A part of the platform is gone. Models serve on; what this part does for them does not happen.',
    },
    {
      alert: 'WeirPodsWait',
      expr: `sum by (namespace) (kube_pod_status_phase{phase="Pending"} == 1 and on (namespace, pod) (${STUCK})) > 0`,
      for: '15m',
      severity: 'warn',
      summary: '{{ $value }} pods of {{ $labels.namespace }} have waited for 15 minutes',
      description: 'They find no node, no volume or no image. Kubernetes goes on trying.',
    },
    {
      alert: 'WeirContainerRestarts',
      expr: 'sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total[1h])) > 5',
      severity: 'warn',
      summary: '{{ $labels.namespace }}/{{ $labels.pod }}: {{ $labels.container }} was started {{ $value | printf "%.0f" }} times in an hour',
      description: 'It crashes, runs out of memory or fails its probe. Kubernetes waits longer before each start, up to five minutes.',
    },
    {
      alert: 'WeirAutoscalerBlind',
      expr: 'sum by (exported_namespace, scaledObject) (increase(keda_scaler_detail_errors_total[10m])) > 0',
      for: '15m',
      severity: 'warn',
      labels: EXPORTED,
      summary: 'KEDA cannot read what {{ $labels.exported_namespace }}/{{ $labels.scaledObject }} is scaled by',
      description: 'It keeps the pods that are there, or goes to the number that the fallback names if that is more; it does not follow the load.',
    },
  ];
}

function gateway(): readonly AlertRule[] {
  const answers = (more: string) => `sum(increase(envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix!="admin"${more}}[5m]))`;
  const bad = answers(',envoy_response_code_class="5"');
  return [
    {
      alert: 'WeirGatewayErrors',
      expr: `${bad} / (${answers('')} > 0) > ${GATEWAY_ERROR_RATIO} and ${bad} >= ${FEWEST_BAD}`,
      for: '5m',
      severity: 'page',
      summary: '{{ $value | humanizePercentage }} of what the gateway answers is 5xx',
      description: 'Callers see it whatever the models say: a model without a pod fails here and nowhere else.',
    },
    {
      alert: 'WeirGatewayConfigRefused',
      expr: 'sum(increase(xds_nack_total[10m])) > 0',
      for: '10m',
      severity: 'warn',
      summary: 'A proxy of the gateway refuses its configuration',
      description: 'It serves on with the last one that it took: new routes, weights and limits do not arrive there.',
    },
  ];
}

/** Each proxy for itself: callers meet either. */
function fallbackOld(): AlertRule {
  return {
    alert: 'WeirFallbackModelsOld',
    expr: `max by (namespace, pod) (weir_known_models_age_seconds) > ${KNOWN_MODELS_SECONDS}`,
    for: '5m',
    severity: 'warn',
    summary: '{{ $labels.pod }} has not seen the list of models for {{ $value | humanizeDuration }}',
    description:
      'A model without a pod is answered by what its file declared then: new models get 404 there, and changed fallbacks answer as they were.',
  };
}

function secrets(): readonly AlertRule[] {
  const left = '(min by (exported_namespace, name) (certmanager_certificate_expiration_timestamp_seconds > 0) - time())';
  const days = (number: number) => `${left} < ${number * 86_400}`;
  const certificate = '{{ $labels.exported_namespace }}/{{ $labels.name }}';
  return [
    {
      alert: 'WeirCertificateNotRenewed',
      expr: days(CERTIFICATE_DAYS.warn),
      for: '1h',
      severity: 'warn',
      labels: EXPORTED,
      summary: `Certificate ${certificate} runs out in {{ $value | humanizeDuration }}`,
      description: 'cert-manager should have renewed it at a third of its life, and goes on trying.',
    },
    {
      alert: 'WeirCertificateRunsOut',
      expr: days(CERTIFICATE_DAYS.page),
      for: '10m',
      severity: 'page',
      labels: EXPORTED,
      summary: `Certificate ${certificate} runs out in {{ $value | humanizeDuration }}`,
      description: 'After that, calls that rely on it fail. cert-manager has failed to renew it for weeks.',
    },
    {
      alert: 'WeirSecretNotRead',
      expr: 'max by (exported_namespace, name) (externalsecret_status_condition{condition="Ready",status="False"}) == 1',
      for: '15m',
      severity: 'warn',
      labels: EXPORTED,
      summary: 'Secret {{ $labels.exported_namespace }}/{{ $labels.name }} cannot be read from Secrets Manager',
      description: 'Pods keep what was read last; a changed secret does not arrive, and a new pod may not start.',
    },
  ];
}

function room({ karpenter }: RuleArgs): readonly AlertRule[] {
  const quota = (type: string) => `kube_resourcequota{namespace=~"tenant-.*",type="${type}"}`;
  return [
    {
      alert: 'WeirQuotaNearlyUsed',
      expr: `${quota('used')} / ignoring (type) (${quota('hard')} > 0) > ${QUOTA_RATIO}`,
      for: '15m',
      severity: 'warn',
      summary: '{{ $labels.namespace }} uses {{ $value | humanizePercentage }} of its {{ $labels.resource }}',
      description: "What goes beyond is refused: a rollout that needs a second slot waits with the reason in the model's status.",
    },
    {
      alert: 'WeirVolumeFills',
      expr: `kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < ${VOLUME_ROOM_RATIO}`,
      for: '15m',
      severity: 'warn',
      summary: '{{ $value | humanizePercentage }} of volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is left',
      description: 'Volumes grow when the claim does, and never by themselves.',
    },
    ...(karpenter ? [poolFull()] : []),
  ];
}

function poolFull(): AlertRule {
  return {
    alert: 'WeirPoolNearlyFull',
    expr: `karpenter_nodepools_usage / on (nodepool, resource_type) karpenter_nodepools_limit > ${QUOTA_RATIO}`,
    for: '15m',
    severity: 'warn',
    summary: 'Pool {{ $labels.nodepool }} has {{ $value | humanizePercentage }} of the {{ $labels.resource_type }} that it may have',
    description: 'Karpenter starts no node beyond the limit: pods wait instead. The limit is the wall in front of a surprising bill.',
  };
}

/** An AlertmanagerConfig is a tenant's: it is left out while the tenant's Secret is missing, which WeirSecretNotRead tells, and wakes nobody. */
function watching(): readonly AlertRule[] {
  const rejected = 'max by (resource) (prometheus_operator_managed_resources{state="rejected",resource!="AlertmanagerConfig"}) > 0';
  return [
    {
      alert: WATCHDOG,
      expr: 'vector(1)',
      severity: 'info',
      summary: 'Alerts arrive',
      description: 'Fires always. A service outside of the cluster tells people when it no longer hears this.',
    },
    {
      alert: 'WeirTargetsDown',
      expr: 'sum by (namespace, job) (up == bool 0) / count by (namespace, job) (up) > 0.1',
      for: '15m',
      severity: 'warn',
      summary: '{{ $value | humanizePercentage }} of the targets of {{ $labels.namespace }}/{{ $labels.job }} cannot be read',
      description: 'Alerts on their metrics do not fire.',
    },
    {
      alert: 'WeirRulesFail',
      expr: 'sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total[15m])) > 0',
      for: '15m',
      severity: 'page',
      summary: 'Rules of {{ $labels.rule_group }} cannot be evaluated',
      description: 'Their alerts do not fire, whatever happens.',
    },
    {
      alert: 'WeirConfigRefused',
      expr: `prometheus_config_last_reload_successful == 0 or alertmanager_config_last_reload_successful == 0 or ${rejected}`,
      for: '10m',
      severity: 'page',
      summary: 'A rule, a monitor or a route is not in force: its configuration was refused',
      description: 'Prometheus or Alertmanager go on with the last configuration that they took, or the operator leaves an object out.',
    },
    {
      alert: 'WeirAlertsNotDelivered',
      expr: 'sum by (integration) (increase(alertmanager_notifications_failed_total[10m])) > 0 or sum by (integration) (increase(prometheus_notifications_dropped_total[10m])) > 0',
      for: '10m',
      severity: 'page',
      summary: 'Alerts do not reach people{{ if $labels.integration }} by {{ $labels.integration }}{{ end }}',
      description: 'Alertmanager tries again for as long as the alert fires. The other way in, and the dead man outside, still work.',
    },
    logsLost(),
  ];
}

function logsLost(): AlertRule {
  return {
    alert: 'WeirLogsLost',
    expr: 'sum(increase(fluentbit_output_dropped_records_total[15m])) > 0',
    for: '15m',
    severity: 'warn',
    summary: '{{ $value | printf "%.0f" }} lines of logs were given up',
    description: 'CloudWatch refused them or could not be reached for long. The lines stay on their nodes until the kubelet rotates them.',
  };
}
