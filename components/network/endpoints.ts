import * as aws from '@pulumi/aws';
import type { Output, Resource } from '@pulumi/pulumi';
import { policyDocument } from '../identity/policy.ts';
import type { EndpointPlan } from './endpoint-plan.ts';
import type { NetworkPlace } from './network.ts';
import type { NetworkPlan } from './plan.ts';

/** Where the doors open: addresses in these subnets, routes in these tables. */
export interface EndpointSides {
  readonly subnetIds: readonly Output<string>[];
  readonly routeTableIds: readonly Output<string>[];
}

/** Makes every door to AWS's APIs, and returns them with the rules that let the VPC in. */
export function makeEndpoints(place: NetworkPlace, plan: NetworkPlan, { subnetIds, routeTableIds }: EndpointSides): readonly Resource[] {
  const gateways = plan.gatewayEndpoints.map((endpoint) => {
    return makeEndpoint(place, endpoint, { vpcEndpointType: 'Gateway', routeTableIds: [...routeTableIds] });
  });
  const groups = plan.interfaceEndpoints.slice(0, 1).map(() => makeGroup(place, plan)); // none or one for all
  const securityGroupIds = groups.map(({ id }) => id);
  const doors = plan.interfaceEndpoints.map((endpoint) => {
    const at = { privateDnsEnabled: true, subnetIds: [...subnetIds], securityGroupIds };
    return makeEndpoint(place, endpoint, { vpcEndpointType: 'Interface', ...at });
  });
  return [...gateways, ...doors, ...groups.flatMap(({ rules }) => rules)];
}

type Kind = Pick<aws.ec2.VpcEndpointArgs, 'vpcEndpointType' | 'routeTableIds' | 'privateDnsEnabled' | 'subnetIds' | 'securityGroupIds'>;

function makeEndpoint({ name, vpcId, child }: NetworkPlace, endpoint: EndpointPlan, kind: Kind): Resource {
  const policy = endpoint.policy.map((statements) => ({ policy: policyDocument(statements) }));
  const at = { vpcId, serviceName: endpoint.service, ...kind, ...policy[0], tags: { Name: `${name}-${endpoint.name}` } };
  return new aws.ec2.VpcEndpoint(`${name}-endpoint-${endpoint.name}`, at, child());
}

/** Interface endpoints answer the VPC alone, on 443. */
function makeGroup(
  { name, vpcId, child, patient }: NetworkPlace,
  { cidr, podCidr }: NetworkPlan,
): { id: Output<string>; rules: readonly Resource[] } {
  const groupName = `${name}-endpoints`;
  const about = { vpcId, description: 'Interface endpoints', tags: { Name: groupName } };
  const group = new aws.ec2.SecurityGroup(groupName, about, patient());
  const rules = Object.entries({ vpc: cidr, pods: podCidr }).map(([from, cidrIpv4]) => {
    const rule = { securityGroupId: group.id, description: `HTTPS from ${from}`, cidrIpv4, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    return new aws.vpc.SecurityGroupIngressRule(`${groupName}-${from}`, rule, child());
  });
  return { id: group.id, rules };
}
