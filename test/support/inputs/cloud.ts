import type { Sdks } from './check-node.ts';
import type { Shape } from './shape.ts';

/** Where the stand-in cloud is; nothing of it exists. */
export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * What a cloud would answer, for `World.state`: every output that the SDK declares has a value of its type which holds the resource's name, so
 * that an input shows where it came from. Without it an output is undefined, and whatever is made of it silently missing.
 */
export function cloudState(sdks: Sdks): (resource: Registered) => Record<string, unknown> {
  return ({ type, name, inputs }) => {
    const outputs = sdks.forType(type)?.outputs(type) ?? new Map();
    const answered: Record<string, unknown> = {};
    for (const [output, field] of outputs) {
      if (inputs[output] === undefined) answered[output] = valueOf(field.shape, output, { type, name, inputs });
    }
    // What is optional as an input and made up by the cloud when it is left out.
    for (const made of ['name', 'bucket', 'identifier']) {
      if (sdks.forType(type)?.args(type)?.has(made) === true && inputs[made] === undefined) answered[made] = name;
    }
    return { ...answered, ...SPECIAL[type]?.({ type, name, inputs }) };
  };
}

/** Outputs whose inner form a program reads. */
const SPECIAL: Readonly<Record<string, (resource: Registered) => Record<string, unknown>>> = {
  'aws:eks/cluster:Cluster': ({ name, inputs }) => ({
    endpoint: `https://${name}.eks.amazonaws.com`,
    certificateAuthority: { data: Buffer.from(name).toString('base64') },
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/${name}` }] }],
    vpcConfig: { ...(typeof inputs.vpcConfig === 'object' ? inputs.vpcConfig : {}), clusterSecurityGroupId: `${name}-clusterSecurityGroupId` },
  }),
  'aws:rds/instance:Instance': ({ name }) => ({
    masterUserSecrets: [{ kmsKeyId: arn('aws:kms/key:Key', name), secretArn: arn('aws:secretsmanager/secret:Secret', name), secretStatus: 'active' }],
  }),
};

function valueOf(shape: Shape, output: string, resource: Registered): unknown {
  switch (shape.kind) {
    case 'string':
      return /(^a|A)rn$/.test(output) ? arn(resource.type, resource.name) : `${resource.name}-${output}`;
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'array':
      return [valueOf(shape.of, output, resource)];
    default:
      return {};
  }
}

/** An ARN of the form that the type's service gives; the type itself decides the service, the resource's name the end. */
export function arn(type: string, name: string): string {
  const [, path = '', className = ''] = type.split(':');
  const folder = path.split('/')[0] ?? '';
  const service = SERVICES[folder] ?? folder;
  if (type === 'aws:s3/bucket:Bucket') return `arn:aws:s3:::${name}`;
  const region = GLOBAL.has(service) ? '' : REGION;
  const [kind, separator] = KINDS[type] ?? [className.charAt(0).toLowerCase() + className.slice(1), '/'];
  return `arn:aws:${service}:${region}:${ACCOUNT}:${kind}${kind === '' ? '' : separator}${name}`;
}

const GLOBAL = new Set(['iam', 'budgets', 'ce']);

/** Services whose word in an ARN is not the SDK's folder. */
const SERVICES: Readonly<Record<string, string>> = {
  cloudwatch: 'logs',
  msk: 'kafka',
  costexplorer: 'ce',
  s3control: 's3',
  vpc: 'ec2',
};

/** Kinds whose word in an ARN is not the class's name, and what follows it. */
const KINDS: Readonly<Record<string, readonly [kind: string, separator: string]>> = {
  'aws:cloudwatch/logGroup:LogGroup': ['log-group', ':'],
  'aws:cloudwatch/eventRule:EventRule': ['rule', '/'],
  'aws:sqs/queue:Queue': ['', ''],
  'aws:sns/topic:Topic': ['', ''],
  'aws:rds/instance:Instance': ['db', ':'],
  'aws:rds/parameterGroup:ParameterGroup': ['pg', ':'],
  'aws:rds/subnetGroup:SubnetGroup': ['subgrp', ':'],
  'aws:elasticache/replicationGroup:ReplicationGroup': ['replicationgroup', ':'],
  'aws:elasticache/user:User': ['user', ':'],
  'aws:elasticache/userGroup:UserGroup': ['usergroup', ':'],
  'aws:elasticache/parameterGroup:ParameterGroup': ['parametergroup', ':'],
  'aws:elasticache/subnetGroup:SubnetGroup': ['subnetgroup', ':'],
  'aws:secretsmanager/secret:Secret': ['secret', ':'],
  'aws:backup/vault:Vault': ['backup-vault', ':'],
  'aws:backup/plan:Plan': ['backup-plan', ':'],
  'aws:ec2/securityGroup:SecurityGroup': ['security-group', '/'],
  'aws:ec2/launchTemplate:LaunchTemplate': ['launch-template', '/'],
  'aws:iam/instanceProfile:InstanceProfile': ['instance-profile', '/'],
};
