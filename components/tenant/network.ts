import type * as k8s from '@pulumi/kubernetes';
import { PROXY_PORT } from '../../runtime/model/render/proxy.ts';
import { TRITON_METRICS } from '../../runtime/model/render/triton.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';

type Spec = k8s.types.input.networking.v1.NetworkPolicySpec;

/** A NetworkPolicy of every tenant's namespace. */
export type PolicyName = 'weir-default-deny' | 'weir-basics' | 'weir-jobs';
export const POLICIES: readonly PolicyName[] = ['weir-default-deny', 'weir-basics', 'weir-jobs'];

/** Where EKS hands Pod Identity's credentials to a pod: the node's own agent. */
const POD_IDENTITY = '169.254.170.23/32';
/** Other pods, and the node's own credentials: no range of addresses outside means these. */
const NEVER = ['100.64.0.0/16', '169.254.0.0/16'];
const ANYWHERE = '0.0.0.0/0';
const HTTPS = 443;
/** Kafka with IAM (MSK developer guide, "Port information"). */
const KAFKA = 9098;
const MLFLOW = 5000;
const FEATURES = 6566;

/**
 * What pods of a tenant reach, and who reaches them. Policies add up: the rollout controller adds one for each model (runtime/model/render/network-policy.ts),
 * and none of all of them names another tenant.
 * @param cidrs Outside of the cluster: the VPC, and what settings allow.
 */
export function policySpec(name: PolicyName, cidrs: readonly string[]): Spec {
  if (name === 'weir-basics') return basics(cidrs);
  return name === 'weir-jobs' ? jobs() : { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
}

/** Of every pod: names, credentials, what lies outside of the cluster; calls come by the gateway, and Prometheus reads metrics. */
function basics(cidrs: readonly string[]): Spec {
  const outside = cidrs.filter((cidr) => !NEVER.includes(cidr)).map(block);
  return {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [namespace(NAMESPACES.gateway)], ports: [tcp(PROXY_PORT)] },
      { from: [namespace(NAMESPACES.monitoring)], ports: [tcp(PROXY_PORT), tcp(TRITON_METRICS.port)] },
    ],
    egress: [
      { to: [namespace('kube-system')], ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] },
      { to: [{ ipBlock: { cidr: POD_IDENTITY } }], ports: [tcp(80)] },
      ...(outside.length === 0 ? [] : [{ to: outside, ports: [tcp(HTTPS), tcp(KAFKA)] }]), // no peers would mean everywhere
    ],
  };
}

/** What is no model's pod, a job of training, also reaches the other ones of its tenant, the registry and the features. */
function jobs(): Spec {
  const podSelector = { matchExpressions: [{ key: 'weir.dev/model', operator: 'DoesNotExist' }] };
  return {
    podSelector,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector }] }],
    egress: [
      { to: [{ podSelector }] },
      { to: [namespace(NAMESPACES.registry)], ports: [tcp(MLFLOW)] },
      { to: [namespace(NAMESPACES.features)], ports: [tcp(FEATURES)] },
    ],
  };
}

const block = (cidr: string) => ({ ipBlock: cidr === ANYWHERE ? { cidr, except: NEVER } : { cidr } });
const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const tcp = (port: number) => ({ protocol: 'TCP', port });
