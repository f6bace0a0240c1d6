import { type Input, type Inputs, interpolate } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

/** What Envoy Gateway is told. */
export interface GatewayValues {
  /** Host name of the Valkey that counts requests; TLS at 6379. */
  readonly rateLimitEndpoint: Input<string>;
  /** Of the controller. */
  readonly replicas: 1 | 2;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
  /** Where the service that counts may run. */
  readonly affinity: Inputs;
}

/** Values of chart `gateway-helm`. Its pods are restricted as the chart has them; the proxies are described by an EnvoyProxy (components/gateway/proxies.ts). */
export function gatewayValues({ rateLimitEndpoint, replicas, ownNodes, affinity }: GatewayValues): Inputs {
  const system = systemPods(ownNodes);
  return {
    // The kinds come in the `crds/` folder of a chart below this one, which Helm installs first, never removes, and does not keep in the release's Secret. The chart
    // that has nothing else, gateway-crds-helm, can be no release: its record has 2.2 MB, and a Secret holds 1 MiB (envoyproxy/gateway#6105)
    crds: { enabled: true },
    deployment: {
      replicas, // one leads, and both hand configurations to proxies
      priorityClassName: 'system-cluster-critical',
      pod: { ...system, topologySpreadConstraints: [spread({ 'control-plane': 'envoy-gateway' })] },
      envoyGateway: { resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1024Mi' } } }, // the chart's own
    },
    podDisruptionBudget: { minAvailable: replicas - 1 },
    certgen: { job: { ...system, resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } } } },
    config: {
      envoyGateway: {
        provider: { type: 'Kubernetes', kubernetes: { ...rateLimits(affinity) } },
        rateLimit: {
          // without a user: the group has no other clients, and a password would lie in the state (components/valkey)
          backend: { type: 'Redis', redis: { url: interpolate`${rateLimitEndpoint}:6379`, tls: {} } },
          timeout: '20ms', // inside one zone Valkey answers in 1 ms
          failClosed: false, // a lost counter must not stop models: calls pass, and `envoy_cluster_ratelimit_error` tells
        },
      },
    },
  };
}

/** Envoy's rate limit service, which Envoy Gateway runs: two that share what Valkey counts. */
function rateLimits(affinity: Inputs): Inputs {
  const pod = { affinity, topologySpreadConstraints: [spread({ 'app.kubernetes.io/name': 'envoy-ratelimit' })] };
  const container = { resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } } };
  return { rateLimitDeployment: { replicas: 2, pod, container }, rateLimitPDB: { maxUnavailable: 1 } };
}

const spread = (matchLabels: Inputs): Inputs => ({
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels },
});
