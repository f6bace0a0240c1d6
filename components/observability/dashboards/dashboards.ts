import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../../base.ts';
import { type DashboardsArgs, FOLDER, planDashboards } from './plan.ts';

/** What Grafana's sidecar looks for, and the annotation that names the folder: charts/values/kube-prometheus-stack/grafana.ts tells it the same. */
const FOUND_BY = { grafana_dashboard: '1' };
const FOLDER_ANNOTATION = 'grafana_folder';

/**
 * Weir's dashboards, one ConfigMap each.
 * @example new Dashboards('prod-dashboards', { namespace: NAMESPACES.monitoring, rules, after: base.ready }, { providers: [kubernetes] })
 */
export class Dashboards extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, args: DashboardsArgs, options?: ComponentResourceOptions) {
    const plan = planDashboards(args); // before super: a refused argument must leave no half-registered component
    super('weir:observability:Dashboards', name, {}, options);

    this.ready = plan.map(({ name: dashboard, json }) => {
      const metadata = { name: dashboard, namespace: args.namespace, labels: FOUND_BY, annotations: { [FOLDER_ANNOTATION]: FOLDER } };
      return new k8s.core.v1.ConfigMap(
        `${name}-${dashboard}`,
        { metadata, data: { [`${dashboard}.json`]: json } },
        this.child({ dependsOn: [...args.after] }),
      );
    });
    this.registerOutputs();
  }
}
