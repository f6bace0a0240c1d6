import type { KeyPurpose } from './plan.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** Where a key lies, and whose it is. */
export interface KeyPlace {
  readonly env: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];

/**
 * Whom a key admits. Roles are admitted by their own IAM policies, through the account's statement; services that act under no role of ours are
 * named, each held to this account by a condition. In a key's policy `Resource: *` means this key.
 */
export function keyPolicy(purpose: KeyPurpose, place: KeyPlace): PolicyDocument {
  return { Version: '2012-10-17', Statement: [theAccount(place), ...SERVICES[purpose](place)] };
}

const SERVICES: Readonly<Record<KeyPurpose, (place: KeyPlace) => readonly PolicyStatement[]>> = {
  cluster: volumes,
  data: () => [],
  registry: () => [],
  logs: (place) => [logGroups(place), auditTrail(place)],
};

/** Without it nobody could ever change the policy again, and no IAM policy would count (KMS developer guide, "Default key policy"). */
function theAccount({ partition, account }: KeyPlace): PolicyStatement {
  const root = `arn:${partition}:iam::${account}:root`;
  return { Sid: 'AccountDecidesByIam', Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
}

/**
 * Node volumes: EC2 asks on behalf of whoever launched the instance, which is a service-linked role of Auto Scaling or of spot. Those roles do
 * not exist in a new account, and a policy that names a missing role is refused: so the service and the account are the condition, as in the
 * policy of AWS's own key for volumes.
 */
function volumes({ account, region }: KeyPlace): readonly PolicyStatement[] {
  const throughEc2 = { 'kms:CallerAccount': account, 'kms:ViaService': `ec2.${region}.amazonaws.com` };
  const anybody = { AWS: '*' };
  return [
    {
      Sid: 'VolumesThroughEc2',
      Effect: 'Allow',
      Principal: anybody,
      Action: [...USE, 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: throughEc2 },
    },
    {
      Sid: 'AttachVolumes',
      Effect: 'Allow',
      Principal: anybody,
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: { StringEquals: throughEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

/** CloudWatch Logs names the group in the encryption context (its user guide, "Encrypt log data using KMS"). */
function logGroups({ partition, region, account }: KeyPlace): PolicyStatement {
  return {
    Sid: 'LogGroupsOfThisAccount',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [...USE, 'kms:DescribeKey'],
    Resource: '*',
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
  };
}

/** The environment's own trail, and no other (CloudTrail user guide, "Configure KMS key policies"). */
function auditTrail({ partition, region, account, env }: KeyPlace): PolicyStatement {
  const trail = `arn:${partition}:cloudtrail:${region}:${account}:trail/${trailName(env)}`;
  return {
    Sid: 'AuditTrail',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['kms:GenerateDataKey', 'kms:DescribeKey'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceArn': trail } },
  };
}

/** The audit trail's name: its key and its bucket admit this one alone, and are made before it. */
export function trailName(env: string): string {
  return `weir-${env}`;
}
