import type { Statement } from '../identity/policy.ts';

/** Where the controller works. */
export interface LoadBalancerScope {
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

/** It tags what it makes with this, and may change and delete nothing else. */
const TAG = 'elbv2.k8s.aws/cluster';
const tagged = { Null: { [`aws:ResourceTag/${TAG}`]: 'false' } };
const requested = { Null: { [`aws:RequestTag/${TAG}`]: 'false' } };
/** Of a thing of its own: the tag itself stays as it is. */
const retagged = { Null: { [`aws:RequestTag/${TAG}`]: 'true', [`aws:ResourceTag/${TAG}`]: 'false' } };

const elb = (...verbs: readonly string[]): readonly string[] => verbs.map((verb) => `elasticloadbalancing:${verb}`);

/**
 * What the controller may do: upstream's actions for services and network load balancers (v3.5.0, test/components/load-balancer-actions.json), each bound to
 * this account and region instead of `*`. Rights to WAF, Shield and Cognito belong to application load balancers, which are off (charts/values).
 * A right that is missing keeps a Service's finalizer for ever.
 */
export function loadBalancerStatements(scope: LoadBalancerScope): readonly Statement[] {
  return [...reading(scope), ...groups(scope), ...balancers(scope), ...listeners(scope)];
}

/** Reading that IAM cannot bind to single resources. */
function reading({ region, account, partition }: LoadBalancerScope): readonly Statement[] {
  const ec2 =
    'AccountAttributes Addresses AvailabilityZones InternetGateways Vpcs VpcPeeringConnections Subnets SecurityGroups Instances NetworkInterfaces Tags CoipPools IpamPools RouteTables';
  const own =
    'LoadBalancers LoadBalancerAttributes Listeners ListenerCertificates SSLPolicies Rules TargetGroups TargetGroupAttributes TargetHealth Tags TrustStores ListenerAttributes CapacityReservation';
  const described = [...ec2.split(' ').map((what) => `ec2:Describe${what}`), ...elb(...own.split(' ').map((what) => `Describe${what}`))];
  return [
    {
      sid: 'ReadOfTheRegion',
      actions: [...described, 'ec2:GetCoipPoolUsage', 'ec2:GetSecurityGroupsForVpc', 'acm:ListCertificates', 'acm:DescribeCertificate'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': region } },
    },
    { sid: 'ReadServerCertificates', actions: ['iam:ListServerCertificates', 'iam:GetServerCertificate'], resources: ['*'] },
    {
      sid: 'FirstLoadBalancerOfTheAccount',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    },
  ];
}

/** Security groups of load balancers are its own; in that of the nodes it writes rules, so those have no condition. */
function groups({ partition, region, account }: LoadBalancerScope): readonly Statement[] {
  const group = `arn:${partition}:ec2:${region}:${account}:security-group/*`;
  const rules = `arn:${partition}:ec2:${region}:${account}:security-group-rule/*`;
  const vpcs = `arn:${partition}:ec2:${region}:*:vpc/*`; // a shared one belongs to another account
  return [
    { sid: 'RulesOfGroups', actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'], resources: [group, rules] },
    { sid: 'MakeGroups', actions: ['ec2:CreateSecurityGroup'], resources: [group, vpcs] },
    {
      sid: 'TagNewGroups',
      actions: ['ec2:CreateTags'],
      resources: [group],
      conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' }, ...requested },
    },
    { sid: 'TagOwnGroups', actions: ['ec2:CreateTags', 'ec2:DeleteTags'], resources: [group], conditions: retagged },
    { sid: 'DeleteOwnGroups', actions: ['ec2:DeleteSecurityGroup'], resources: [group], conditions: tagged },
  ];
}

const ofBalancers = ({ partition, region, account }: LoadBalancerScope, ...kinds: readonly string[]): readonly string[] =>
  kinds.map((kind) => `arn:${partition}:elasticloadbalancing:${region}:${account}:${kind}/*`);

function balancers(scope: LoadBalancerScope): readonly Statement[] {
  const things = ofBalancers(scope, 'loadbalancer', 'targetgroup');
  const attributes =
    'ModifyLoadBalancerAttributes SetIpAddressType SetSecurityGroups SetSubnets DeleteLoadBalancer ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup';
  const more = ['ModifyCapacityReservation', 'ModifyIpPools'];
  return [
    { sid: 'MakeBalancers', actions: elb('CreateLoadBalancer', 'CreateTargetGroup'), resources: things, conditions: requested },
    {
      sid: 'TagNewBalancers',
      actions: elb('AddTags'),
      resources: things,
      conditions: { StringEquals: { 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] }, ...requested },
    },
    { sid: 'TagOwnBalancers', actions: elb('AddTags', 'RemoveTags'), resources: things, conditions: retagged },
    { sid: 'ChangeOwnBalancers', actions: elb(...attributes.split(' '), ...more), resources: things, conditions: tagged },
    { sid: 'Targets', actions: elb('RegisterTargets', 'DeregisterTargets'), resources: ofBalancers(scope, 'targetgroup') },
  ];
}

/** Upstream binds none of these to a tag: listeners of the first versions had none. */
function listeners(scope: LoadBalancerScope): readonly Statement[] {
  const things = ofBalancers(scope, 'loadbalancer', 'listener', 'listener-rule', 'targetgroup');
  const verbs =
    'CreateListener DeleteListener CreateRule DeleteRule ModifyListener AddListenerCertificates RemoveListenerCertificates ModifyRule SetRulePriorities';
  return [
    { sid: 'Listeners', actions: elb(...verbs.split(' ')), resources: things },
    { sid: 'ListenerAttributes', actions: elb('ModifyListenerAttributes'), resources: ofBalancers(scope, 'listener'), conditions: tagged },
    { sid: 'TagListeners', actions: elb('AddTags', 'RemoveTags'), resources: ofBalancers(scope, 'listener', 'listener-rule') },
  ];
}
