import type { Inputs } from '@pulumi/pulumi';
import { systemPods } from '../system-pods.ts';

/** Labels of pods and deployments that rules and prices join by; every further one would be on every series. */
const LABELS = ['weir.dev/tenant', 'weir.dev/model', 'weir.dev/slot', 'weir.dev/pool'] as const;

export interface StateMetricsArgs {
  readonly customResources: { readonly config: Inputs; readonly rules: readonly Inputs[] };
  readonly ownNodes: boolean;
}

/** Kinds that no rule and no page asks for. Of secrets there is only the name to be had, for the right to read them all. */
const UNREAD = [
  'certificatesigningrequests',
  'endpointslices',
  'ingresses',
  'leases',
  'mutatingwebhookconfigurations',
  'networkpolicies',
  'replicationcontrollers',
  'secrets',
  'validatingwebhookconfigurations',
  'volumeattachments',
] as const;

/** kube-state-metrics: what the API server knows of objects. */
export function stateMetricsValues({ customResources, ownNodes }: StateMetricsArgs): Inputs {
  return {
    ...systemPods(ownNodes),
    metricLabelsAllowlist: ['pods', 'deployments'].map((kind) => `${kind}=[${LABELS.join(',')}]`).concat('nodes=[karpenter.sh/nodepool,workload]'),
    collectorsExclude: [...UNREAD],
    customResourceState: { enabled: true, config: customResources.config },
    rbac: { extraRules: [...customResources.rules] },
    resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { memory: '512Mi' } }, // about 0.1 MiB for each pod of the cluster
  };
}

/** The node exporter, on every node whatever its taints. */
export function nodeExporterValues(namespace: string): Inputs {
  return {
    namespaceOverride: namespace,
    tolerations: [{ operator: 'Exists' }],
    resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '64Mi' } },
  };
}
