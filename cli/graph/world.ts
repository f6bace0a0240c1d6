import type { World } from './node.ts';

/** Where a stand-in cloud is: of the settings, or any. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

type Resource = Parameters<NonNullable<World['state']>>[0];
type State = Readonly<Record<string, unknown>>;

/**
 * What AWS would answer beyond the inputs, for `World.state`: ARNs, endpoints, generated names, each made of the resource's logical name, so that
 * two recordings of one resource agree and an input shows where it came from.
 */
export function plausibleState(place: Place): NonNullable<World['state']> {
  return (resource) => {
    if (!resource.type.startsWith('aws:')) return { ...OTHERS[resource.type]?.(resource, place) };
    const given = Object.fromEntries(MADE_UP.flatMap((key) => (resource.inputs[key] === undefined ? [[key, resource.name]] : [])));
    return { ...given, arn: arnOf(resource, place), ...AWS[resource.type]?.(resource, place) };
  };
}

/** Optional inputs that the provider makes up when they are left out. */
const MADE_UP = ['name', 'bucket', 'identifier'] as const;

function arnOf({ type, name, inputs }: Resource, { account, region, partition }: Place): string {
  const [, path = '', className = ''] = type.split(':');
  const folder = path.split('/')[0] ?? '';
  const service = SERVICES[type] ?? SERVICES[folder] ?? folder;
  const own = [inputs.name, inputs.bucket, inputs.identifier].find((value) => typeof value === 'string') ?? name;
  if (type === 'aws:s3/bucket:Bucket') return `arn:${partition}:s3:::${own}`;
  const kind = KINDS[type] ?? `${className.charAt(0).toLowerCase()}${className.slice(1)}/`;
  const at = typeof inputs.region === 'string' ? inputs.region : region; // a resource may lie in a region of its own
  return `arn:${partition}:${service}:${GLOBAL.has(service) ? '' : at}:${account}:${kind}${own}`;
}

const GLOBAL: ReadonlySet<string> = new Set(['iam', 'budgets', 'ce']);

/** Services whose word in an ARN is not the SDK's folder, by type or by folder. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch: 'logs',
  'aws:cloudwatch/eventRule:EventRule': 'events',
  'aws:cloudwatch/metricAlarm:MetricAlarm': 'cloudwatch',
  'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream': 'firehose',
  msk: 'kafka',
  costexplorer: 'ce',
  s3control: 's3',
  vpc: 'ec2',
};

/** What stands before the name in an ARN, where it is not the class's name and a slash (AWS service authorization reference, 2026-11). */
const KINDS: Readonly<Record<string, string>> = {
  'aws:cloudwatch/logGroup:LogGroup': 'log-group:',
  'aws:cloudwatch/eventRule:EventRule': 'rule/',
  'aws:cloudwatch/metricAlarm:MetricAlarm': 'alarm:',
  'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream': 'deliverystream/',
  'aws:sqs/queue:Queue': '',
  'aws:sns/topic:Topic': '',
  'aws:rds/instance:Instance': 'db:',
  'aws:rds/parameterGroup:ParameterGroup': 'pg:',
  'aws:rds/subnetGroup:SubnetGroup': 'subgrp:',
  'aws:elasticache/replicationGroup:ReplicationGroup': 'replicationgroup:',
  'aws:elasticache/user:User': 'user:',
  'aws:elasticache/userGroup:UserGroup': 'usergroup:',
  'aws:elasticache/parameterGroup:ParameterGroup': 'parametergroup:',
  'aws:elasticache/subnetGroup:SubnetGroup': 'subnetgroup:',
  'aws:secretsmanager/secret:Secret': 'secret:',
  'aws:backup/vault:Vault': 'backup-vault:',
  'aws:backup/plan:Plan': 'backup-plan:',
  'aws:ec2/securityGroup:SecurityGroup': 'security-group/',
  'aws:ec2/launchTemplate:LaunchTemplate': 'launch-template/',
  'aws:iam/instanceProfile:InstanceProfile': 'instance-profile/',
};

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** Outputs whose inner form a program reads. */
const AWS: Readonly<Record<string, (resource: Resource, place: Place) => State>> = {
  'aws:eks/cluster:Cluster': ({ name, inputs }, { region }) => ({
    endpoint: `https://${name}.gr7.${region}.eks.amazonaws.com`,
    certificateAuthority: { data: Buffer.from(`certificate of ${name}`).toString('base64') },
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${name}` }] }],
    vpcConfig: { ...(typeof inputs.vpcConfig === 'object' ? inputs.vpcConfig : {}), clusterSecurityGroupId: `${name}-cluster-security-group` },
  }),
  'aws:eks/nodeGroup:NodeGroup': ({ name }) => ({ resources: [{ autoscalingGroups: [{ name: `${name}-scaling` }] }] }),
  'aws:rds/instance:Instance': ({ name, inputs }, place) => {
    const address = `${text(inputs.identifier, name)}.stand-in.${place.region}.rds.amazonaws.com`;
    const secretArn = `arn:${place.partition}:secretsmanager:${place.region}:${place.account}:secret:rds!${name}`;
    return { address, endpoint: `${address}:5432`, port: 5432, masterUserSecrets: [{ secretArn, secretStatus: 'active' }] };
  },
  'aws:msk/cluster:Cluster': ({ name }, { region }) => ({
    bootstrapBrokersSaslIam: `b-1.${name}.kafka.${region}.amazonaws.com:9098,b-2.${name}.kafka.${region}.amazonaws.com:9098`,
    currentVersion: `${name}-version`,
  }),
  'aws:msk/configuration:Configuration': () => ({ latestRevision: 1 }),
  'aws:elasticache/replicationGroup:ReplicationGroup': ({ name }, { region }) => ({
    primaryEndpointAddress: `master.${name}.${region}.cache.amazonaws.com`,
    configurationEndpointAddress: `clustercfg.${name}.${region}.cache.amazonaws.com`,
    readerEndpointAddress: `replica.${name}.${region}.cache.amazonaws.com`,
  }),
  'aws:sqs/queue:Queue': ({ name, inputs }, { region, account }) => ({
    url: `https://sqs.${region}.amazonaws.com/${account}/${text(inputs.name, name)}`,
  }),
  'aws:s3/bucket:Bucket': ({ name, inputs }, { region }) => ({
    bucketDomainName: `${text(inputs.bucket, name)}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${text(inputs.bucket, name)}.s3.${region}.amazonaws.com`,
  }),
  'aws:ec2/eip:Eip': ({ name }) => ({ publicIp: '198.51.100.1', allocationId: `${name}-id` }), // RFC 5737: documentation
  'aws:ec2/launchTemplate:LaunchTemplate': () => ({ latestVersion: 1, defaultVersion: 1 }),
  'aws:ec2/vpc:Vpc': ({ name }) => ({
    defaultSecurityGroupId: `${name}-default-security-group`,
    defaultRouteTableId: `${name}-default-route-table`,
    defaultNetworkAclId: `${name}-default-network-acl`,
    mainRouteTableId: `${name}-main-route-table`,
  }),
  'aws:ec2/vpcEndpoint:VpcEndpoint': ({ name }) => ({ prefixListId: `${name}-prefix-list` }),
  'aws:ecr/repository:Repository': ({ name, inputs }, { region, account }) => ({
    repositoryUrl: `${account}.dkr.ecr.${region}.amazonaws.com/${text(inputs.name, name)}`,
    registryId: account,
  }),
  'aws:kms/key:Key': ({ name }) => ({ keyId: `${name}-id` }),
  'aws:iam/role:Role': ({ name }) => ({ uniqueId: `${name}-unique-id` }),
};

const OTHERS: Readonly<Record<string, (resource: Resource, place: Place) => State>> = {
  'random:index/randomId:RandomId': () => ({ hex: '5eed5eed', dec: '1592614637', b64Url: 'XtZe7Q', b64Std: 'XtZe7Q==' }),
  'random:index/randomString:RandomString': ({ inputs }) => ({ result: 'seed'.repeat(16).slice(0, Number(inputs.length ?? 8)) }),
};
