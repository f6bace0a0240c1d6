import type { PanelSpec, Row } from './board.ts';
import { ANY_IS_BAD, BROKER_SHARE, CERTIFICATES, consumerLag, VOLUME_SHARE } from './limits.ts';
import { orZero, rate } from './promql.ts';

/** Brokers, and what is written to them. */
export function kafkaRow(retentionHours: number): Row {
  return { title: 'Kafka and the prediction log', panels: [partitions(), consumers(retentionHours), brokerDisks(), dropped()] };
}

/** What runs out. */
export function secretsRow(): Row {
  return { title: 'Certificates and secrets', panels: [certificates(), secrets()] };
}

/** Whether monitoring itself works. */
export function sightRow(): Row {
  return { title: 'Monitoring itself', panels: [ruleFailures(), undelivered(), volumes(), series()] };
}

const replicas = (name: string) => `sum(kafka_server_ReplicaManager_Value{name="${name}"})`;

const partitions = (): PanelSpec => ({
  shape: 'lines',
  title: 'Partitions in trouble',
  question: 'Is data at risk?',
  reading: 'under-replicated: one broker behind or away, MSK repairs it. below minimum: writes are refused. offline: nobody can read or write.',
  unit: 'short',
  width: 6,
  queries: [
    { expr: replicas('UnderReplicatedPartitions'), legend: 'under-replicated' },
    { expr: replicas('UnderMinIsrPartitionCount'), legend: 'below minimum' },
    { expr: 'sum(kafka_controller_KafkaController_Value{name="OfflinePartitionsCount"})', legend: 'offline' },
  ],
  limits: ANY_IS_BAD,
});

const consumers = (retentionHours: number): PanelSpec => ({
  shape: 'lines',
  title: 'Consumers behind',
  question: 'Will data be lost before it is read?',
  reading: "Seconds that a group is behind. Near the topic's retention, records go before they were counted or reached the lake.",
  unit: 's',
  width: 6,
  queries: [
    { expr: 'max by (groupId, topic) (kafka_consumer_group_ConsumerLagMetrics_Value{name="EstimatedMaxTimeLag"})', legend: '{{groupId}} {{topic}}' },
  ],
  limits: consumerLag(retentionHours),
});

const brokerDisks = (): PanelSpec => ({
  shape: 'lines',
  title: 'Disks of brokers',
  question: 'Will a broker stop taking records?',
  reading: 'Share in use. MSK grows them by itself up to the limit of the settings, and does so at most every 6 hours.',
  unit: 'percentunit',
  width: 6,
  atLeast: 1,
  queries: [
    {
      expr: 'max by (instance) (1 - node_filesystem_avail_bytes{job="msk-node", mountpoint="/kafka/datalogs"} / node_filesystem_size_bytes{job="msk-node", mountpoint="/kafka/datalogs"})',
      legend: '{{instance}}',
    },
  ],
  limits: BROKER_SHARE,
});

const dropped = (): PanelSpec => ({
  shape: 'lines',
  title: 'Records that did not reach the log',
  question: 'Are predictions missing?',
  reading: 'By tenant: dropped, or answers withheld because the log refused them. Any of it is missing from drift, labels and the lake.',
  unit: 'cps',
  width: 6,
  queries: [
    { expr: `sum by (weir_dev_tenant) (${rate('weir_log_dropped_total')})`, legend: '{{weir_dev_tenant}} dropped' },
    { expr: `sum by (weir_dev_tenant) (${rate('weir_unlogged_answers_total')})`, legend: '{{weir_dev_tenant}} withheld' },
  ],
});

const certificates = (): PanelSpec => ({
  shape: 'bars',
  title: 'Days until certificates run out, the 15 next',
  question: 'Does a certificate run out?',
  reading: 'cert-manager renews each when a third of its life is left. Fewer days than the marks: renewal fails, and somebody must look why.',
  unit: 'none',
  width: 12,
  queries: [
    {
      expr: 'sort(bottomk(15, (certmanager_certificate_expiration_timestamp_seconds > 0) - time())) / 86400',
      legend: '{{exported_namespace}} {{name}}',
    },
  ],
  limits: CERTIFICATES,
  worse: 'lower',
});

const secrets = (): PanelSpec => ({
  shape: 'table',
  title: 'Secrets that could not be read',
  question: 'Does a secret not arrive?',
  reading: 'Pods keep what they have, and new ones do not start. The condition of the ExternalSecret says why: mostly a permission or a name.',
  unit: 'none',
  columns: ['exported_namespace', 'name'],
  queries: [
    { expr: 'max by (exported_namespace, name) (externalsecret_status_condition{condition="Ready", status="False"}) == 1', legend: 'not ready' },
  ],
  empty: 'none',
});

const ruleFailures = (): PanelSpec => ({
  shape: 'lines',
  title: 'Rules that fail',
  question: 'Do alerts work?',
  reading: 'Rules that could not be evaluated, by group: their alerts cannot fire.',
  unit: 'cps',
  width: 6,
  queries: [{ expr: `sum by (rule_group) (${rate('prometheus_rule_evaluation_failures_total')}) > 0`, legend: '{{rule_group}}' }],
  empty: 'none',
});

const undelivered = (): PanelSpec => ({
  shape: 'lines',
  title: 'Messages not delivered',
  question: 'Do alerts reach anybody?',
  reading: 'Alerts that Prometheus could not hand over, and messages that Alertmanager could not send, by integration.',
  unit: 'cps',
  width: 6,
  queries: [
    { expr: orZero(`sum(${rate('prometheus_notifications_dropped_total')})`), legend: 'not handed over' },
    { expr: `sum by (integration) (${rate('alertmanager_notifications_failed_total')})`, legend: 'not sent: {{integration}}' },
  ],
});

const volumes = (): PanelSpec => ({
  shape: 'lines',
  title: 'Volumes, the 10 fullest',
  question: 'Does a disk fill up?',
  reading: 'Share in use of every claim. Prometheus drops its oldest data before its own is full.',
  unit: 'percentunit',
  width: 6,
  atLeast: 1,
  queries: [
    {
      expr: 'topk(10, max by (namespace, persistentvolumeclaim) (1 - kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes))',
      legend: '{{namespace}} {{persistentvolumeclaim}}',
    },
  ],
  limits: VOLUME_SHARE,
});

const series = (): PanelSpec => ({
  shape: 'lines',
  title: 'Series in memory',
  question: 'Will Prometheus run out of memory?',
  reading: 'Each takes memory. A jump is a new label with many values: the newest model or exporter is the first to look at.',
  unit: 'short',
  width: 6,
  queries: [{ expr: 'max by (pod) (prometheus_tsdb_head_series)', legend: '{{pod}}' }],
});
