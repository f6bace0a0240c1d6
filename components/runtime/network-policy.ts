import type * as k8s from '@pulumi/kubernetes';
import type { PolicyPlan } from './plan.ts';

/** Both directions are named, so what a policy does not list is refused. */
export function networkPolicySpec({ pods, from, to }: PolicyPlan): k8s.types.input.networking.v1.NetworkPolicySpec {
  return {
    podSelector: { matchLabels: pods },
    policyTypes: ['Ingress', 'Egress'],
    ingress: from.map(({ namespace, port }) => ({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
      ports: [{ protocol: 'TCP', port }],
    })),
    egress: to.map(({ cidrs, port }) => ({ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: 'TCP', port }] })),
  };
}
