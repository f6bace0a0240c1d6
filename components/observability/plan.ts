import type { Input, Resource } from '@pulumi/pulumi';
import type { KubePrometheusStackArgs } from '../../charts/values/kube-prometheus-stack.ts';
import { ArgsError } from '../../runtime/errors.ts';
import type { DataPolicy } from '../base.ts';
import type { PodRoleArgs } from '../identity/pod-role-plan.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { type AlertingArgs, alertmanagerConfig } from './alertmanager/config.ts';
import { ALERT_KEYS } from './alertmanager/receivers.ts';
import { MODEL_METRICS } from './model-metrics.ts';

/** Prometheus's Service, made by the operator, and its port. */
export const PROMETHEUS_SERVICE = { service: 'prometheus-operated', namespace: NAMESPACES.monitoring, port: 9090 } as const;
/** Grafana's Service and its port: what the gateway leads to. */
export const GRAFANA_SERVICE = { service: 'grafana', namespace: NAMESPACES.monitoring, port: 80 } as const;
/** The Secret with Grafana's `admin-user` and `admin-password`. */
export const GRAFANA_ADMIN = 'grafana-admin';

/**
 * Prometheus, Alertmanager and Grafana. With the defaults of `prod` two Prometheus of 16 GiB of memory and 200 GiB of gp3 each: about 35 USD a month for
 * the volumes, and the nodes that they run on.
 */
export interface MonitoringArgs {
  /** On every alert and series that leaves the cluster: `weir-prod`. */
  readonly cluster: string;
  /** 2: one node less loses neither samples nor alerts. 1 in dev. */
  readonly replicas: 1 | 2;
  /** Days for which samples are kept, if the volume has room for them. */
  readonly days: number;
  /** Each Prometheus's volume. It can only grow: a smaller one is refused by the API server. */
  readonly GiB: number;
  /** Who is told. */
  readonly alerting: AlertingArgs;
  /** Grafana's address behind the gateway's sign-on. Without it only `kubectl port-forward` leads there. */
  readonly grafanaHost?: string;
  /** Where Kafka's brokers are: names and ports for clients, and how many there are. */
  readonly kafka: { readonly bootstrapBrokers: Input<string>; readonly brokers: number };
  /** Whether Weir's Karpenter starts the nodes. */
  readonly ownNodes: boolean;
  /** The kinds, External Secrets with the Secret of the alerts' keys, cert-manager, and nodes. */
  readonly after: readonly Resource[];
}

/**
 * Values of the release; what Pulumi passes on as it is.
 * @throws ArgsError where nobody would be told
 */
export function planMonitoring(args: Omit<MonitoringArgs, 'after'>): KubePrometheusStackArgs {
  const { cluster, replicas, days, GiB, alerting, ownNodes } = args;
  if (alerting.receivers.length === 0) {
    throw new ArgsError('alerts.receivers', 'is empty', 'Name slack, pagerduty or both: alerts that reach nobody are worse than none.');
  }
  return {
    cluster,
    replicas,
    days,
    GiB,
    alerting: { ...alertmanagerConfig(alerting) },
    alertKeys: ALERT_KEYS,
    nodeAgents: NAMESPACES.nodeAgents,
    grafanaHost: args.grafanaHost,
    grafanaAdmin: GRAFANA_ADMIN,
    customResources: MODEL_METRICS,
    ownNodes,
  };
}

/** Logs of every container, in CloudWatch: 0.50 USD and more for each GB taken in, 0.03 for each GB and month kept. */
export interface LogAgentArgs {
  /** The environment: the log group is `/weir/<env>/pods`. */
  readonly env: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  /** Of the cluster and the log group. */
  readonly region: string;
  /** Pods of another cluster are refused. */
  readonly clusterName: Input<string>;
  /** Key of the log group. */
  readonly keyArn: Input<string>;
  /** Days for which lines are kept; one that CloudWatch knows. */
  readonly days: number;
  /** With `keep` the log group is protected, and stays when the stack goes. */
  readonly dataPolicy: DataPolicy;
  /** The kind ServiceMonitor, and the namespace of agents of nodes. */
  readonly after: readonly Resource[];
}

export interface LogAgentPlan {
  readonly logGroup: string;
  readonly serviceAccount: string;
  readonly role: Omit<PodRoleArgs, 'pods'>;
}

/** The group, and a role that writes to it and to nothing else. */
export function planLogAgent({ env, account, partition, region }: Pick<LogAgentArgs, 'env' | 'account' | 'partition' | 'region'>): LogAgentPlan {
  const logGroup = `/weir/${env}/pods`;
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`;
  const actions = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  const statements = [{ sid: 'WriteLogsOfPods', actions, resources: [group, `${group}:*`] }];
  return { logGroup, serviceAccount: 'aws-for-fluent-bit', role: { roleName: `weir-${env}-logs`, account, statements } };
}
