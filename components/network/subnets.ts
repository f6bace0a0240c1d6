import * as aws from '@pulumi/aws';
import type { Output, Resource } from '@pulumi/pulumi';
import type { NetworkPlace } from './network.ts';
import type { NetworkPlan } from './plan.ts';
import type { SubnetPlan, SubnetRole } from './subnet-plan.ts';

/** Subnets as the rest of the network asks for them. */
export interface Subnets {
  /** Of one role, in the order of zones. */
  readonly ids: (role: SubnetRole) => readonly Output<string>[];
  /** All, each with its plan. */
  readonly all: readonly { readonly plan: SubnetPlan; readonly subnet: aws.ec2.Subnet }[];
}

/** Makes them all. Those of nodes lie in the VPC's second range, so they wait for it. */
export function makeSubnets({ name, vpcId, patient }: NetworkPlace, plan: NetworkPlan, secondRange: Resource): Subnets {
  const all = plan.subnets.map((each) => {
    const { role, zone, cidr, tags } = each;
    const subnetName = `${name}-${role}-${zone}`;
    const at = { vpcId, availabilityZone: zone, cidrBlock: cidr, tags: { ...tags, Name: subnetName } };
    const after = role === 'nodes' ? [secondRange] : [];
    return { plan: each, subnet: new aws.ec2.Subnet(subnetName, at, patient({ dependsOn: after })) };
  });
  return { all, ids: (role) => all.filter((each) => each.plan.role === role).map(({ subnet }) => subnet.id) };
}
