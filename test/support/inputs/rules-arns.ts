import { matches, type ValueRule } from './rule.ts';

const PARTITION = 'arn:aws[a-z-]*';
const KEY = matches(
  new RegExp(`^${PARTITION}:kms:[a-z0-9-]+:\\d{12}:(key|alias)/`),
  'the ARN of a KMS key: a bare id is read back as an ARN and shows a change for ever',
);
const ROLE = matches(new RegExp(`^${PARTITION}:iam::\\d{12}:role/`), 'the ARN of a role');
const BUCKET = matches(new RegExp(`^${PARTITION}:s3:::[a-z0-9.-]+`), 'the ARN of a bucket');
const ID = 'the provider reads the ARN back';

const keyAt = (type: string, path: string): ValueRule => ({
  id: 'kms-key-arn',
  types: [type],
  path,
  problem: KEY,
  refuses: 'prod-key-id',
  source: `${type}: ${ID}`,
});
const roleAt = (type: string, path: string): ValueRule => ({
  id: 'role-arn',
  types: [type],
  path,
  problem: ROLE,
  refuses: 'prod-role',
  source: `${type}: ${path}`,
});

/** Properties that take an ARN and nothing else: an id, a name or another service's ARN is what a program mixes up, and types call it a string. */
export const ARN_RULES: readonly ValueRule[] = [
  keyAt('aws:eks/cluster:Cluster', 'encryptionConfig.provider.keyArn'),
  keyAt('aws:cloudwatch/logGroup:LogGroup', 'kmsKeyId'),
  keyAt('aws:rds/instance:Instance', 'kmsKeyId'),
  keyAt('aws:rds/instance:Instance', 'performanceInsightsKmsKeyId'),
  keyAt('aws:msk/cluster:Cluster', 'encryptionInfo.encryptionAtRestKmsKeyArn'),
  keyAt('aws:elasticache/replicationGroup:ReplicationGroup', 'kmsKeyId'),
  keyAt('aws:backup/vault:Vault', 'kmsKeyArn'),
  keyAt('aws:cloudtrail/trail:Trail', 'kmsKeyId'),
  keyAt('aws:ecr/repository:Repository', 'encryptionConfigurations.kmsKey'),
  keyAt('aws:ec2/launchTemplate:LaunchTemplate', 'blockDeviceMappings.ebs.kmsKeyId'),
  keyAt(
    'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
    'rules.applyServerSideEncryptionByDefault.kmsMasterKeyId',
  ),
  roleAt('aws:eks/cluster:Cluster', 'roleArn'),
  roleAt('aws:eks/nodeGroup:NodeGroup', 'nodeRoleArn'),
  roleAt('aws:eks/podIdentityAssociation:PodIdentityAssociation', 'roleArn'),
  roleAt('aws:rds/instance:Instance', 'monitoringRoleArn'),
  roleAt('aws:backup/selection:Selection', 'iamRoleArn'),
  roleAt('aws:cloudtrail/trail:Trail', 'cloudWatchLogsRoleArn'),
  roleAt('aws:ec2/flowLog:FlowLog', 'iamRoleArn'),
  {
    id: 'access-entry-principal',
    types: ['aws:eks/accessEntry:AccessEntry', 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation'],
    path: 'principalArn',
    problem: matches(new RegExp(`^${PARTITION}:iam::\\d{12}:(role|user)/`), 'the ARN of an IAM role or user, never a session of STS'),
    refuses: 'arn:aws:sts::123456789012:assumed-role/deploy/me',
    source: 'AWS API reference, EKS CreateAccessEntry, principalArn',
  },
  {
    id: 'access-policy-arn',
    types: ['aws:eks/accessPolicyAssociation:AccessPolicyAssociation'],
    path: 'policyArn',
    problem: matches(new RegExp(`^${PARTITION}:eks::aws:cluster-access-policy/AmazonEKS[A-Za-z]+Policy$`), 'the ARN of an access policy of EKS'),
    refuses: 'arn:aws:iam::aws:policy/AmazonEKSClusterAdminPolicy',
    source: 'Amazon EKS User Guide, access policy permissions',
  },
  {
    id: 'managed-policy-arn',
    types: ['aws:iam/rolePolicyAttachment:RolePolicyAttachment'],
    path: 'policyArn',
    problem: matches(new RegExp(`^${PARTITION}:iam::(aws|\\d{12}):policy/`), 'the ARN of a managed policy'),
    refuses: 'AmazonEKSClusterPolicy',
    source: 'AWS API reference, IAM AttachRolePolicy, PolicyArn',
  },
  {
    id: 'flow-log-destination',
    types: ['aws:ec2/flowLog:FlowLog'],
    path: 'logDestination',
    problem: matches(new RegExp(`^${PARTITION}:(s3:::|logs:|firehose:)`), 'the ARN of a bucket, a log group or a stream'),
    refuses: 'weir-prod-logs',
    source: 'AWS API reference, CreateFlowLogs, LogDestination',
  },
  {
    id: 'trail-log-group',
    types: ['aws:cloudtrail/trail:Trail'],
    path: 'cloudWatchLogsGroupArn',
    problem: matches(new RegExp(`^${PARTITION}:logs:.*:log-group:.*:\\*$`), 'the ARN of a log group with :* behind it'),
    refuses: 'arn:aws:logs:eu-west-1:123456789012:log-group:trail',
    source: 'Terraform registry, aws_cloudtrail, cloud_watch_logs_group_arn',
  },
  {
    id: 'queue-target',
    types: ['aws:cloudwatch/eventTarget:EventTarget'],
    path: 'arn',
    problem: matches(new RegExp(`^${PARTITION}:[a-z-]+:[a-z0-9-]*:\\d{12}:`), 'an ARN: a queue’s id is its address, which EventBridge refuses'),
    refuses: 'https://sqs.eu-west-1.amazonaws.com/123456789012/karpenter',
    source: 'AWS API reference, EventBridge Target, Arn',
  },
  {
    id: 'bucket-arn',
    types: ['aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream'],
    path: 'extendedS3Configuration.bucketArn',
    problem: BUCKET,
    refuses: 'weir-prod-lake',
    source: 'AWS API reference, Firehose ExtendedS3DestinationConfiguration, BucketARN',
  },
];
