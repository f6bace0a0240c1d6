import type * as k8s from '@pulumi/kubernetes';
import { NAMESPACES } from '../kubernetes/plan.ts';

/** Of Grafana's container. */
const PORT = 3000;

/**
 * Who reaches Grafana: the gateway's proxies, where people have signed on, since everybody who comes may look; and Prometheus. Not the chart's own policy: that
 * one lets in no pod without the label `grafana-client: "true"`, whatever its namespace.
 */
export function grafanaTraffic(): k8s.types.input.networking.v1.NetworkPolicySpec {
  const namespaces = [NAMESPACES.gateway, NAMESPACES.monitoring];
  const from = [{ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces }] } }];
  return {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'grafana' } },
    policyTypes: ['Ingress'],
    ingress: [{ from, ports: [{ protocol: 'TCP', port: PORT }] }],
  };
}
