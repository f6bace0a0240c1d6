import type { Input, Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { DataPolicy, Hooks } from '../base.ts';
import { addonPins } from '../versions.ts';
import { type AccessPlan, type ClusterRoles, planAccess } from './access.ts';
import { privateDoorsOf, publicEndpointOf } from './endpoint.ts';

/** A log of the control plane, as EKS calls it. */
export type ControlPlaneLog = 'api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler';

/** How much capacity the control plane has. Anything above `standard` is fixed, and billed by the hour. */
export type ControlPlaneTier = 'standard' | 'tier-xl' | 'tier-2xl' | 'tier-4xl';

/**
 * The Kubernetes control plane, who may enter it, and the add-ons that a node needs before it can join.
 * By default about 73 USD a month in standard support, and what its logs cost (about 0.50 USD per GB).
 */
export interface ClusterArgs {
  /** The cluster's name. Changing it replaces the cluster and everything in it. */
  readonly clusterName: string;
  /** Twelve digits. */
  readonly account: string;
  /** `aws` unless the account is one of GovCloud or China. */
  readonly partition: string;
  readonly region: string;
  /** The Kubernetes version, such as `1.35`: one of components/versions.ts. Raised one minor at a time; it never goes back. */
  readonly version: string;
  readonly vpcId: Input<string>;
  /** The VPC's first range: it reaches the private endpoint, and services of the cluster get another one. */
  readonly networkCidr: string;
  /** Ranges beside it that reach the private endpoint, such as a VPN's or a peered network's; default none. Access entries still say who gets in. */
  readonly privateCidrs?: readonly string[];
  /** Subnets of two or three zones for the control plane's own interfaces: a /26 each is plenty (EKS asks for 6 addresses, and wants 16). */
  readonly controlPlaneSubnetIds: readonly Input<string>[];
  /** Routes, gateways and endpoints, which must outlive the cluster: nodes without a way out never drain (30-platform D7). */
  readonly networkReady: readonly Resource[];
  /** Ranges that may reach the public endpoint; default none, and then it does not exist. */
  readonly publicCidrs?: readonly string[];
  /** Logs of the control plane: 0.50 USD per GB, `audit` by far the most of it. */
  readonly logs: readonly ControlPlaneLog[];
  /**
   * Days in CloudWatch. Their group stays when the stack goes, since EKS writes to it to the end: import it, or delete it, before a cluster of the
   * same name is built again.
   */
  readonly logDays: number;
  /** Where logs go on to, for longer and for a tenth of the price; default nowhere. */
  readonly logBucketArn?: Input<string>;
  /** Default `standard`. */
  readonly tier?: ControlPlaneTier;
  /** Default true: AWS may move traffic away from a zone that fails. */
  readonly zonalShift?: boolean;
  /** Default false. True packs pods that ask for GPUs onto as few nodes as possible, before a new one starts. */
  readonly binPacking?: boolean;
  /** The key that encrypts all API data. Neither it nor encryption can be taken away later; losing the key loses the cluster. */
  readonly keyArn: Input<string>;
  /** The key of the logs. */
  readonly logsKeyArn: Input<string>;
  /** Who may enter. */
  readonly access: ClusterRoles;
  /** `keep`: deleting the cluster is refused until the setting has changed by an `up` of its own. */
  readonly dataPolicy: DataPolicy;
  /** Default false. True also logs each decision about a network policy, on the node. */
  readonly policyEventLogs?: boolean;
  readonly hooks: Hooks;
}

export interface ClusterPlan {
  readonly arn: string;
  readonly logGroup: string;
  readonly serviceCidr: string;
  readonly endpoint: { readonly endpointPrivateAccess: true; readonly endpointPublicAccess: boolean; readonly publicAccessCidrs?: string[] };
  /** Ranges that reach the private endpoint; their names are part of rules' identity. */
  readonly doors: readonly { readonly name: string; readonly cidr: string }[];
  readonly access: readonly AccessPlan[];
  readonly deletionProtection: boolean;
  readonly zonalShift: boolean;
  /** Scheduler, tier and controller manager: nothing where AWS's defaults hold. */
  readonly tuning: Tuning;
  readonly logExport: readonly { readonly bucketArn: Input<string> }[]; // none or one
}

/** As `aws.eks.Cluster` takes it. */
interface Tuning {
  readonly controlPlaneScalingConfig?: { readonly tier: string };
  readonly kubeControllerManagerConfig?: {
    readonly horizontalPodAutoscalerControllerConfig: { readonly horizontalPodAutoscalerSyncPeriod: string };
  };
  readonly kubeSchedulerConfig?: {
    readonly nodeResourcesFit: {
      readonly scoringStrategy: { readonly type: string; readonly resources: { readonly name: string; readonly weight: number }[] };
    };
  };
}

/** Services' range, and the one for a VPC that lies in it (EKS's own two choices). */
const SERVICE_CIDRS = ['172.20.0.0/16', '10.100.0.0/16'] as const;

/** @throws ArgsError for a name, a range or a role that EKS would refuse half an hour later */
export function planCluster(args: Omit<ClusterArgs, 'hooks'>): ClusterPlan {
  const { clusterName, account, partition, region, dataPolicy, zonalShift = true, logBucketArn } = args;
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(clusterName)) {
    throw new ArgsError('cluster.name', `"${clusterName}" is no name of a cluster`, 'Use at most 100 letters, digits, - and _.');
  }
  addonPins(args.version);
  if (args.controlPlaneSubnetIds.length < 2) {
    throw new ArgsError('cluster.subnets', 'fewer than two are given', 'EKS puts its interfaces in two zones at least.');
  }
  return {
    arn: `arn:${partition}:eks:${region}:${account}:cluster/${clusterName}`,
    logGroup: `/aws/eks/${clusterName}/cluster`, // EKS writes there and nowhere else
    serviceCidr: args.networkCidr === SERVICE_CIDRS[0] ? SERVICE_CIDRS[1] : SERVICE_CIDRS[0],
    endpoint: publicEndpointOf(args.publicCidrs ?? []),
    doors: [{ name: 'vpc', cidr: args.networkCidr }, ...privateDoorsOf(args.privateCidrs ?? [])],
    access: planAccess(args.access),
    deletionProtection: dataPolicy === 'keep',
    zonalShift,
    tuning: tuningOf(args.tier ?? 'standard', args.binPacking ?? false),
    logExport: logBucketArn === undefined ? [] : [{ bucketArn: logBucketArn }],
  };
}

function tuningOf(tier: ControlPlaneTier, binPacking: boolean): Tuning {
  const provisioned =
    tier === 'standard'
      ? {}
      : {
          controlPlaneScalingConfig: { tier },
          // 10 s instead of 15 s: EKS allows it on a provisioned tier alone
          kubeControllerManagerConfig: { horizontalPodAutoscalerControllerConfig: { horizontalPodAutoscalerSyncPeriod: '10s' } },
        };
  if (!binPacking) return provisioned;
  const resources = [
    { name: 'nvidia.com/gpu', weight: 5 }, // a GPU node costs five times and more what its CPUs do
    { name: 'cpu', weight: 1 },
    { name: 'memory', weight: 1 },
  ];
  return { ...provisioned, kubeSchedulerConfig: { nodeResourcesFit: { scoringStrategy: { type: 'MostAllocated', resources } } } };
}
