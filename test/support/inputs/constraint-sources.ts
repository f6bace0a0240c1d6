/** Where AWS itself says what a property may hold: the request of its own API that creates the resource. */
export interface ConstraintSource {
  /** botocore's folder of the service. */
  readonly service: string;
  readonly operation: string;
  /** The member of the request that holds what the SDK has at the top. */
  readonly at?: readonly string[];
  /** SDK path to the request's member, where no rule of names finds it; null where the two mean different things. */
  readonly names?: Readonly<Record<string, string | null>>;
}

/** By type of resource. generate-constraints.ts reads it; what it found is constraints.json. */
export const CONSTRAINT_SOURCES: Readonly<Record<string, ConstraintSource>> = {
  'aws:appautoscaling/policy:Policy': {
    service: 'application-autoscaling',
    operation: 'PutScalingPolicy',
    names: { predictiveScalingPolicyConfiguration: null },
  },
  'aws:appautoscaling/target:Target': { service: 'application-autoscaling', operation: 'RegisterScalableTarget' },
  'aws:athena/workgroup:Workgroup': { service: 'athena', operation: 'CreateWorkGroup' },
  'aws:backup/plan:Plan': { service: 'backup', operation: 'CreateBackupPlan', at: ['BackupPlan'], names: { name: 'BackupPlanName' } },
  'aws:backup/restoreTestingPlan:RestoreTestingPlan': { service: 'backup', operation: 'CreateRestoreTestingPlan', at: ['RestoreTestingPlan'] },
  'aws:backup/restoreTestingSelection:RestoreTestingSelection': {
    service: 'backup',
    operation: 'CreateRestoreTestingSelection',
    at: ['RestoreTestingSelection'],
  },
  'aws:backup/selection:Selection': {
    service: 'backup',
    operation: 'CreateBackupSelection',
    at: ['BackupSelection'],
    names: { name: 'SelectionName' },
  },
  'aws:backup/vault:Vault': { service: 'backup', operation: 'CreateBackupVault' },
  'aws:backup/vaultLockConfiguration:VaultLockConfiguration': { service: 'backup', operation: 'PutBackupVaultLockConfiguration' },
  'aws:budgets/budget:Budget': { service: 'budgets', operation: 'CreateBudget', at: ['Budget'], names: { filterExpression: null } },
  'aws:budgets/budgetAction:BudgetAction': { service: 'budgets', operation: 'CreateBudgetAction' },
  'aws:cloudtrail/trail:Trail': { service: 'cloudtrail', operation: 'CreateTrail' },
  'aws:cloudwatch/eventRule:EventRule': { service: 'events', operation: 'PutRule' },
  'aws:cloudwatch/eventTarget:EventTarget': { service: 'events', operation: 'PutTargets' },
  'aws:cloudwatch/logGroup:LogGroup': {
    service: 'logs',
    operation: 'CreateLogGroup',
    names: { name: 'logGroupName', logGroupClass: 'logGroupClass' },
  },
  'aws:cloudwatch/metricAlarm:MetricAlarm': { service: 'cloudwatch', operation: 'PutMetricAlarm', names: { name: 'AlarmName' } },
  'aws:costexplorer/anomalyMonitor:AnomalyMonitor': { service: 'ce', operation: 'CreateAnomalyMonitor', at: ['AnomalyMonitor'] },
  'aws:costexplorer/anomalySubscription:AnomalySubscription': {
    service: 'ce',
    operation: 'CreateAnomalySubscription',
    at: ['AnomalySubscription'],
    names: { thresholdExpression: null },
  },
  'aws:dynamodb/table:Table': { service: 'dynamodb', operation: 'CreateTable' },
  'aws:ec2/eip:Eip': { service: 'ec2', operation: 'AllocateAddress' },
  'aws:ec2/flowLog:FlowLog': { service: 'ec2', operation: 'CreateFlowLogs' },
  'aws:ec2/launchTemplate:LaunchTemplate': { service: 'ec2', operation: 'CreateLaunchTemplate', at: ['LaunchTemplateData'], names: { name: null } },
  'aws:ec2/natGateway:NatGateway': { service: 'ec2', operation: 'CreateNatGateway' },
  'aws:ec2/vpc:Vpc': { service: 'ec2', operation: 'CreateVpc' },
  'aws:ec2/vpcEndpoint:VpcEndpoint': { service: 'ec2', operation: 'CreateVpcEndpoint' },
  'aws:ecr/pullThroughCacheRule:PullThroughCacheRule': { service: 'ecr', operation: 'CreatePullThroughCacheRule' },
  'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration': { service: 'ecr', operation: 'PutRegistryScanningConfiguration' },
  'aws:ecr/repository:Repository': { service: 'ecr', operation: 'CreateRepository', names: { name: 'repositoryName' } },
  'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': { service: 'ecr', operation: 'CreateRepositoryCreationTemplate' },
  'aws:efs/fileSystem:FileSystem': { service: 'efs', operation: 'CreateFileSystem' },
  'aws:eks/accessEntry:AccessEntry': { service: 'eks', operation: 'CreateAccessEntry' },
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': { service: 'eks', operation: 'AssociateAccessPolicy' },
  'aws:eks/addon:Addon': { service: 'eks', operation: 'CreateAddon' },
  'aws:eks/cluster:Cluster': { service: 'eks', operation: 'CreateCluster', names: { enabledClusterLogTypes: 'logging.clusterLogging.types' } },
  'aws:eks/nodeGroup:NodeGroup': { service: 'eks', operation: 'CreateNodegroup', names: { nodeGroupName: 'nodegroupName' } },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': { service: 'eks', operation: 'CreatePodIdentityAssociation' },
  'aws:elasticache/parameterGroup:ParameterGroup': { service: 'elasticache', operation: 'CreateCacheParameterGroup' },
  'aws:elasticache/replicationGroup:ReplicationGroup': { service: 'elasticache', operation: 'CreateReplicationGroup' },
  'aws:elasticache/user:User': { service: 'elasticache', operation: 'CreateUser' },
  'aws:elasticache/userGroup:UserGroup': { service: 'elasticache', operation: 'CreateUserGroup' },
  'aws:glue/catalogDatabase:CatalogDatabase': { service: 'glue', operation: 'CreateDatabase', at: ['DatabaseInput'] },
  'aws:glue/catalogTable:CatalogTable': { service: 'glue', operation: 'CreateTable', at: ['TableInput'] },
  'aws:iam/instanceProfile:InstanceProfile': { service: 'iam', operation: 'CreateInstanceProfile', names: { name: 'InstanceProfileName' } },
  'aws:iam/policy:Policy': { service: 'iam', operation: 'CreatePolicy', names: { name: 'PolicyName', policy: null } },
  'aws:iam/role:Role': { service: 'iam', operation: 'CreateRole', names: { name: 'RoleName', assumeRolePolicy: null } },
  'aws:iam/rolePolicy:RolePolicy': { service: 'iam', operation: 'PutRolePolicy', names: { name: 'PolicyName', role: null, policy: null } },
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': { service: 'iam', operation: 'AttachRolePolicy' },
  'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream': {
    service: 'firehose',
    operation: 'CreateDeliveryStream',
    names: { name: 'DeliveryStreamName', extendedS3Configuration: 'ExtendedS3DestinationConfiguration' },
  },
  'aws:kms/alias:Alias': { service: 'kms', operation: 'CreateAlias', names: { name: 'AliasName' } },
  'aws:kms/key:Key': { service: 'kms', operation: 'CreateKey', names: { deletionWindowInDays: null } },
  'aws:msk/cluster:Cluster': { service: 'kafka', operation: 'CreateCluster' },
  'aws:msk/clusterPolicy:ClusterPolicy': { service: 'kafka', operation: 'PutClusterPolicy' },
  'aws:msk/configuration:Configuration': { service: 'kafka', operation: 'CreateConfiguration' },
  'aws:msk/topic:Topic': { service: 'kafka', operation: 'CreateTopic' },
  'aws:rds/instance:Instance': { service: 'rds', operation: 'CreateDBInstance', names: { identifier: 'DBInstanceIdentifier' } },
  'aws:rds/parameterGroup:ParameterGroup': { service: 'rds', operation: 'CreateDBParameterGroup' },
  'aws:rds/subnetGroup:SubnetGroup': { service: 'rds', operation: 'CreateDBSubnetGroup' },
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': {
    service: 's3',
    operation: 'PutBucketLifecycleConfiguration',
    at: ['LifecycleConfiguration'],
  },
  'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration': {
    service: 's3',
    operation: 'PutObjectLockConfiguration',
    at: ['ObjectLockConfiguration'],
  },
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': { service: 's3', operation: 'PutBucketOwnershipControls', at: ['OwnershipControls'] },
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': {
    service: 's3',
    operation: 'PutBucketEncryption',
    at: ['ServerSideEncryptionConfiguration'],
  },
  'aws:s3/bucketVersioning:BucketVersioning': {
    service: 's3',
    operation: 'PutBucketVersioning',
    names: { 'versioningConfiguration.mfaDelete': null },
  },
  'aws:secretsmanager/secret:Secret': { service: 'secretsmanager', operation: 'CreateSecret' },
  'aws:sns/topic:Topic': { service: 'sns', operation: 'CreateTopic' },
};
