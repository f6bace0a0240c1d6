/** Types of resources that cost nothing by themselves, each with the reason. A type that stands neither here nor with a pricer is listed as unpriced. */
const FREE: Readonly<Record<string, readonly string[]>> = {
  'parts of a VPC are not charged': [
    'aws:ec2/subnet:Subnet',
    'aws:ec2/routeTable:RouteTable',
    'aws:ec2/route:Route',
    'aws:ec2/routeTableAssociation:RouteTableAssociation',
    'aws:ec2/internetGateway:InternetGateway',
    'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation',
    'aws:ec2/vpcDhcpOptions:VpcDhcpOptions',
    'aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation',
    'aws:ec2/networkAcl:NetworkAcl',
    'aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy',
    'aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation',
    'aws:ec2/tag:Tag',
  ],
  'rules of traffic are not charged': [
    'aws:ec2/securityGroup:SecurityGroup',
    'aws:ec2/securityGroupRule:SecurityGroupRule',
    'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup',
    'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
    'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
  ],
  'a template is charged as the nodes that are made from it': ['aws:ec2/launchTemplate:LaunchTemplate', 'aws:ec2/placementGroup:PlacementGroup'],
  'identities and permissions are not charged': [
    'aws:iam/role:Role',
    'aws:iam/rolePolicy:RolePolicy',
    'aws:iam/rolePoliciesExclusive:RolePoliciesExclusive',
    'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
    'aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive',
    'aws:iam/policy:Policy',
    'aws:iam/instanceProfile:InstanceProfile',
    'aws:iam/openIdConnectProvider:OpenIdConnectProvider',
    'aws:iam/serviceLinkedRole:ServiceLinkedRole',
    'aws:eks/accessEntry:AccessEntry',
    'aws:eks/accessPolicyAssociation:AccessPolicyAssociation',
    'aws:eks/podIdentityAssociation:PodIdentityAssociation',
    'aws:eks/identityProviderConfig:IdentityProviderConfig',
  ],
  'the add-on itself is not charged: its pods run on nodes that are': ['aws:eks/addon:Addon'],
  'a name or a policy of a key is not charged': ['aws:kms/alias:Alias', 'aws:kms/keyPolicy:KeyPolicy', 'aws:kms/grant:Grant'],
  'a setting of a bucket is not charged': [
    'aws:s3/bucketAcl:BucketAcl',
    'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration',
    'aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2',
    'aws:s3/bucketLogging:BucketLogging',
    'aws:s3/bucketLoggingV2:BucketLoggingV2',
    'aws:s3/bucketNotification:BucketNotification',
    'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration',
    'aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2',
    'aws:s3/bucketOwnershipControls:BucketOwnershipControls',
    'aws:s3/bucketPolicy:BucketPolicy',
    'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock',
    'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
    'aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2',
    'aws:s3/bucketVersioning:BucketVersioning',
    'aws:s3/bucketVersioningV2:BucketVersioningV2',
  ],
  'a setting of a data store is not charged': [
    'aws:rds/subnetGroup:SubnetGroup',
    'aws:rds/parameterGroup:ParameterGroup',
    'aws:msk/configuration:Configuration',
    'aws:msk/clusterPolicy:ClusterPolicy',
    'aws:msk/topic:Topic',
    'aws:elasticache/subnetGroup:SubnetGroup',
    'aws:elasticache/parameterGroup:ParameterGroup',
    'aws:elasticache/user:User',
    'aws:elasticache/userGroup:UserGroup',
    'aws:elasticache/userGroupAssociation:UserGroupAssociation',
    'aws:appautoscaling/target:Target',
    'aws:appautoscaling/policy:Policy',
  ],
  'plans and locks are not charged: what they keep is': [
    'aws:backup/plan:Plan',
    'aws:backup/selection:Selection',
    'aws:backup/vaultLockConfiguration:VaultLockConfiguration',
    'aws:backup/vaultPolicy:VaultPolicy',
    'aws:backup/vaultNotifications:VaultNotifications',
    'aws:backup/restoreTestingPlan:RestoreTestingPlan',
    'aws:backup/regionSettings:RegionSettings',
  ],
  'the catalogue is free up to a million tables, and queries are charged by what they read': [
    'aws:glue/catalogDatabase:CatalogDatabase',
    'aws:glue/catalogTable:CatalogTable',
    'aws:athena/workgroup:Workgroup',
  ],
  'budgets that only tell are free': ['aws:budgets/budget:Budget'],
  'detection of anomalies is free': [
    'aws:costexplorer/anomalyMonitor:AnomalyMonitor',
    'aws:costexplorer/anomalySubscription:AnomalySubscription',
    'aws:costexplorer/costAllocationTag:CostAllocationTag',
  ],
  'a setting of a repository is not charged: its images are': [
    'aws:ecr/lifecyclePolicy:LifecyclePolicy',
    'aws:ecr/repositoryPolicy:RepositoryPolicy',
    'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate',
    'aws:ecr/registryPolicy:RegistryPolicy',
    'aws:ecr/accountSetting:AccountSetting',
  ],
  'versions and policies go with their secret': ['aws:secretsmanager/secretVersion:SecretVersion', 'aws:secretsmanager/secretPolicy:SecretPolicy'],
  'events of AWS services are not charged': ['aws:cloudwatch/eventRule:EventRule', 'aws:cloudwatch/eventTarget:EventTarget'],
  'a policy goes with its queue or topic': ['aws:sqs/queuePolicy:QueuePolicy', 'aws:sns/topicPolicy:TopicPolicy'],
  'the first million messages and the first thousand e-mails of a month are free': [
    'aws:sns/topic:Topic',
    'aws:sns/topicSubscription:TopicSubscription',
  ],
  'parts and policies of a log group are not charged: what is written and delivered is': [
    'aws:cloudwatch/logResourcePolicy:LogResourcePolicy',
    'aws:cloudwatch/logStream:LogStream',
    'aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter',
  ],
  'exists in the state of the stack alone': [
    'pulumi:pulumi:StackReference',
    'random:index/randomId:RandomId',
    'random:index/randomString:RandomString',
    'random:index/randomPassword:RandomPassword',
  ],
};

const REASONS: ReadonlyMap<string, string> = new Map(Object.entries(FREE).flatMap(([reason, types]) => types.map((type) => [type, reason])));

/** Objects in the cluster that AWS makes something for, which no resource of the stack shows. */
const MAKES_SOMETHING =
  /^kubernetes:(helm\.sh\/v3:Release|gateway\.networking\.k8s\.io\/v1:Gateway|core\/v1:(Service|PersistentVolumeClaim)|apps\/v1:StatefulSet)$/;

/** Why a type costs nothing; null for one that may cost something. */
export function freeReason(type: string): string | null {
  if (type.startsWith('pulumi:providers:')) return 'exists in the state of the stack alone';
  if (type.startsWith('kubernetes:') && !MAKES_SOMETHING.test(type)) return 'an object in the cluster is charged as the nodes it runs on';
  return REASONS.get(type) ?? null;
}
