import type { Inputs } from '@pulumi/pulumi';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { FEAST } from './plan.ts';

const AGENT = '169.254.170.23/32'; // gives pods their credentials (EKS Pod Identity)

/** Feast asks Kubernetes whose token it was given, and by RoleBindings in its own namespace which roles its owner has. */
export const BINDINGS_RULES = [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'], verbs: ['get', 'list'] }];
export const TOKEN_RULES = [{ apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] }];

/** In: models of tenants and Weir's own runtime; Prometheus for metrics. Out: names, Postgres, the online store, AWS and Kubernetes by 443, and the agent. */
export function featuresTraffic(): Inputs & { podSelector: Inputs } {
  const tcp = (port: number) => ({ protocol: 'TCP', port });
  const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
  const tenants = { namespaceSelector: { matchExpressions: [{ key: TENANT_LABEL, operator: 'Exists' }] } };
  return {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [tenants, namespace(NAMESPACES.runtime)], ports: [tcp(FEAST.port)] },
      { from: [namespace(NAMESPACES.monitoring)], ports: [tcp(FEAST.metricsPort)] },
    ],
    egress: [
      { ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
      { ports: [tcp(443), tcp(5432), tcp(6379)] },
      { to: [{ ipBlock: { cidr: AGENT } }], ports: [tcp(80)] },
    ],
  };
}
