import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import type { Hooks } from '../components/base.ts';
import { Network } from '../components/network/network.ts';
import type { FoundationOutputs } from './refs.ts';
import { clusterNameOf } from './settings/derived.ts';
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
  const network = new Network(
    `${env}-network`,
    { region: settings.region, ...settings.network, clusterName: clusterNameOf(settings), flowLogs: { kind: 'off' }, hooks },
    options,
  );
  return { outputs: { network: { vpcId: network.vpcId, nodeSubnetIds: pulumi.all([...network.nodeSubnetIds]) } }, ready: network.ready };
}
