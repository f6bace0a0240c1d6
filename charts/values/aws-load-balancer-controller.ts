import type { Input, Inputs } from '@pulumi/pulumi';
import { systemPods } from './system-pods.ts';

/** What the controller of load balancers is told. */
export interface LoadBalancerControllerValues {
  readonly clusterName: Input<string>;
  /** Both are said, or it would ask the node's metadata, which pods do not reach. */
  readonly region: string;
  readonly vpcId: Input<string>;
  /** Of everything that it makes in AWS. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether the cluster has system nodes of Weir's. */
  readonly ownNodes: boolean;
}

/** Values of chart `aws-load-balancer-controller`: it makes the gateway's load balancer from a Service, and nothing else. */
export function loadBalancerControllerValues({ clusterName, region, vpcId, tags, ownNodes }: LoadBalancerControllerValues): Inputs {
  return {
    fullnameOverride: 'aws-load-balancer-controller',
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: 'system-cluster-critical',
    ...systemPods(ownNodes),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    podSecurityContext: { fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    serviceMonitor: { enabled: true },
    clusterName,
    region,
    vpcId,
    defaultTags: tags,
    // it would stand between every Service and the API server, and be asked when the cluster goes
    enableServiceMutatorWebhook: false,
    keepTLSSecret: true, // else each upgrade makes new certificates, which running pods do not have
    defaultTargetType: 'ip', // pods have addresses of the VPC: one hop less, and no port of a node is open
    // The gateway is Envoy: no Ingress, and no Gateway that this controller would serve, too
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    webhookConfig: { disableIngressValidation: true },
    controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false, GlobalAcceleratorController: false } },
    // of application load balancers: its role has no rights to them
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
  };
}
