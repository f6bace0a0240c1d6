import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { FEAST, type FeaturesArgs } from './plan.ts';
import { type FeastPods, SERVER_LABELS, serverSpec } from './pods.ts';

export interface FeatureServerArgs {
  readonly pods: FeastPods;
  readonly replicas: FeaturesArgs['replicas'];
  /** What has to be there first: tables and permissions. */
  readonly after: readonly Resource[];
}

/** Above this share of the requested CPU there are more of them (30-platform, 3.4). */
const CPU_PERCENT = 70;
const metadata = { name: FEAST.service, namespace: FEAST.namespace, labels: SERVER_LABELS };

/**
 * Servers that models ask for features.
 * @example new FeatureServer('prod-features-server', { pods, replicas: { min: 2, max: 10 }, after: [setUp] }, { parent })
 */
export class FeatureServer extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { pods, replicas, after }: FeatureServerArgs, options?: ComponentResourceOptions) {
    super('weir:features:FeatureServer', name, {}, options);

    const first = this.child({ dependsOn: [...after] });
    const server = new k8s.apps.v1.Deployment(`${name}-pods`, { metadata, spec: serverSpec(pods) }, first);
    const ports = [
      { name: 'http', port: FEAST.port, targetPort: 'http' },
      { name: 'metrics', port: FEAST.metricsPort, targetPort: 'metrics' },
    ];
    const service = new k8s.core.v1.Service(`${name}-service`, { metadata, spec: { selector: SERVER_LABELS, ports } }, first);
    const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_PERCENT } } };
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: FEAST.service };
    const scaling = { scaleTargetRef, minReplicas: replicas.min, maxReplicas: replicas.max, metrics: [cpu] };
    const autoscaler = new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      `${name}-autoscaler`,
      { metadata, spec: scaling },
      this.child({ dependsOn: [server] }),
    );
    const disruption = { maxUnavailable: 1, selector: { matchLabels: SERVER_LABELS } };
    const budget = new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, { metadata, spec: disruption }, first);
    const monitored = { selector: { matchLabels: SERVER_LABELS }, endpoints: [{ port: 'metrics', interval: '30s' }] };
    const monitor = new k8s.apiextensions.CustomResource(
      `${name}-monitor`,
      { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata, spec: monitored },
      first,
    );

    this.ready = [server, service, autoscaler, budget, monitor];
    this.registerOutputs();
  }
}
