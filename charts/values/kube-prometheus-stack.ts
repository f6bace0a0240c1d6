import type { Inputs } from '@pulumi/pulumi';
import { defaultRules } from './kube-prometheus-stack/default-rules.ts';
import { nodeExporterValues, stateMetricsValues } from './kube-prometheus-stack/exporters.ts';
import { grafanaValues } from './kube-prometheus-stack/grafana.ts';
import { systemPods } from './system-pods.ts';

export interface KubePrometheusStackArgs {
  /** On every series that leaves Prometheus, and on every alert: `weir-prod`. */
  readonly cluster: string;
  /** Of Prometheus and of Alertmanager: each on a node of its own, with a volume of its own. */
  readonly replicas: 1 | 2;
  /** Days for which samples are kept. */
  readonly days: number;
  /** Prometheus's volume. It can only grow. */
  readonly GiB: number;
  /** Alertmanager's configuration: what its file has, as data. Keys are files of `alertKeys`. */
  readonly alerting: Inputs;
  /** The Secret whose keys Alertmanager reads as files. */
  readonly alertKeys: string;
  /** Where the node exporter runs: it mounts the node's folders. */
  readonly nodeAgents: string;
  /** Grafana's own address; none: it is reached by `kubectl port-forward` alone. */
  readonly grafanaHost: string | undefined;
  /** The Secret with `admin-user` and `admin-password`. */
  readonly grafanaAdmin: string;
  /** Custom resources that kube-state-metrics turns into metrics: its own configuration, and the rights that it needs. */
  readonly customResources: { readonly config: Inputs; readonly rules: readonly Inputs[] };
  /** Whether nodes are Weir's: then what must not vanish with the spot market stays on on-demand nodes. */
  readonly ownNodes: boolean;
}

/** Blocks, and what is written before blocks are made from it, must both fit: the rest is for the write-ahead log and compaction. */
const RETENTION_SHARE = 0.85;
/** The class of components/kubernetes: encrypted gp3. */
const STORAGE_CLASS = 'gp3';
/** Models are scaled by what Prometheus says: it does not give way to them. */
const PRIORITY = 'system-cluster-critical';
/** EKS runs these out of sight: their monitors would find nothing, and alert about it. */
const HIDDEN = { enabled: false };

/** Prometheus, Alertmanager, Grafana and their exporters (30-platform, 3.6); kinds come from prometheus-operator-crds. */
export function kubePrometheusStackValues(args: KubePrometheusStackArgs): Inputs {
  return {
    crds: HIDDEN,
    cleanPrometheusOperatorObjectNames: true,
    fullnameOverride: 'weir',
    defaultRules: defaultRules(),
    kubeControllerManager: HIDDEN,
    kubeScheduler: HIDDEN,
    kubeEtcd: HIDDEN,
    kubeProxy: HIDDEN,
    prometheusOperator: operator(args),
    prometheus: prometheus(args),
    alertmanager: alertmanager(args),
    grafana: grafanaValues({ host: args.grafanaHost, admin: args.grafanaAdmin, storageClass: STORAGE_CLASS }),
    'kube-state-metrics': stateMetricsValues(args),
    'prometheus-node-exporter': nodeExporterValues(args.nodeAgents),
  };
}

/** Its webhook refuses a rule that does not parse; cert-manager makes its certificate, so no job with rights of its own has to. */
function operator({ ownNodes }: KubePrometheusStackArgs): Inputs {
  return {
    ...systemPods(ownNodes),
    priorityClassName: PRIORITY,
    admissionWebhooks: { certManager: { enabled: true }, failurePolicy: 'Ignore', patch: HIDDEN }, // Ignore: an operator that is down must not stop a tenant's model
    resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '256Mi' } },
    prometheusConfigReloader: { resources: { requests: { cpu: '10m', memory: '50Mi' }, limits: { memory: '50Mi' } } },
  };
}

function prometheus(args: KubePrometheusStackArgs): Inputs {
  const { cluster, replicas, days, GiB } = args;
  return {
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    prometheusSpec: {
      ...placed(args),
      replicas,
      retention: `${days}d`,
      retentionSize: `${Math.floor(GiB * RETENTION_SHARE)}GiB`,
      externalLabels: { cluster },
      scrapeInterval: '30s',
      evaluationInterval: '30s',
      ...everyObject(),
      resources: memory(GiB),
      storageSpec: claim(`${GiB}Gi`),
    },
  };
}

/** All rules and monitors of the cluster count. Without these five the chart's own count alone, and the others are ignored without a word. */
function everyObject(): Inputs {
  const kinds = ['rule', 'serviceMonitor', 'podMonitor', 'probe', 'scrapeConfig'];
  return Object.fromEntries(kinds.map((kind) => [`${kind}SelectorNilUsesHelmValues`, false]));
}

function alertmanager(args: KubePrometheusStackArgs): Inputs {
  const { replicas, alerting, alertKeys } = args;
  return {
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    config: alerting,
    alertmanagerSpec: {
      ...placed(args),
      replicas,
      secrets: [alertKeys],
      alertmanagerConfigNamespaceSelector: { matchExpressions: [{ key: 'weir.dev/tenant', operator: 'Exists' }] },
      alertmanagerConfigMatcherStrategy: { type: 'OnNamespace' }, // a tenant's routes see alerts of its namespace alone, whatever they match
      resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '128Mi' } },
      storage: claim('2Gi'), // silences, and what has been sent: lost, everybody is told again
    },
  };
}

/** On-demand nodes: Prometheus reads its log again after a move, for minutes, and models are not scaled meanwhile. */
function placed({ replicas, ownNodes }: KubePrometheusStackArgs): Inputs {
  return {
    nodeSelector: ownNodes ? { 'karpenter.sh/capacity-type': 'on-demand' } : {},
    podAntiAffinity: replicas > 1 ? 'hard' : 'soft',
    priorityClassName: PRIORITY,
  };
}

/** About 8 KiB of memory for each series; the volume was sized for as many as fit below (30-platform, 1). */
function memory(GiB: number): Inputs {
  const size = GiB >= 200 ? '16Gi' : GiB >= 100 ? '8Gi' : '4Gi';
  return { requests: { cpu: '500m', memory: size }, limits: { memory: size } };
}

function claim(storage: string): Inputs {
  return { volumeClaimTemplate: { spec: { storageClassName: STORAGE_CLASS, accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } } };
}
