import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { fallbackDeployment } from './fallback-pods.ts';
import { networkPolicySpec } from './network-policy.ts';
import { FALLBACK, FALLBACK_LABELS, planRuntime, type RuntimeArgs } from './plan.ts';

/**
 * Weir's own processes beside the models' pods, in `weir-system`, where nobody talks to anybody unless a policy says so.
 * @example new Runtime('prod-runtime', { image, maxBodyMiB: 1, ownNodes: true, after: base.ready }, { providers: [kubernetes] })
 */
export class Runtime extends Component {
  /** The fallback proxies and the Service that the gateway sends requests to. */
  readonly ready: readonly Resource[];

  constructor(name: string, { image, maxBodyMiB, ownNodes, after }: RuntimeArgs, options?: ComponentResourceOptions) {
    const plan = planRuntime({ maxBodyMiB });
    super('weir:runtime:Runtime', name, {}, options);

    const metadata = { name: FALLBACK.service, namespace: FALLBACK.namespace, labels: { ...FALLBACK_LABELS, 'app.kubernetes.io/part-of': 'weir' } };
    const first = this.child({ dependsOn: [...after] });
    const policies = plan.policies.map((policy) => {
      const given = { metadata: { ...metadata, name: policy.name }, spec: networkPolicySpec(policy) };
      return new k8s.networking.v1.NetworkPolicy(`${name}-network-${policy.name}`, given, first);
    });
    const rights = this.#rights(name, metadata, first);
    const spec = fallbackDeployment({ image, args: plan.args, ownNodes });
    const served = this.child({ dependsOn: [...rights, ...policies] });
    const proxies = new k8s.apps.v1.Deployment(`${name}-fallback`, { metadata, spec }, served);
    const port = { name: 'http', port: FALLBACK.port, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' };
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata, spec: { type: 'ClusterIP', selector: FALLBACK_LABELS, ports: [port] } },
      first,
    );
    const kept = { maxUnavailable: 1, selector: { matchLabels: FALLBACK_LABELS }, unhealthyPodEvictionPolicy: 'AlwaysAllow' };
    new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, { metadata, spec: kept }, first);
    new k8s.apiextensions.CustomResource(`${name}-monitor`, podMonitor(metadata), first);

    this.ready = [proxies, service];
    this.registerOutputs();
  }

  /** It lists models, and reads nothing else: no Secrets, and no other kind. */
  #rights(
    name: string,
    metadata: { readonly name: string; readonly namespace: string },
    options: ReturnType<Component['child']>,
  ): readonly Resource[] {
    const account = new k8s.core.v1.ServiceAccount(`${name}-account`, { metadata, automountServiceAccountToken: false }, options);
    const rules = [{ apiGroups: ['weir.dev'], resources: ['models'], verbs: ['list'] }];
    const role = new k8s.rbac.v1.ClusterRole(`${name}-role`, { metadata: { name: metadata.name }, rules }, options);
    const bound = {
      metadata: { name: metadata.name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: metadata.name, namespace: metadata.namespace }],
    };
    const binding = new k8s.rbac.v1.ClusterRoleBinding(`${name}-binding`, bound, this.child({ dependsOn: [account, role] }));
    return [account, role, binding];
  }
}

/** What the proxies answered counts by model, as the pods' own counts do. No guard of a rollout reads it: 15 s, as for the platform. */
function podMonitor(metadata: { readonly name: string; readonly namespace: string }) {
  const endpoint = { port: 'admin', path: '/metrics', interval: '15s', scrapeTimeout: '10s' };
  const spec = { selector: { matchLabels: FALLBACK_LABELS }, podMetricsEndpoints: [endpoint] };
  return { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata, spec };
}
