import * as k8s from '@pulumi/kubernetes';
import { type ComponentResourceOptions, output, type Resource } from '@pulumi/pulumi';
import { kubePrometheusStackValues } from '../../charts/values/kube-prometheus-stack.ts';
import { Component } from '../base.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { generatedSecret } from '../secrets/generated-secret.ts';
import { brokerHosts, EXPORTERS } from './brokers.ts';
import { grafanaTraffic } from './grafana-traffic.ts';
import { GRAFANA_ADMIN, type MonitoringArgs, planMonitoring } from './plan.ts';

/** How often brokers are read: their figures are of the last minute. */
const BROKERS_EVERY = '60s';

/**
 * Prometheus, Alertmanager, Grafana and their exporters.
 * @example new Monitoring('prod-monitoring', { cluster: 'weir-prod', replicas: 2, days: 15, GiB: 200, alerting, kafka, ownNodes: true, after }, inside)
 */
export class Monitoring extends Component {
  /** The release: what ships rules or monitors need not wait for it, what asks Prometheus does. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: MonitoringArgs, options?: ComponentResourceOptions) {
    const plan = planMonitoring(args); // before super: a refused argument must leave no half-registered component
    super('weir:observability:Monitoring', name, {}, options);

    const after = this.child({ dependsOn: [...args.after] });
    const admin = generatedSecret(
      `${name}-grafana-admin`,
      { namespace: NAMESPACES.monitoring, secretName: GRAFANA_ADMIN, keys: ['admin-password'], template: { 'admin-user': 'admin' } },
      after,
    );
    const metadata = { name: 'grafana', namespace: NAMESPACES.monitoring };
    const traffic = new k8s.networking.v1.NetworkPolicy(`${name}-grafana-traffic`, { metadata, spec: grafanaTraffic() }, after);
    const chart = { chart: 'kube-prometheus-stack', namespace: NAMESPACES.monitoring, values: kubePrometheusStackValues(plan) } as const;
    const stack = release(`${name}-release`, chart, this.child({ dependsOn: [...args.after, ...admin.ready, traffic] }));
    this.#brokers(name, args, stack);

    this.ready = [stack];
    this.registerOutputs();
  }

  /** MSK's open monitoring has no Service that a monitor could find. */
  #brokers(name: string, { kafka }: MonitoringArgs, stack: Resource): void {
    const hosts = output(kafka.bootstrapBrokers).apply((bootstrap) => brokerHosts(bootstrap, kafka.brokers));
    for (const { job, port } of EXPORTERS) {
      const targets = hosts.apply((all) => all.map((host) => `${host}:${port}`));
      const spec = { staticConfigs: [{ targets, labels: { job } }], metricsPath: '/metrics', scrapeInterval: BROKERS_EVERY };
      const metadata = { name: job, namespace: NAMESPACES.monitoring };
      new k8s.apiextensions.CustomResource(
        `${name}-${job}`,
        { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'ScrapeConfig', metadata, spec },
        this.child({ dependsOn: [stack] }),
      );
    }
  }
}
