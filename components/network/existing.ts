import * as pulumi from '@pulumi/pulumi';
import type { NetworkOutputs } from './network.ts';

/** A VPC that another team owns, with one subnet per zone and role. */
export interface ExistingNetworkArgs {
  readonly id: string;
  /** For nodes and pods: tagged `karpenter.sh/discovery=<cluster>`, with a way out. */
  readonly nodeSubnets: Readonly<Record<string, string>>;
  /** For internal load balancers. */
  readonly privateSubnets: Readonly<Record<string, string>>;
  readonly dataSubnets: Readonly<Record<string, string>>;
  readonly controlPlaneSubnets: Readonly<Record<string, string>>;
}

/** What Weir knows of a VPC that was there before, in the form of its own. Nothing of it is created, changed or deleted. */
export function existingNetwork(given: ExistingNetworkArgs): NetworkOutputs {
  return {
    vpcId: pulumi.output(given.id),
    nodeSubnetIds: byZone(given.nodeSubnets),
    privateSubnetIds: byZone(given.privateSubnets),
    dataSubnetIds: byZone(given.dataSubnets),
    controlPlaneSubnetIds: byZone(given.controlPlaneSubnets),
    ready: [],
  };
}

/** A file's order of keys means nothing. */
const byZone = (subnets: Readonly<Record<string, string>>): readonly pulumi.Output<string>[] =>
  Object.keys(subnets)
    .sort()
    .map((zone) => pulumi.output(subnets[zone] ?? ''));
