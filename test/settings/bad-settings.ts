import { type BadSettings, DATA_CASES } from './bad-data-settings.ts';
import { PLATFORM_CASES } from './bad-platform-settings.ts';
import { POLICY_CASES } from './bad-policy-settings.ts';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ROLE = 'arn:aws:iam::123456789012:role';
const SUBNETS = { 'eu-west-1a': 'subnet-0a1b2c3d4e5f60718', 'eu-west-1b': 'subnet-0a1b2c3d4e5f60719', 'eu-west-1c': 'subnet-0a1b2c3d4e5f6071a' };
const VPC = { id: 'vpc-0a1b2c3d4e5f60718', nodeSubnets: SUBNETS, privateSubnets: SUBNETS, dataSubnets: SUBNETS, controlPlaneSubnets: SUBNETS };
const CLUSTER = {
  name: 'shared',
  endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: 'A'.repeat(120),
  nodeSecurityGroup: 'sg-0a1b2c3d4e5f60718',
};

export const CASES: readonly BadSettings[] = [
  ...DATA_CASES,
  ...PLATFORM_CASES,
  ...POLICY_CASES,
  {
    name: 'an unknown key, with the one that was meant',
    change: { netwrok: {} },
    message: [
      'weir:netwrok  "netwrok" is not a field of settings | Did you mean "network"? (profile, layers, upstream, tenantsDir, environment, account, region, partition, owner, costCenter, dataClass, dataPolicy, network, cluster, access, nodes, karpenter, pools, gateway, storage, postgres, kafka, lake, valkey, features, prometheus, alerts, backup, budget, audit, images, registryCredentials, existing, policies, usage)',
    ],
  },
  {
    name: 'an unknown key inside of a section',
    change: { network: { natt: 'zone' } },
    message: [
      'weir:network.natt  "natt" is not a field of the network | Did you mean "nat"? (cidr, zones, nat, interfaceEndpoints, flowLogs, flowLogDays, egressCidrs)',
    ],
  },
  { name: 'no account', change: { account: null }, message: ['weir:account  is missing | Add account: "123456789012"'] },
  {
    name: 'an account as a number, which loses its zeros',
    change: { account: 12345678901 },
    message: [
      'weir:account  12345678901 is not an AWS account\'s number of twelve digits, in quotes | Write an AWS account\'s number of twelve digits, in quotes, such as "123456789012"',
    ],
  },
  {
    name: 'an account of eleven digits',
    change: { account: '12345678901' },
    message: [
      'weir:account  "12345678901" is not an AWS account\'s number of twelve digits, in quotes | Write an AWS account\'s number of twelve digits, in quotes, such as "123456789012"',
    ],
  },
  {
    name: 'a region that is none',
    change: { region: 'europe' },
    message: ['weir:region  "europe" is not an AWS region | Write an AWS region, such as eu-west-1'],
  },
  {
    name: 'a profile that is none',
    change: { profile: 'production' },
    message: ['weir:profile  "production" is not a profile | Choose one of dev, small, staging, prod.'],
  },
  {
    name: 'an environment whose name begins names that AWS would refuse',
    change: { environment: 'Prod_EU' },
    message: [
      'weir:environment  "Prod_EU" is not a name of at most 20 lower-case letters, digits and hyphens | Write a name of at most 20 lower-case letters, digits and hyphens, such as prod',
    ],
  },
  {
    name: 'an environment whose name is too long for the names it begins',
    change: { environment: 'a-very-long-environment' },
    message: [
      'weir:environment  "a-very-long-environment" is not a name of at most 20 lower-case letters, digits and hyphens | Write a name of at most 20 lower-case letters, digits and hyphens, such as prod',
    ],
  },
  {
    name: 'a tag that AWS would refuse',
    change: { owner: 'us & them' },
    message: [
      'weir:owner  "us & them" is not a text of letters, digits, spaces and _ . : / = + - @ | Write a text of letters, digits, spaces and _ . : / = + - @, such as platform-team',
    ],
  },
  {
    name: 'a data policy that is none',
    change: { dataPolicy: 'retain' },
    message: ['weir:dataPolicy  "retain" is not what a destroy does with data | Choose one of keep, drop.'],
  },
  { name: 'no layer', change: { layers: [] }, message: ['weir:layers  the list of layers is empty | Give at least 1.'] },
  {
    name: 'a layer that is none',
    change: { layers: ['foundation', 'plattform'] },
    message: ['weir:layers[1]  "plattform" is not a layer | Did you mean "platform"? (foundation, platform, tenants)'],
  },
  {
    name: 'a split layer without its upstream',
    change: { layers: ['platform'] },
    message: ['weir:upstream  is missing: this stack does not build the foundation | Name the stack that does, such as prod.'],
  },
  {
    name: 'an upstream that nobody reads',
    change: { upstream: 'prod' },
    message: ['weir:upstream  "prod" is not used: this stack builds the foundation itself | Take it out, or take foundation out of weir:layers.'],
  },
  {
    name: 'existing parts where the foundation comes from elsewhere',
    change: { layers: ['platform'], upstream: 'base', existing: { vpc: VPC } },
    message: ['weir:existing  is not used: the foundation comes from the upstream stack | Move it to the settings of that stack.'],
  },
  {
    name: 'a partition that has no such region',
    change: { partition: 'aws-cn' },
    message: [
      'weir:region  partition aws-cn has no region eu-west-1 | Set weir:partition to aws, or use another region.',
      'weir:access.deploy  "arn:aws:iam::123456789012:role/deploy" lies in partition aws, not aws-cn | Name a role of this partition.',
    ],
  },
  {
    name: 'a region of another partition',
    change: { region: 'us-gov-west-1', partition: 'aws', network: { zones: null } },
    message: ['weir:region  partition aws has no region us-gov-west-1 | Set weir:partition to aws-us-gov, or use another region.'],
  },
  {
    name: 'a range that is no /16',
    change: { network: { cidr: '10.20.0.0/20' } },
    message: ['weir:network.cidr  "10.20.0.0/20" is not a /16 | Use a range such as 10.20.0.0/16.'],
  },
  {
    name: 'a range with an address of a host in it',
    change: { network: { cidr: '10.20.0.1/16' } },
    message: ['weir:network.cidr  "10.20.0.1/16" is not how this range is written | Write 10.20.0.0/16: AWS takes no other form.'],
  },
  {
    name: 'a range with a leading zero',
    change: { network: { cidr: '10.020.0.0/16' } },
    message: ['weir:network.cidr  "10.020.0.0/16" is not how this range is written | Write 10.20.0.0/16: AWS takes no other form.'],
  },
  {
    name: 'a range of the public internet',
    change: { network: { cidr: '8.8.0.0/16' } },
    message: [
      'weir:network.cidr  "8.8.0.0/16" is no private range (RFC 1918) | Use one of 10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, or 192.168.0.0/16.',
    ],
  },
  {
    name: 'a range that is none',
    change: { network: { cidr: '10.20.0.0' } },
    message: ['weir:network.cidr  "10.20.0.0" is not an IPv4 range | Write an IPv4 range, such as 10.20.0.0/16'],
  },
  {
    name: "the range of nodes and pods as the VPC's own",
    change: { network: { cidr: '100.64.0.0/16' } },
    message: [
      'weir:network.cidr  "100.64.0.0/16" is no private range (RFC 1918) | Use one of 10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, or 192.168.0.0/16.',
    ],
  },
  {
    name: 'two zones of another region',
    change: { network: { zones: ['eu-central-1a', 'eu-central-1b', 'eu-west-1c'] } },
    message: [
      'weir:network.zones[0]  "eu-central-1a" is no zone of eu-west-1 | Name zones such as eu-west-1a.',
      'weir:network.zones[1]  "eu-central-1b" is no zone of eu-west-1 | Name zones such as eu-west-1a.',
    ],
  },
  {
    name: 'one zone twice',
    change: { network: { zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1a'] } },
    message: ['weir:network.zones  "eu-west-1a, eu-west-1b, eu-west-1a" names a zone twice | Name two or three different zones.'],
  },
  {
    name: 'a single zone',
    change: { network: { zones: ['eu-west-1a'] } },
    message: ['weir:network.zones  the list of zones is too short | Give at least 2.'],
  },
  {
    name: 'no way out and no private doors',
    change: { network: { nat: 'none', interfaceEndpoints: 'minimal' } },
    message: ['weir:network.nat  none leaves nodes without a way to AWS: interfaceEndpoints is minimal | Set network.interfaceEndpoints to full.'],
  },
  {
    name: 'no way out and public registries',
    change: { network: { nat: 'none', interfaceEndpoints: 'full' }, images: { pullThrough: [] } },
    message: [
      'weir:network.nat  none cannot reach a public registry, and images.pullThrough is empty | Name the registries that come through ECR, such as ecrPublic, kubernetes and quay.',
    ],
  },
  {
    name: 'an EKS version as a number, which loses a zero',
    change: { cluster: { version: 1.35 } },
    message: ['weir:cluster.version  1.35 is not a Kubernetes version | YAML reads this as a number: put it in quotes, "1.35".'],
  },
  {
    name: 'an EKS version that is not offered',
    change: { cluster: { version: '1.29' } },
    message: ['weir:cluster.version  "1.29" is no version that Weir has add-ons for | Use one of 1.36, 1.35, 1.34.'],
  },
  {
    name: 'a public endpoint in prod',
    change: { cluster: { publicCidrs: ['203.0.113.0/24'] } },
    message: ['weir:cluster.publicCidrs  the endpoint of prod is private alone | Take the ranges out, and reach the cluster through the VPC.'],
  },
  {
    name: 'an endpoint that is open to the world',
    change: { profile: 'dev', cluster: { publicCidrs: ['0.0.0.0/0'] } },
    message: [
      'weir:cluster.publicCidrs[0]  "0.0.0.0/0" opens the endpoint to the world | Name the ranges of your offices and runners, /8 at the widest.',
    ],
  },
  {
    name: 'a VPN that is wider than any private network',
    change: { cluster: { privateCidrs: ['0.0.0.0/0'] } },
    message: ['weir:cluster.privateCidrs[0]  "0.0.0.0/0" is wider than any private network | Name the ranges of your VPN and peered networks.'],
  },
  {
    name: 'a log that is none',
    change: { cluster: { logs: ['audits'] } },
    message: ['weir:cluster.logs[0]  "audits" is not a log | Did you mean "audit"? (api, audit, authenticator, controllerManager, scheduler)'],
  },
  {
    name: 'an export of no logs',
    change: { cluster: { logs: [] } },
    message: ['weir:cluster.logExport  has nothing to export: cluster.logs is empty | Name logs such as audit, or turn the export off.'],
  },
  {
    name: 'days of logs that CloudWatch does not offer',
    change: { cluster: { logDays: 45 } },
    message: [
      'weir:cluster.logDays  45 is not a number of days that CloudWatch offers | Choose one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.',
    ],
  },
  {
    name: 'a role that is none',
    change: { access: { deploy: 'deploy' } },
    message: [
      'weir:access.deploy  "deploy" is not the ARN of an IAM role | Write the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy',
    ],
  },
  {
    name: 'one role twice',
    change: { access: { readers: [`${ROLE}/deploy`] } },
    message: [
      'weir:access.readers[0]  "arn:aws:iam::123456789012:role/deploy" enters twice: it is access.deploy too | EKS takes one entry for a role: name it once.',
    ],
  },
  {
    name: 'a role of another partition',
    change: { access: { breakGlass: ['arn:aws-cn:iam::123456789012:role/help'] } },
    message: [
      'weir:access.breakGlass[0]  "arn:aws-cn:iam::123456789012:role/help" lies in partition aws-cn, not aws | Name a role of this partition.',
    ],
  },
  {
    name: 'fewer nodes than the fewest',
    change: { nodes: { size: 2, min: 3, max: 6 } },
    message: ['weir:nodes.size  2 is not between min, 3, and max, 6 | Choose a size between them.'],
  },
  { name: 'the fewest above the most', change: { nodes: { min: 7 } }, message: ['weir:nodes.min  7 is more than max, 6 | Raise max, or lower min.'] },
  {
    name: 'system nodes with GPUs',
    change: { nodes: { instance: 'g5.xlarge' } },
    message: [
      'weir:nodes.instance  "g5.xlarge" has accelerators, and nothing on system nodes uses them | Choose a general type such as m7i.large: models get GPU nodes from Karpenter.',
    ],
  },
  {
    name: 'an instance type that is none',
    change: { nodes: { instance: 'large' } },
    message: ['weir:nodes.instance  "large" is not an EC2 instance type | Write an EC2 instance type, such as m7i.large'],
  },
  {
    name: 'a deployer of another account, whose credentials are refused',
    change: { account: '210987654321' },
    message: [
      'weir:access.deploy  the role lies in account 123456789012, and weir:account is 210987654321 | Name the role of this account that runs pulumi up: credentials of any other account are refused.',
    ],
  },
  {
    name: 'nobody to tell of the budget',
    change: { budget: { emails: [] } },
    message: ['weir:budget.emails  the list of addresses is empty | Give at least 1.'],
  },
  {
    name: 'an address that is none',
    change: { budget: { emails: ['platform'] } },
    message: ['weir:budget.emails[0]  "platform" is not an e-mail address | Write an e-mail address, such as platform@example.com'],
  },
  {
    name: 'a registry that wants a user',
    change: { images: { pullThrough: ['ecrPublic', 'dockerHub'] } },
    message: [
      'weir:images.pullThrough  dockerHub needs a user | Run `pulumi config set --secret --path weir:registryCredentials.dockerHub.username …`, and the same for accessToken.',
    ],
  },
  {
    name: 'a user of a registry that nobody pulls from',
    change: { registryCredentials: { github: { username: 'a', accessToken: 'b' } } },
    message: ['weir:registryCredentials.github  is not used | Add github to images.pullThrough, or take the secret out.'],
  },
  {
    name: 'half of a user',
    change: { images: { pullThrough: ['github'] }, registryCredentials: { github: { username: 'a' } } },
    message: ['weir:registryCredentials.github.accessToken  is missing | Add accessToken: …'],
  },
  {
    name: 'a cluster in a VPC that is not named',
    change: { existing: { cluster: CLUSTER } },
    message: ['weir:existing.cluster  lies in a VPC that is not named | Name existing.vpc: a cluster cannot join a new one.'],
  },
  {
    name: 'subnets of other zones',
    change: { existing: { vpc: { ...VPC, dataSubnets: { 'eu-west-1a': 'subnet-0a1b2c3d4e5f60718', 'eu-west-1b': 'subnet-0a1b2c3d4e5f60719' } } } },
    message: [
      'weir:existing.vpc.dataSubnets  has subnets in eu-west-1a, eu-west-1b, and network.zones are eu-west-1a, eu-west-1b, eu-west-1c | Name one subnet for each zone.',
    ],
  },
  {
    name: 'a subnet that is none',
    change: { existing: { vpc: { ...VPC, nodeSubnets: { ...SUBNETS, 'eu-west-1a': 'vpc-0a1b2c3d' } } } },
    message: ['weir:existing.vpc.nodeSubnets.eu-west-1a  "vpc-0a1b2c3d" is not a subnet\'s id | Write a subnet\'s id.'],
  },
  {
    name: 'a key of another region',
    change: { existing: { keys: { cluster: KEY, data: KEY, registry: KEY, logs: KEY.replace('eu-west-1', 'us-east-1') } } },
    message: [
      'weir:existing.keys.logs  the key lies in us-east-1 of account 123456789012 | Name one in eu-west-1 of 123456789012: services use keys of their own region.',
    ],
  },
  {
    name: 'a certificate that is none',
    change: { existing: { vpc: VPC, cluster: { ...CLUSTER, certificateAuthority: 'abc' } } },
    message: ['weir:existing.cluster.certificateAuthority  "abc" is not a certificate | Base64, as EKS describes it.'],
  },
  {
    name: 'hours of what is no instance type',
    change: { usage: { gpuHours: { a100: 5 } } },
    message: ['weir:usage.gpuHours.a100  "a100" is not an EC2 instance type | Write an EC2 instance type.'],
  },
  {
    name: 'a usage that is less than nothing',
    change: { usage: { natGb: -1 } },
    message: ['weir:usage.natGb  -1 is out of range for GB a month | It is at least 0.'],
  },
];
