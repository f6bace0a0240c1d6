import type { Output, Resource } from '@pulumi/pulumi';
import { DcgmExporter } from '../../components/gpu/dcgm-exporter.ts';
import { DevicePlugin } from '../../components/gpu/device-plugin.ts';
import { Karpenter } from '../../components/karpenter/karpenter.ts';
import { NodePools } from '../../components/karpenter/node-pools.ts';
import { PlainAddons } from '../../components/karpenter/plain-addons.ts';
import { cpuPools, gpuPools } from '../../components/karpenter/pools.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { clusterNameOf, tagsOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';
import type { Below, Part } from './below.ts';

/**
 * Everything that starts nodes, and what GPUs need: nothing in a cluster that another team owns, where nodes are theirs.
 * @param after System nodes, add-ons and Karpenter's rights; namespaces; the kinds of monitors.
 */
export function buildNodes(below: Below, after: readonly Resource[]): Part {
  const { settings, inside, cloud } = below;
  if (settings.karpenter === 'off') return { ready: [] };
  const { environment: env, account, partition, pools } = settings;
  const karpenter = karpenterOf(below, after);
  const plain = new NodePools(`${env}-pools`, { pools: cpuPools(pools), after: karpenter.ready }, inside);
  const clusterName = checkedCluster(below);
  const place = { clusterName, rolePrefix: clusterNameOf(settings), account, partition, version: below.foundation.cluster.version };
  const addons = new PlainAddons(`${env}-plain-addons`, { ...place, after: plain.ready }, cloud);
  const plugin = new DevicePlugin(`${env}-device-plugin`, { sharedGpus: pools.sharedGpus, sharedBy: pools.sharedBy, after }, inside);
  const gpus = new NodePools(`${env}-gpu-pools`, { pools: gpuPools(pools), after: [...karpenter.ready, ...plugin.ready] }, inside);
  return { ready: [...karpenter.ready, ...plain.ready, ...addons.ready, ...plugin.ready, ...gpus.ready] };
}

/** Metrics of GPUs: after the kinds of monitors. @param after Those, and the namespace of node agents. */
export function buildGpuMetrics({ settings, inside }: Below, after: readonly Resource[]): Part {
  if (settings.karpenter === 'off') return { ready: [] };
  return new DcgmExporter(`${settings.environment}-dcgm-exporter`, { after }, inside);
}

function karpenterOf(below: Below, after: readonly Resource[]): Karpenter {
  const { settings, foundation, hooks, inside } = below;
  const { cluster, keys, karpenter } = foundation;
  return new Karpenter(
    `${settings.environment}-karpenter-controller`,
    {
      ...karpenter,
      clusterName: checkedCluster(below),
      ami: settings.pools.ami,
      nodeSecurityGroupId: cluster.nodeSecurityGroupId,
      volumeKeyArn: keys.cluster,
      tags: tagsOf(settings),
      isolated: settings.network.nat === 'none',
      after,
      hooks,
    },
    inside,
  );
}

/**
 * The cluster's name, once it is known whose it is: the stack of the foundation may say otherwise than these settings.
 * Throws an `ArgsError`, when the name is known, where Karpenter would be in another team's cluster, or missing in Weir's.
 */
export function checkedCluster({ settings, foundation }: Below): Output<string> {
  const { owner, name } = foundation.cluster;
  return owner.apply((is) => {
    agree(settings, is);
    return name;
  });
}

function agree({ karpenter }: Settings, owner: string): void {
  if (karpenter === 'on' && owner !== 'weir') {
    throw new ArgsError('weir:karpenter', `is on, and the cluster is that of ${owner}`, 'Set it to off: its owner starts its nodes.');
  }
  if (karpenter === 'off' && owner === 'weir') {
    throw new ArgsError('weir:karpenter', 'is off in a cluster of its own: nothing would start nodes', 'Take it out, or set it to on.');
  }
}
