import type { Judged, ReplaceRule } from './replace-on.ts';

// Sources, read on 2026-11-21:
// - AWS's resource schemas (CloudFormation registry of 2026-10-20, `createOnlyProperties`), every type that is there: what AWS itself cannot change.
// - Terraform's AWS provider, which @pulumi/aws wraps: `ForceNew` in elasticache/replication_group.go (2026), backup/plan.go (2025), rds/instance.go (2023) and
//   kafka/cluster.go (2022), and "forces new resource" in the documentation comments of @pulumi/aws 7.48.0. What the provider replaces beyond the
//   schemas (rules of security groups, policies of lifecycles, locks of vaults) has no update in its code.
// - pulumi-kubernetes 4.34 and the validation of Kubernetes' API.
// Where these disagree, or a source is older than a change that is known, the property is `unsure`, and the plan says "may replace".

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));
const of = (replaces: string, updates: string, more: Omit<ReplaceRule, 'replaces' | 'updates'> = {}): ReplaceRule => ({
  replaces: words(replaces),
  updates: words(updates),
  ...more,
});

const refused = (why: string): Judged => ({ verdict: 'refused', why });
const replaced = (why: string): Judged => ({ verdict: 'replace', why });

/** A number that can only grow. */
const onlyGrows = (why: string) => (from: unknown, to: unknown) => (Number(to) < Number(from) ? refused(why) : null);

/** Versions compare by their numbers: 1.9 is below 1.10. */
function isLower(to: unknown, from: unknown): boolean {
  const [a = [], b = []] = [to, from].map((version) => String(version).match(/\d+/g)?.map(Number) ?? []);
  const at = b.findIndex((part, index) => part !== (a[index] ?? part));
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

const noLower = (judged: Judged) => (from: unknown, to: unknown) => (isLower(to, from) ? judged : null);

/** Such as a rule that named a range and names a group now: AWS modifies the value of a source, not its kind. */
const kindOfSource = (from: unknown, to: unknown): Judged | null =>
  from === undefined || to === undefined ? { verdict: 'unsure', why: 'another kind of source' } : null;

const isKraft = (version: unknown): boolean => String(version).endsWith('.kraft') || Number.parseFloat(String(version)) >= 4;

function kafkaVersion(from: unknown, to: unknown): Judged | null {
  if (isKraft(from) !== isKraft(to)) return replaced('KRaft can only be chosen at creation');
  return isLower(to, from) ? replaced('a lower version is another cluster') : null;
}

const EC2: Readonly<Record<string, ReplaceRule>> = {
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': of('vpcId', 'egress ingress revokeRulesOnDelete'),
  'aws:ec2/eip:Eip': of('domain publicIpv4Pool networkBorderGroup address ipamPoolId', 'instance networkInterface associateWithPrivateIp'),
  'aws:ec2/flowLog:FlowLog': of(
    'destinationOptions logDestination logDestinationType trafficType vpcId subnetId eniId iamRoleArn logFormat maxAggregationInterval logGroupName',
    '',
  ),
  'aws:ec2/internetGateway:InternetGateway': of('', 'vpcId'),
  'aws:ec2/launchTemplate:LaunchTemplate': of(
    'name namePrefix',
    'blockDeviceMappings metadataOptions tagSpecifications updateDefaultVersion userData vpcSecurityGroupIds imageId instanceType description monitoring networkInterfaces',
  ),
  'aws:ec2/natGateway:NatGateway': of('allocationId subnetId connectivityType privateIp', 'secondaryAllocationIds secondaryPrivateIpAddresses'),
  'aws:ec2/route:Route': of(
    'routeTableId destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId',
    'gatewayId natGatewayId networkInterfaceId transitGatewayId vpcEndpointId vpcPeeringConnectionId egressOnlyGatewayId',
  ),
  'aws:ec2/routeTable:RouteTable': of('vpcId', 'routes propagatingVgws'),
  'aws:ec2/routeTableAssociation:RouteTableAssociation': of('subnetId gatewayId', 'routeTableId'),
  'aws:ec2/securityGroup:SecurityGroup': of('name namePrefix description vpcId', 'ingress egress revokeRulesOnDelete'),
  'aws:ec2/securityGroupRule:SecurityGroupRule': of(
    'cidrBlocks ipv6CidrBlocks prefixListIds fromPort toPort protocol self sourceSecurityGroupId securityGroupId type',
    'description',
  ),
  'aws:ec2/subnet:Subnet': of(
    'availabilityZone availabilityZoneId cidrBlock vpcId ipv6Native outpostArn',
    'mapPublicIpOnLaunch assignIpv6AddressOnCreation enableDns64 privateDnsHostnameTypeOnLaunch',
    { unsure: ['ipv6CidrBlock'] },
  ),
  'aws:ec2/vpc:Vpc': of('cidrBlock ipv4IpamPoolId ipv4NetmaskLength', 'enableDnsHostnames enableDnsSupport enableNetworkAddressUsageMetrics', {
    unsure: ['instanceTenancy'],
  }),
  'aws:ec2/vpcEndpoint:VpcEndpoint': of(
    'serviceName vpcEndpointType vpcId serviceRegion resourceConfigurationArn serviceNetworkArn',
    'policy privateDnsEnabled routeTableIds securityGroupIds subnetIds dnsOptions ipAddressType autoAccept',
  ),
  'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation': of('cidrBlock vpcId ipv4IpamPoolId ipv4NetmaskLength', ''),
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': of(
    'securityGroupId',
    'cidrIpv4 cidrIpv6 description fromPort ipProtocol prefixListId referencedSecurityGroupId toPort',
    { when: { cidrIpv4: kindOfSource, cidrIpv6: kindOfSource, prefixListId: kindOfSource, referencedSecurityGroupId: kindOfSource } },
  ),
  'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule': of(
    'securityGroupId',
    'cidrIpv4 cidrIpv6 description fromPort ipProtocol prefixListId referencedSecurityGroupId toPort',
    { when: { cidrIpv4: kindOfSource, cidrIpv6: kindOfSource, prefixListId: kindOfSource, referencedSecurityGroupId: kindOfSource } },
  ),
};

const CLUSTER: Readonly<Record<string, ReplaceRule>> = {
  'aws:eks/accessEntry:AccessEntry': of('clusterName principalArn type', 'kubernetesGroups userName'),
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': of('accessScope clusterName policyArn principalArn', ''),
  'aws:eks/addon:Addon': of(
    'addonName clusterName',
    'addonVersion configurationValues podIdentityAssociations resolveConflictsOnCreate resolveConflictsOnUpdate serviceAccountRoleArn preserve',
    { unsure: ['namespaceConfig'] },
  ),
  'aws:eks/cluster:Cluster': of(
    'name roleArn bootstrapSelfManagedAddons encryptionConfig kubernetesNetworkConfig.ipFamily kubernetesNetworkConfig.serviceIpv4Cidr accessConfig.bootstrapClusterCreatorAdminPermissions outpostConfig',
    'accessConfig.authenticationMode deletionProtection enabledClusterLogTypes kubernetesNetworkConfig.elasticLoadBalancing upgradePolicy version vpcConfig zonalShiftConfig computeConfig storageConfig controlPlaneScalingConfig kubeSchedulerConfig forceUpdateVersion',
    { when: { version: noLower(refused('EKS takes no lower version')) } },
  ),
  'aws:eks/nodeGroup:NodeGroup': of(
    'amiType capacityType clusterName diskSize instanceTypes launchTemplate.id launchTemplate.name nodeGroupName nodeGroupNamePrefix nodeRoleArn remoteAccess subnetIds',
    'labels launchTemplate.version scalingConfig taints updateConfig version nodeRepairConfig releaseVersion forceUpdateVersion',
  ),
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': of(
    'clusterName namespace serviceAccount',
    'roleArn targetRoleArn disableSessionTags policy',
  ),
};

const DATA: Readonly<Record<string, ReplaceRule>> = {
  'aws:elasticache/parameterGroup:ParameterGroup': of('family name description', 'parameters'),
  'aws:elasticache/replicationGroup:ReplicationGroup': of(
    'atRestEncryptionEnabled dataTieringEnabled globalReplicationGroupId kmsKeyId networkType nodeGroupConfigurations port replicationGroupId securityGroupNames snapshotArns snapshotName subnetGroupName',
    'authToken autoMinorVersionUpgrade automaticFailoverEnabled clusterMode description engine engineVersion finalSnapshotIdentifier logDeliveryConfigurations maintenanceWindow multiAzEnabled nodeType notificationTopicArn numCacheClusters numNodeGroups parameterGroupName replicasPerNodeGroup securityGroupIds snapshotRetentionLimit snapshotWindow transitEncryptionEnabled transitEncryptionMode userGroupIds applyImmediately',
    {
      when: {
        engine: (from, to) => (from === 'valkey' && to === 'redis' ? replaced('Valkey does not turn into Redis') : null),
        engineVersion: noLower(replaced('a lower version is another group')),
      },
    },
  ),
  'aws:elasticache/subnetGroup:SubnetGroup': of('name', 'description subnetIds'),
  'aws:elasticache/user:User': of('userId userName', 'accessString authenticationMode noPasswordRequired passwords', { unsure: ['engine'] }),
  'aws:elasticache/userGroup:UserGroup': of('userGroupId', 'userIds', { unsure: ['engine'] }),
  'aws:msk/cluster:Cluster': of(
    'clusterName brokerNodeGroupInfo.azDistribution brokerNodeGroupInfo.clientSubnets brokerNodeGroupInfo.securityGroups encryptionInfo.encryptionAtRestKmsKeyArn encryptionInfo.encryptionInTransit.inCluster',
    'brokerNodeGroupInfo.instanceType brokerNodeGroupInfo.connectivityInfo brokerNodeGroupInfo.storageInfo clientAuthentication configurationInfo encryptionInfo.encryptionInTransit.clientBroker enhancedMonitoring kafkaVersion loggingInfo numberOfBrokerNodes openMonitoring storageMode rebalancing',
    {
      when: {
        kafkaVersion,
        'brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize': onlyGrows('volumes of brokers can only grow'),
        numberOfBrokerNodes: (from, to) => (Number(to) < Number(from) ? { verdict: 'unsure', why: 'brokers must be empty before they go' } : null),
      },
    },
  ),
  'aws:msk/clusterPolicy:ClusterPolicy': of('clusterArn', 'policy'),
  'aws:msk/configuration:Configuration': of('name kafkaVersions', 'description serverProperties'),
  'aws:msk/topic:Topic': of('clusterArn name replicationFactor', 'configs partitionCount', {
    when: { partitionCount: onlyGrows('partitions can only become more') },
  }),
  'aws:rds/instance:Instance': of(
    'availabilityZone backupTarget characterSetName customIamInstanceProfile dbName engine kmsKeyId ncharCharacterSetName replicateSourceDb restoreToPointInTime s3Import snapshotIdentifier storageEncrypted timezone username',
    'allocatedStorage allowMajorVersionUpgrade applyImmediately autoMinorVersionUpgrade backupRetentionPeriod backupWindow caCertIdentifier copyTagsToSnapshot databaseInsightsMode deleteAutomatedBackups deletionProtection enabledCloudwatchLogsExports engineVersion finalSnapshotIdentifier iamDatabaseAuthenticationEnabled instanceClass iops maintenanceWindow manageMasterUserPassword masterUserSecretKmsKeyId maxAllocatedStorage monitoringInterval monitoringRoleArn multiAz parameterGroupName performanceInsightsEnabled performanceInsightsRetentionPeriod port publiclyAccessible skipFinalSnapshot storageThroughput storageType vpcSecurityGroupIds',
    {
      unsure: ['identifier', 'dbSubnetGroupName', 'engineLifecycleSupport', 'performanceInsightsKmsKeyId'],
      when: {
        engineVersion: noLower(refused('RDS takes no lower version: restore a snapshot')),
        allocatedStorage: onlyGrows('storage can only grow; with autoscaling on, a lower number is ignored'),
      },
    },
  ),
  'aws:rds/parameterGroup:ParameterGroup': of('family name namePrefix description', 'parameters skipDestroy'),
  'aws:rds/subnetGroup:SubnetGroup': of('name namePrefix', 'description subnetIds'),
};

const STORAGE: Readonly<Record<string, ReplaceRule>> = {
  'aws:kms/alias:Alias': of('name namePrefix region', 'targetKeyId'),
  'aws:kms/key:Key': of(
    'customKeyStoreId customerMasterKeySpec keyUsage multiRegion region xksKeyId',
    'bypassPolicyLockoutSafetyCheck deletionWindowInDays description enableKeyRotation isEnabled policy rotationPeriodInDays',
  ),
  'aws:s3/bucket:Bucket': of('bucket bucketPrefix objectLockEnabled', 'forceDestroy'),
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': of('bucket expectedBucketOwner', 'rules transitionDefaultMinimumObjectSize'),
  'aws:s3/bucketLogging:BucketLogging': of('bucket expectedBucketOwner', 'targetBucket targetPrefix targetGrants targetObjectKeyFormat'),
  'aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration': of('bucket expectedBucketOwner objectLockEnabled', 'rule token'),
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': of('bucket', 'rule'),
  'aws:s3/bucketPolicy:BucketPolicy': of('bucket', 'policy'),
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': of(
    'bucket',
    'blockPublicAcls blockPublicPolicy ignorePublicAcls restrictPublicBuckets skipDestroy',
  ),
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': of('bucket expectedBucketOwner', 'rules'),
  'aws:s3/bucketVersioning:BucketVersioning': of('bucket expectedBucketOwner', 'versioningConfiguration mfa'),
  'aws:backup/plan:Plan': of('name', 'rules advancedBackupSettings'),
  'aws:backup/restoreTestingPlan:RestoreTestingPlan': of(
    'name',
    'recoveryPointSelection scheduleExpression scheduleExpressionTimezone startWindowHours',
  ),
  'aws:backup/restoreTestingSelection:RestoreTestingSelection': of(
    'name restoreTestingPlanName protectedResourceType',
    'iamRoleArn protectedResourceArns protectedResourceConditions restoreMetadataOverrides validationWindowHours',
  ),
  'aws:backup/selection:Selection': of('conditions iamRoleArn name notResources planId resources selectionTags', ''),
  'aws:backup/vault:Vault': of('kmsKeyArn name region', 'forceDestroy'),
  'aws:backup/vaultLockConfiguration:VaultLockConfiguration': of('backupVaultName changeableForDays maxRetentionDays minRetentionDays region', ''),
  'aws:ecr/lifecyclePolicy:LifecyclePolicy': of('policy repository', ''),
  'aws:ecr/pullThroughCacheRule:PullThroughCacheRule': of('ecrRepositoryPrefix upstreamRegistryUrl upstreamRepositoryPrefix', 'credentialArn', {
    unsure: ['customRoleArn'],
  }),
  'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration': of('', 'rules scanType'),
  'aws:ecr/repository:Repository': of('encryptionConfigurations name', 'forceDelete imageScanningConfiguration imageTagMutability'),
  'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': of(
    'prefix',
    'appliedFors customRoleArn description encryptionConfigurations imageTagMutability lifecyclePolicy repositoryPolicy resourceTags',
  ),
  'aws:secretsmanager/secret:Secret': of('name namePrefix', 'description forceOverwriteReplicaSecret kmsKeyId policy recoveryWindowInDays replicas'),
  'aws:secretsmanager/secretVersion:SecretVersion': of('secretId secretString secretBinary', 'secretStringWo secretStringWoVersion versionStages'),
};

const OTHERS: Readonly<Record<string, ReplaceRule>> = {
  'aws:appautoscaling/policy:Policy': of(
    'name resourceId scalableDimension serviceNamespace',
    'policyType targetTrackingScalingPolicyConfiguration stepScalingPolicyConfiguration',
  ),
  'aws:appautoscaling/target:Target': of('resourceId scalableDimension serviceNamespace', 'maxCapacity minCapacity suspendedState', {
    unsure: ['roleArn'],
  }),
  'aws:athena/workgroup:Workgroup': of('name', 'configuration description forceDestroy state'),
  'aws:budgets/budget:Budget': of(
    'name namePrefix accountId',
    'costFilters costTypes limitAmount limitUnit notifications timePeriodEnd timePeriodStart timeUnit',
    { unsure: ['budgetType'] },
  ),
  'aws:budgets/budgetAction:BudgetAction': of(
    'accountId actionType budgetName',
    'actionThreshold approvalModel definition executionRoleArn notificationType subscribers',
  ),
  'aws:cloudtrail/trail:Trail': of(
    'name',
    'advancedEventSelectors cloudWatchLogsGroupArn cloudWatchLogsRoleArn enableLogFileValidation enableLogging eventSelectors includeGlobalServiceEvents insightSelectors isMultiRegionTrail isOrganizationTrail kmsKeyId s3BucketName s3KeyPrefix snsTopicName',
  ),
  'aws:cloudwatch/eventRule:EventRule': of('name namePrefix eventBusName', 'description eventPattern roleArn scheduleExpression state forceDestroy'),
  'aws:cloudwatch/eventTarget:EventTarget': of(
    'eventBusName rule targetId',
    'arn deadLetterConfig input inputPath inputTransformer retryPolicy roleArn',
  ),
  'aws:cloudwatch/logGroup:LogGroup': of('name namePrefix logGroupClass', 'kmsKeyId retentionInDays skipDestroy'),
  'aws:cloudwatch/logStream:LogStream': of('logGroupName name', ''),
  'aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter': of('logGroup name', 'distribution filterPattern roleArn', {
    unsure: ['destinationArn'],
  }),
  'aws:cloudwatch/metricAlarm:MetricAlarm': of(
    'name',
    'actionsEnabled alarmActions alarmDescription comparisonOperator dimensions evaluationPeriods metricName namespace okActions period statistic threshold treatMissingData',
  ),
  'aws:costexplorer/anomalyMonitor:AnomalyMonitor': of('monitorDimension monitorSpecification monitorType', 'name'),
  'aws:costexplorer/anomalySubscription:AnomalySubscription': of('accountId name', 'frequency monitorArnLists subscribers thresholdExpression'),
  'aws:glue/catalogDatabase:CatalogDatabase': of('name catalogId targetDatabase', 'description locationUri parameters createTableDefaultPermissions'),
  'aws:glue/catalogTable:CatalogTable': of(
    'name databaseName catalogId partitionIndices',
    'description owner parameters partitionKeys retention storageDescriptor tableType',
  ),
  'aws:iam/instanceProfile:InstanceProfile': of('name namePrefix path', 'role'),
  'aws:iam/policy:Policy': of('name namePrefix path description', 'policy'),
  'aws:iam/role:Role': of(
    'name namePrefix path',
    'assumeRolePolicy description forceDetachPolicies inlinePolicies managedPolicyArns maxSessionDuration permissionsBoundary',
  ),
  'aws:iam/rolePolicy:RolePolicy': of('name namePrefix role', 'policy'),
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': of('policyArn role', ''),
  'aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream': of(
    'name destination kinesisSourceConfiguration mskSourceConfiguration',
    'extendedS3Configuration serverSideEncryption',
  ),
  'aws:sns/topic:Topic': of('name namePrefix fifoTopic', 'policy kmsMasterKeyId displayName deliveryPolicy'),
  'aws:sns/topicSubscription:TopicSubscription': of('endpoint protocol topic', 'filterPolicy filterPolicyScope rawMessageDelivery'),
  'aws:sqs/queue:Queue': of(
    'name namePrefix fifoQueue',
    'delaySeconds kmsMasterKeyId maxMessageSize messageRetentionSeconds policy receiveWaitTimeSeconds redrivePolicy sqsManagedSseEnabled visibilityTimeoutSeconds',
  ),
  'aws:sqs/queuePolicy:QueuePolicy': of('queueUrl', 'policy'),
  'random:index/randomId:RandomId': of('byteLength keepers prefix', ''),
  'random:index/randomString:RandomString': of(
    'keepers length lower minLower minNumeric minSpecial minUpper number numeric overrideSpecial special upper',
    '',
  ),
};

const immutable = (): Judged => refused('the API server takes no other value');

const KUBERNETES: Readonly<Record<string, ReplaceRule>> = {
  'kubernetes:*': of('kind metadata.name metadata.namespace roleRef', 'metadata spec data rules subjects automountServiceAccountToken', {
    unsure: ['apiVersion'],
  }),
  'kubernetes:batch/v1:Job': of('kind metadata.name metadata.namespace spec.completions spec.selector spec.template', 'metadata spec', {
    unsure: ['apiVersion'],
  }),
  'kubernetes:core/v1:ConfigMap': of('kind metadata.name metadata.namespace data binaryData', 'metadata', { unsure: ['apiVersion'] }),
  'kubernetes:storage.k8s.io/v1:StorageClass': of('kind metadata.name parameters provisioner', 'metadata allowVolumeExpansion mountOptions', {
    unsure: ['apiVersion'],
    when: { reclaimPolicy: immutable, volumeBindingMode: immutable },
  }),
  'kubernetes:scheduling.k8s.io/v1:PriorityClass': of('kind metadata.name', 'metadata description globalDefault', {
    unsure: ['apiVersion'],
    when: { value: immutable, preemptionPolicy: immutable },
  }),
  'kubernetes:helm.sh/v3:Release': of(
    'name namespace',
    'atomic chart cleanupOnFail compat createNamespace dependencyUpdate description disableCRDHooks maxHistory repositoryOpts resetValues skipAwait skipCrds timeout valueYamlFiles values version waitForJobs',
  ),
};

/** By type: what the plan says of a changed property. */
export const REPLACE_RULES: Readonly<Record<string, ReplaceRule>> = { ...EC2, ...CLUSTER, ...DATA, ...STORAGE, ...OTHERS, ...KUBERNETES };
