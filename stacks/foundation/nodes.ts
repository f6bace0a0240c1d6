import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../../components/base.ts';
import { addonsAfterNodes } from '../../components/cluster/addon-list.ts';
import { Addons } from '../../components/cluster/addons.ts';
import type { ClusterOutputs } from '../../components/cluster/cluster.ts';
import { KarpenterCloud } from '../../components/nodes/karpenter-cloud.ts';
import { SystemNodes } from '../../components/nodes/system-nodes.ts';
import type { KarpenterOutputs } from '../refs.ts';
import { clusterNameOf, tagsOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';

/** What nodes stand on. */
export interface BelowNodes {
  readonly cluster: ClusterOutputs;
  readonly nodeSubnetIds: readonly Output<string>[];
  /** The key of volumes. */
  readonly keyArn: Output<string>;
  /** ARNs of the pull-through cache's repositories that a first pull makes. */
  readonly cacheRepositories: readonly string[];
  readonly hooks: Hooks;
}

export interface BuiltNodes {
  readonly karpenter: KarpenterOutputs;
  /** Names of the roles that launch instances: what a spent budget denies. */
  readonly launchers: readonly Output<string>[];
  /** Nodes, add-ons and what Karpenter needs: the platform goes before them (30-platform D1, D2). */
  readonly ready: readonly Resource[];
}

/** System nodes, the add-ons that run on them, and Karpenter's AWS half: none of a cluster that another team owns. */
export function buildNodes(settings: Settings, below: BelowNodes, options: ComponentResourceOptions): BuiltNodes {
  const { environment: env, account, partition, region, existing } = settings;
  if (existing?.cluster !== undefined) {
    const none = pulumi.output('');
    return { karpenter: { queue: none, controllerRole: none, nodeRole: none, instanceProfile: none }, launchers: [], ready: [] };
  }
  const { cluster, keyArn, cacheRepositories } = below;
  const { version } = settings.cluster;
  const tags = tagsOf(settings);
  const nodes = new SystemNodes(
    `${env}-nodes`,
    {
      ...settings.nodes,
      ...below,
      clusterName: cluster.name,
      nodeSecurityGroupId: cluster.nodeSecurityGroupId,
      version,
      partition,
      tags,
      after: cluster.ready,
    },
    options,
  );
  const clusterName = clusterNameOf(settings);
  const addons = new Addons(
    `${env}-addons`,
    {
      clusterName: cluster.name,
      rolePrefix: clusterName,
      account,
      partition,
      version,
      addons: addonsAfterNodes({ keyArn, tags }),
      after: nodes.ready,
    },
    options,
  );
  const karpenter = new KarpenterCloud(
    `${env}-karpenter`,
    { clusterName, cluster, account, partition, region, volumeKeyArn: keyArn, cacheRepositories },
    options,
  );
  const { queueName: queue, controllerRoleArn: controllerRole, nodeRoleName: nodeRole, instanceProfile } = karpenter;
  const launchers = [karpenter.controllerRoleName];
  return { karpenter: { queue, controllerRole, nodeRole, instanceProfile }, launchers, ready: [...nodes.ready, ...addons.ready, ...karpenter.ready] };
}
