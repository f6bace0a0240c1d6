import { dnsSuffix } from '../identity/dns-suffix.ts';
import type { Statement } from '../identity/policy.ts';
import type { KeyPurpose } from './plan.ts';

/** Where a key lies, and whose it is. */
export interface KeyPlace {
  readonly env: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
}

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];
/** In a key's policy this means the key. */
const THIS_KEY = ['*'];

/**
 * Whom a key admits. Roles are admitted by their own IAM policies, through the account's statement; services that act under no role of ours are
 * named, each held to this account by a condition.
 */
export function keyStatements(purpose: KeyPurpose, place: KeyPlace): readonly Statement[] {
  return [theAccount(place), ...SERVICES[purpose](place)];
}

const SERVICES: Readonly<Record<KeyPurpose, (place: KeyPlace) => readonly Statement[]>> = {
  cluster: volumes,
  data: () => [],
  registry: () => [],
  logs: (place) => [logGroups(place), auditTrail(place)],
};

/** Without it nobody could ever change the policy again, and no IAM policy would count (KMS developer guide, "Default key policy"). */
function theAccount({ partition, account }: KeyPlace): Statement {
  const root = `arn:${partition}:iam::${account}:root`;
  return { sid: 'AccountDecidesByIam', principal: { AWS: root }, actions: ['kms:*'], resources: THIS_KEY };
}

/**
 * Node volumes: EC2 asks on behalf of whoever launched the instance, which is a service-linked role of Auto Scaling or of spot. Those roles do
 * not exist in a new account, and a policy that names a missing role is refused: so the service and the account are the condition, as in the
 * policy of AWS's own key for volumes.
 */
function volumes({ account, partition, region }: KeyPlace): readonly Statement[] {
  const throughEc2 = { 'kms:CallerAccount': account, 'kms:ViaService': `ec2.${region}.${dnsSuffix(partition)}` };
  const anybody = { AWS: '*' };
  return [
    {
      sid: 'VolumesThroughEc2',
      principal: anybody,
      actions: [...USE, 'kms:DescribeKey'],
      resources: THIS_KEY,
      conditions: { StringEquals: throughEc2 },
    },
    {
      sid: 'AttachVolumes',
      principal: anybody,
      actions: ['kms:CreateGrant'],
      resources: THIS_KEY,
      conditions: { StringEquals: throughEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

/** CloudWatch Logs names the group in the encryption context (its user guide, "Encrypt log data using KMS"). */
function logGroups({ partition, region, account }: KeyPlace): Statement {
  return {
    sid: 'LogGroupsOfThisAccount',
    principal: { Service: `logs.${region}.${dnsSuffix(partition)}` },
    actions: [...USE, 'kms:DescribeKey'],
    resources: THIS_KEY,
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
  };
}

/** The environment's own trail, and no other (CloudTrail user guide, "Configure KMS key policies"). */
function auditTrail(place: KeyPlace): Statement {
  return {
    sid: 'AuditTrail',
    principal: { Service: 'cloudtrail.amazonaws.com' },
    actions: ['kms:GenerateDataKey', 'kms:DescribeKey'],
    resources: THIS_KEY,
    conditions: { StringEquals: { 'aws:SourceArn': trailArn(place) } },
  };
}

/** The audit trail's name: its key and its bucket admit this one alone, and are made before it. */
export function trailName(env: string): string {
  return `weir-${env}`;
}

/** The audit trail's ARN, known before it is made. */
export function trailArn({ partition, region, account, env }: KeyPlace): string {
  return `arn:${partition}:cloudtrail:${region}:${account}:trail/${trailName(env)}`;
}
