import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { Hooks } from '../../components/base.ts';
import { existingNetwork } from '../../components/network/existing.ts';
import { Network, type NetworkOutputs } from '../../components/network/network.ts';
import type { FlowLogs } from '../../components/network/plan.ts';
import { clusterNameOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';

/** The VPC: ours, or one of another team, of which nothing is created. */
export function buildNetwork(
  settings: Settings,
  { flowLogs, hooks }: { readonly flowLogs: FlowLogs; readonly hooks: Hooks },
  options: ComponentResourceOptions,
): NetworkOutputs {
  const { environment, account, partition, region, existing } = settings;
  if (existing?.vpc !== undefined) return existingNetwork(existing.vpc);
  const place = { account, partition, region, clusterName: clusterNameOf(settings) };
  return new Network(`${environment}-network`, { ...place, ...settings.network, flowLogs, hooks }, options);
}
