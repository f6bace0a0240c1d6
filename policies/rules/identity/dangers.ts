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

/** How names of actions begin that write, in all services; those that are read by such a name are left out. */
const WRITES =
  'Accept|Add|Allocate|Alter|Apply|Assign|Associate|Attach|Authorize|Batch(Associate|Create|Delete|Import|Put|Stop|Update|Write)|Cancel|Change|Connect|Copy|Create|Decrease|Delete|Deregister|Detach|Disable|Disassociate|Enable|Encrypt|Execute|Failover|Import|Increase|Initiate|Invoke|Modify|PartiQL(Delete|Insert|Update)|Promote|Publish|Purge|Put|Reboot|Register|Release|Remove|Replace|Request|Reset|Restore|Revoke|Rotate|Run|Schedule|Send|Set|Start(?!Query$|LiveTail)|Stop|Subscribe(?!ToShard)|Suspend|Switchover|Tag|Terminate|Unassign|Untag|Update|Upload|Write';

/** Worst first: an action is told once. S3 and iam:PassRole have rules of their own. */
export const DANGERS: readonly Danger[] = [
  {
    effect: 'its holder can give itself every right',
    form: /^iam:(CreatePolicyVersion|SetDefaultPolicyVersion|Attach\w+Policy|Put\w+Policy|UpdateAssumeRolePolicy|AddUserToGroup)$/i,
    examples: ESCALATES,
  },
  {
    effect: 'it hands out credentials of anybody',
    form: new RegExp(
      `^(${[
        'sts:(AssumeRole\\w*|AssumeRoot|GetSessionToken|GetFederationToken)',
        'iam:((Create|Update)(AccessKey|LoginProfile)|(Create|Reset)ServiceSpecificCredential)',
        'ec2:GetPasswordData',
        'rds-db:connect',
        'redshift:GetClusterCredentials\\w*',
        'redshift-serverless:GetCredentials',
        'codeartifact:GetAuthorizationToken',
        'cognito-identity:(GetCredentialsForIdentity|GetOpenIdToken\\w*)',
        'emr-containers:GetManagedEndpointSessionCredentials',
        'grafana:CreateWorkspaceApiKey',
      ].join('|')})$`,
      'i',
    ),
    examples: ['sts:AssumeRole', 'iam:CreateAccessKey', 'ec2:GetPasswordData', 'rds-db:connect', 'redshift:GetClusterCredentials'],
  },
  {
    effect: 'it changes who may do what',
    form: /^(iam:(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update|Upload)\w*|kms:(CreateGrant|RevokeGrant)|[a-z0-9-]+:(Put|Set|Delete)\w*Policy|lambda:(Add|Remove)Permission)$/i,
    examples: ['iam:DeleteRolePolicy', 'kms:PutKeyPolicy', 'kms:CreateGrant', 'secretsmanager:PutResourcePolicy', 'lambda:AddPermission'],
  },
  {
    effect: 'it reads what belongs to everybody',
    form: /^(ssm:GetParameter(s|sByPath)?|secretsmanager:(Batch)?GetSecretValue|dynamodb:(GetItem|BatchGetItem|Query|Scan)|kms:(Decrypt|ReEncryptFrom|DeriveSharedSecret))$/i,
    examples: ['ssm:GetParameter', 'ssm:GetParametersByPath', 'secretsmanager:GetSecretValue', 'dynamodb:Scan', 'kms:Decrypt'],
  },
  {
    effect: 'it changes what belongs to everybody',
    form: new RegExp(`^([a-z0-9-]+:(${WRITES})\\w*|kms:(GenerateDataKey\\w*|GenerateMac|ReEncryptTo|Sign)|elasticfilesystem:Client\\w+)$`, 'i'),
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
