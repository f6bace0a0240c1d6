import { type Inputs, interpolate, type Output, output } from '@pulumi/pulumi';
import { LOG_PREFIXES } from '../storage/deliveries.ts';
import { TENANT_HEADER } from './addresses.ts';
import type { GatewayArgs, GatewayPlan } from './plan.ts';

/** Not on spot nodes: what every call goes through is not taken away at two minutes' notice. The label is absent where Karpenter is. */
export const NO_SPOT = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'karpenter.sh/capacity-type', operator: 'NotIn', values: ['spot'] }] }],
    },
  },
} as const;

/** More are made at this share of the CPU that they ask for: a new one takes traffic after 20 s or so. */
const CPU_PERCENT = 60;

/** The proxies and their Service. */
export function proxiesSpec(args: GatewayArgs, plan: GatewayPlan): Inputs {
  return {
    logging: { level: { default: 'warn' } },
    telemetry: { accessLog: { settings: [{ format: { type: 'JSON', json: LOG }, sinks: [{ type: 'File', file: { path: '/dev/stdout' } }] }] } },
    // first out of the load balancer, which takes up to half a minute to hear of it, then the requests that are under way
    shutdown: { minDrainDuration: '30s', drainTimeout: '90s' },
    provider: {
      type: 'Kubernetes',
      kubernetes: {
        envoyDeployment: { pod: pods(), container: { resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi' } } } },
        envoyHpa: { minReplicas: 2, maxReplicas: 10, metrics: [cpuAt(CPU_PERCENT)] },
        envoyPDB: { maxUnavailable: 1 },
        envoyService: {
          type: 'LoadBalancer',
          loadBalancerClass: 'service.k8s.aws/nlb', // AWS Load Balancer Controller's: Kubernetes's own makes none beside it
          allocateLoadBalancerNodePorts: false, // the load balancer reaches pods by their addresses
          externalTrafficPolicy: 'Cluster',
          annotations: annotations(args, plan),
        },
      },
    },
  };
}

/** Envoy Gateway itself makes them non-root, without capabilities; only the root file system it leaves writable, for the socket between its two containers. */
function pods(): Inputs {
  const labelSelector = { matchLabels: PROXY_LABELS };
  const over = (topologyKey: string) => ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector });
  return {
    affinity: NO_SPOT,
    topologySpreadConstraints: [over('topology.kubernetes.io/zone'), over('kubernetes.io/hostname')],
    priorityClassName: 'inference-critical', // a model without a gateway answers nobody
  };
}

/** On the proxies' pods, by Envoy Gateway. */
export const PROXY_LABELS = { 'app.kubernetes.io/component': 'proxy', 'app.kubernetes.io/managed-by': 'envoy-gateway' } as const;

const cpuAt = (averageUtilization: number) => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } });

/** A line for each call: no query, no token, nothing of the body. */
const LOG = {
  time: '%START_TIME%',
  tenant: `%REQ(${TENANT_HEADER})%`,
  method: '%REQ(:METHOD)%',
  host: '%REQ(:AUTHORITY)%',
  path: '%PATH(NQ:ORIG_OR_PATH)%',
  status: '%RESPONSE_CODE%',
  flags: '%RESPONSE_FLAGS%',
  details: '%RESPONSE_CODE_DETAILS%',
  duration_ms: '%DURATION%',
  bytes_in: '%BYTES_RECEIVED%',
  bytes_out: '%BYTES_SENT%',
  route: '%ROUTE_NAME%',
  backend: '%UPSTREAM_CLUSTER_RAW%',
  version: '%RESP(X-MODEL-VERSION)%',
  request_id: '%REQ(X-REQUEST-ID)%',
};

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer';

/** How the load balancer is made (AWS Load Balancer Controller 3.5, guide "Service annotations"). */
function annotations(
  { scheme, certificate, domain, dns, ...args }: GatewayArgs,
  { balancer }: GatewayPlan,
): Readonly<Record<string, string | Output<string>>> {
  const acm = {
    [`${PREFIX}-ssl-ports`]: '443',
    [`${PREFIX}-ssl-negotiation-policy`]: 'ELBSecurityPolicy-TLS13-1-2-2021-06', // TLS 1.2 and 1.3
    [`${PREFIX}-alpn-policy`]: 'HTTP2Preferred',
  };
  return {
    [`${PREFIX}-type`]: 'external',
    [`${PREFIX}-nlb-target-type`]: 'ip',
    [`${PREFIX}-scheme`]: scheme,
    [`${PREFIX}-name`]: balancer, // what is waited for when it goes (no-balancer-left.ts)
    [`${PREFIX}-attributes`]: attributes(args),
    ...(certificate.kind === 'acm' ? { ...acm, [`${PREFIX}-ssl-cert`]: certificate.arn } : {}),
    ...(dns ? { 'external-dns.alpha.kubernetes.io/hostname': `*.${domain}` } : {}),
  };
}

function attributes({ deletionProtection, logsBucket }: Pick<GatewayArgs, 'deletionProtection' | 'logsBucket'>): Output<string> {
  const prefix = LOG_PREFIXES.loadBalancers.replace(/\/$/, '');
  const logs = interpolate`access_logs.s3.enabled=true,access_logs.s3.bucket=${logsBucket},access_logs.s3.prefix=${prefix}`;
  return output(interpolate`${logs},deletion_protection.enabled=${deletionProtection},load_balancing.cross_zone.enabled=true`);
}
