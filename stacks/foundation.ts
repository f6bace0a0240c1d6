import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../components/base.ts';
import { Cluster, type ClusterOutputs } from '../components/cluster/cluster.ts';
import { existingCluster } from '../components/cluster/existing.ts';
import { Keys } from '../components/keys/keys.ts';
import type { KeysArgs } from '../components/keys/plan.ts';
import { Network } from '../components/network/network.ts';
import type { FlowLogs } from '../components/network/plan.ts';
import { LOG_PREFIXES } from '../components/storage/deliveries.ts';
import { Storage } from '../components/storage/storage.ts';
import { buildNodes } from './foundation/nodes.ts';
import { buildStores } from './foundation/stores.ts';
import type { FoundationOutputs } from './refs.ts';
import { clusterNameOf } from './settings/derived.ts';
import type { Settings } from './settings/settings-file.ts';
import type { StackSettings } from './settings.ts';

/** The layer's outputs, and what the next layer's resources depend on when it is built in the same stack. */
export interface BuiltFoundation {
  readonly outputs: FoundationOutputs;
  /** Empty across stacks, where the order of stacks takes over (30-platform D5). */
  readonly ready: readonly Resource[];
}

/** Network, keys, buckets, cluster, system nodes, data stores: everything that costs money before a model is served. */
export function buildFoundation({ settings }: StackSettings, options: ComponentResourceOptions, hooks: Hooks): BuiltFoundation {
  const env = settings.environment;
  const { account, partition, region, dataPolicy } = settings;
  const place = { env, account, partition, region, dataPolicy };
  const keys = new Keys(`${env}-keys`, { ...place, ...keysOf(settings) }, options);
  const storage = new Storage(`${env}-storage`, { ...place, keys, ...settings.storage, flowLogDays: settings.network.flowLogDays }, options);
  const network = new Network(
    `${env}-network`,
    { region: settings.region, ...settings.network, clusterName: clusterNameOf(settings), flowLogs: flowLogsOf(settings, storage), hooks },
    options,
  );
  const cluster = clusterOf(settings, { keys, storage, network, hooks, options });
  const below = { cluster, nodeSubnetIds: network.nodeSubnetIds, keyArn: keys.cluster, cacheRepositories: [], hooks };
  const nodes = buildNodes(settings, below, options);
  const { vpcId, dataSubnetIds } = network;
  const { nodeSecurityGroupId } = cluster;
  const stores = buildStores(settings, { vpcId, dataSubnetIds, nodeSecurityGroupId, dataKeyArn: keys.data, logsKeyArn: keys.logs, hooks }, options);
  const outputs: FoundationOutputs = {
    keys: { cluster: keys.cluster, data: keys.data, registry: keys.registry, logs: keys.logs },
    buckets: storage.names,
    network: { vpcId: network.vpcId, nodeSubnetIds: pulumi.all([...network.nodeSubnetIds]) },
    cluster: outputsOfCluster(cluster),
    karpenter: nodes.karpenter,
    ...stores.outputs,
  };
  return { outputs, ready: [...network.ready, ...keys.ready, ...storage.ready, ...cluster.ready, ...nodes.ready, ...stores.ready] };
}

/** What stays under every data policy (30-platform D10): EKS writes its log group after the cluster has gone, a lock cannot be destroyed. */
function keysOf({ existing, storage, audit, backup }: Settings): Pick<KeysArgs, 'lasting' | 'existing'> {
  const registry = storage.registryLock === 'none' ? {} : { registry: 'locked' as const };
  const data = backup.dailyDays > 0 && backup.vaultLock ? { data: 'locked' as const } : {};
  return { lasting: { ...registry, ...data, logs: audit ? 'locked' : 'left' }, ...(existing?.keys === undefined ? {} : { existing: existing.keys }) };
}

function flowLogsOf({ network }: Settings, storage: Storage): FlowLogs {
  if (network.flowLogs === 'off') return { kind: 'off' };
  return { kind: network.flowLogs, bucketArn: pulumi.interpolate`${storage.buckets.logs.arn}/${LOG_PREFIXES.flow}` };
}

/** What the cluster stands on. */
interface Below {
  readonly keys: Keys;
  readonly storage: Storage;
  readonly network: Network;
  readonly hooks: Hooks;
  readonly options: ComponentResourceOptions;
}

function clusterOf(settings: Settings, { keys, storage, network, hooks, options }: Below): ClusterOutputs {
  const { environment, account, partition, region, existing, access, dataPolicy, profile } = settings;
  const place = { account, partition, region };
  if (existing?.cluster !== undefined) return existingCluster({ ...place, ...existing.cluster });
  const { logExport, ...cluster } = settings.cluster;
  return new Cluster(
    `${environment}-cluster`,
    {
      ...place,
      ...cluster,
      clusterName: clusterNameOf(settings),
      vpcId: network.vpcId,
      networkCidr: settings.network.cidr,
      controlPlaneSubnetIds: network.controlPlaneSubnetIds,
      networkReady: network.ready,
      ...(logExport ? { logBucketArn: storage.buckets.logs.arn } : {}),
      keyArn: keys.cluster,
      logsKeyArn: keys.logs,
      access,
      dataPolicy,
      policyEventLogs: profile === 'prod',
      hooks,
    },
    options,
  );
}

function outputsOfCluster(cluster: ClusterOutputs): FoundationOutputs['cluster'] {
  const { name, arn, endpoint, certificateAuthority, nodeSecurityGroupId, kubeconfig } = cluster;
  return { name, arn, endpoint, certificateAuthority, nodeSecurityGroupId, kubeconfig };
}
