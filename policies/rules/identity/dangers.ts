/** What an action does to whom, if it is allowed on everything. The kinds are cloudsplaining's, which checkov asks. */
export interface Danger {
  /** Follows `allows s3:GetObject on everything: `. */
  readonly effect: string;
  /** Names of actions, as policies write them in full. */
  readonly form: RegExp;
  /** What a pattern such as `iam:*` is held against. */
  readonly examples: readonly string[];
}

const ESCALATES = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:AddUserToGroup',
];

/** These write, but can be allowed on everything alone: IAM's table of actions has no resource for them. */
export const UNBOUNDED: ReadonlySet<string> = new Set([
  'cloudwatch:PutMetricData',
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:SendReply',
  'kms:CreateKey',
  'route53:CreateHostedZone',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
]);

/** Worst first: an action is told once. S3 and iam:PassRole have rules of their own. */
export const DANGERS: readonly Danger[] = [
  {
    effect: 'its holder can give itself every right',
    form: /^iam:(CreatePolicyVersion|SetDefaultPolicyVersion|Attach\w+Policy|Put\w+Policy|UpdateAssumeRolePolicy|AddUserToGroup)$/i,
    examples: ESCALATES,
  },
  {
    effect: 'it hands out credentials of anybody',
    form: /^(sts:(AssumeRole\w*|GetSessionToken|GetFederationToken)|iam:(CreateAccessKey|CreateLoginProfile|UpdateLoginProfile|UpdateAccessKey)|ec2:GetPasswordData|rds-db:connect|redshift:GetClusterCredentials\w*|codeartifact:GetAuthorizationToken|cognito-identity:GetCredentialsForIdentity)$/i,
    examples: ['sts:AssumeRole', 'iam:CreateAccessKey', 'ec2:GetPasswordData', 'rds-db:connect', 'redshift:GetClusterCredentials'],
  },
  {
    effect: 'it changes who may do what',
    form: /^(iam:(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update|Upload)\w*|kms:(CreateGrant|RevokeGrant)|[a-z0-9-]+:(Put|Set|Delete)\w*Policy|lambda:(Add|Remove)Permission)$/i,
    examples: ['iam:DeleteRolePolicy', 'kms:PutKeyPolicy', 'kms:CreateGrant', 'secretsmanager:PutResourcePolicy', 'lambda:AddPermission'],
  },
  {
    effect: 'it reads what belongs to everybody',
    form: /^(ssm:GetParameter(s|sByPath)?|secretsmanager:(Batch)?GetSecretValue|dynamodb:(GetItem|BatchGetItem|Query|Scan))$/i,
    examples: ['ssm:GetParameter', 'ssm:GetParametersByPath', 'secretsmanager:GetSecretValue', 'dynamodb:Scan'],
  },
  {
    effect: 'it changes what belongs to everybody',
    form: /^[a-z0-9-]+:(Add|Associate|Attach|Cancel|Create|Delete|Deregister|Detach|Disassociate|Import|Modify|Put|Reboot|Register|Remove|Replace|Restore|Revoke|Run|Send|Start|Stop|Tag|Terminate|Untag|Update)\w*$/i,
    examples: [
      'ec2:TerminateInstances',
      'ec2:CreateTags',
      'dynamodb:PutItem',
      'rds:DeleteDBInstance',
      'sqs:SendMessage',
      'kafka:DeleteCluster',
      'ecr:PutImage',
    ],
  },
];
