import type { ComponentResourceOptions } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../components/base.ts';
import { Cluster, type ClusterOutputs } from '../components/cluster/cluster.ts';
import { existingCluster } from '../components/cluster/existing.ts';
import type { Keys } from '../components/keys/keys.ts';
import type { NetworkOutputs } from '../components/network/network.ts';
import { cacheRepositories } from '../components/registry-images/plan.ts';
import type { Storage } from '../components/storage/storage.ts';
import { buildBase, flowLogsOf, placeOf } from './foundation/base.ts';
import { buildNetwork } from './foundation/network.ts';
import { buildNodes } from './foundation/nodes.ts';
import { buildOversight } from './foundation/oversight.ts';
import { buildStores } from './foundation/stores.ts';
import type { Built, FoundationOutputs } from './refs.ts';
import { clusterNameOf } from './settings/derived.ts';
import type { Settings } from './settings/settings-file.ts';
import type { StackSettings } from './settings.ts';

/** Network, keys, buckets, cluster, system nodes, data stores: everything that costs money before a model is served. */
export function buildFoundation(given: StackSettings, options: ComponentResourceOptions, hooks: Hooks): Built<FoundationOutputs> {
  const { settings } = given;
  const { keys, storage, images } = buildBase(given, options);
  const network = buildNetwork(settings, { flowLogs: flowLogsOf(settings, storage), hooks }, options);
  const cluster = clusterOf(settings, { keys, storage, network, hooks, options });
  const caches = cacheRepositories({ ...placeOf(settings), ...settings.images });
  const below = { cluster, nodeSubnetIds: network.nodeSubnetIds, keyArn: keys.cluster, cacheRepositories: caches, hooks };
  const nodes = buildNodes(settings, below, options);
  const { vpcId, dataSubnetIds } = network;
  const { nodeSecurityGroupId } = cluster;
  const stores = buildStores(settings, { vpcId, dataSubnetIds, nodeSecurityGroupId, dataKeyArn: keys.data, logsKeyArn: keys.logs, hooks }, options);
  const oversight = buildOversight(settings, { keys, storage, ...stores, launchers: nodes.launchers }, options);
  const outputs: FoundationOutputs = {
    place: placeOutputs(settings),
    keys: { cluster: keys.cluster, data: keys.data, registry: keys.registry, logs: keys.logs },
    buckets: storage.names,
    images: images.repositoryUrls,
    network: { vpcId: network.vpcId, nodeSubnetIds: pulumi.all([...network.nodeSubnetIds]) },
    cluster: outputsOfCluster(settings, cluster),
    karpenter: nodes.karpenter,
    ...stores.outputs,
  };
  const built = [network, keys, storage, images, cluster, nodes, stores].flatMap(({ ready }) => ready);
  return { outputs, ready: [...built, ...oversight] };
}

/** What the cluster stands on. */
interface Below {
  readonly keys: Keys;
  readonly storage: Storage;
  readonly network: NetworkOutputs;
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

function outputsOfCluster({ existing, cluster: { version } }: Settings, cluster: ClusterOutputs): FoundationOutputs['cluster'] {
  const { name, arn, endpoint, certificateAuthority, nodeSecurityGroupId, kubeconfig } = cluster;
  const owner = existing?.cluster === undefined ? 'weir' : 'another team';
  const about = { owner: pulumi.output(owner), version: pulumi.output(version) };
  return { ...about, name, arn, endpoint, certificateAuthority, nodeSecurityGroupId, kubeconfig };
}

function placeOutputs({ account, region, layers }: Settings): FoundationOutputs['place'] {
  return { account: pulumi.output(account), region: pulumi.output(region), layers: pulumi.output(layers.join(', ')) };
}
