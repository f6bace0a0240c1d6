import type { Node } from '../../../cli/graph/node.ts';
import type { NodeRule } from './rule.ts';
import { isObject, namedNode, numberAt, textAt, textsAt, valuesAt } from './values.ts';

const api = (operation: string) => `AWS API reference, ${operation}`;

/** What several properties of one resource, or of two that belong together, say to each other. */
export const NODE_RULES: readonly NodeRule[] = [
  {
    id: 'postgres-family',
    types: ['aws:rds/instance:Instance'],
    problem: (node, graph) => {
      const family = namedNode(graph, 'aws:rds/parameterGroup:ParameterGroup', textAt(node.inputs, 'parameterGroupName'));
      const expected = `postgres${textAt(node.inputs, 'engineVersion')?.split('.')[0]}`;
      const actual = family === null ? null : textAt(family.inputs, 'family');
      return actual === null || actual === expected ? null : `engine ${expected} with a parameter group of family ${actual}`;
    },
    refuses: { engineVersion: '15' },
    source: api('CreateDBParameterGroup, DBParameterGroupFamily'),
  },
  {
    id: 'postgres-engine',
    types: ['aws:rds/instance:Instance'],
    problem: ({ inputs }) => (textAt(inputs, 'engine') === 'postgres' ? null : 'engine must be postgres'),
    refuses: { engine: 'postgresql' },
    source: api('CreateDBInstance, Engine'),
  },
  {
    id: 'rds-storage-grows',
    types: ['aws:rds/instance:Instance'],
    problem: ({ inputs }) => {
      const [most, now] = [numberAt(inputs, 'maxAllocatedStorage'), numberAt(inputs, 'allocatedStorage')];
      return most === null || now === null || most >= now * 1.1 ? null : `may grow to ${most} GiB, which is not a tenth above ${now}`;
    },
    refuses: { maxAllocatedStorage: 21 },
    source: 'Amazon RDS User Guide, storage autoscaling: the maximum is at least 10 % above',
  },
  {
    id: 'rds-gp3-throughput',
    types: ['aws:rds/instance:Instance'],
    problem: ({ inputs }) => {
      const set = numberAt(inputs, 'iops') ?? numberAt(inputs, 'storageThroughput');
      const small = (numberAt(inputs, 'allocatedStorage') ?? 0) < 400;
      return textAt(inputs, 'storageType') === 'gp3' && set !== null && small ? 'iops and storageThroughput of gp3 can be set from 400 GiB on' : null;
    },
    refuses: { storageThroughput: 250 },
    source: 'Amazon RDS User Guide, gp3 storage of PostgreSQL',
  },
  {
    id: 'rds-monitoring-role',
    types: ['aws:rds/instance:Instance'],
    problem: ({ inputs }) => {
      const watched = (numberAt(inputs, 'monitoringInterval') ?? 0) > 0;
      return watched === 'monitoringRoleArn' in inputs ? null : 'monitoringInterval above 0 and monitoringRoleArn need each other';
    },
    refuses: { monitoringInterval: 60, monitoringRoleArn: null },
    source: api('CreateDBInstance, MonitoringInterval'),
  },
  {
    id: 'rds-password',
    types: ['aws:rds/instance:Instance'],
    problem: ({ inputs }) =>
      inputs.manageMasterUserPassword === true && inputs.password !== undefined ? 'password and manageMasterUserPassword exclude each other' : null,
    refuses: { password: 'a' },
    source: api('CreateDBInstance, ManageMasterUserPassword'),
  },
  {
    id: 'rds-windows-apart',
    types: ['aws:rds/instance:Instance'],
    problem: ({ inputs }) => windowsProblem(textAt(inputs, 'backupWindow'), textAt(inputs, 'maintenanceWindow')),
    refuses: { backupWindow: '03:00-05:00', maintenanceWindow: 'sun:04:00-sun:05:00' },
    source: api('CreateDBInstance, PreferredBackupWindow must not conflict with the maintenance window'),
  },
  {
    id: 'valkey-family',
    types: ['aws:elasticache/replicationGroup:ReplicationGroup'],
    problem: (node, graph) => {
      const family = namedNode(graph, 'aws:elasticache/parameterGroup:ParameterGroup', textAt(node.inputs, 'parameterGroupName'));
      const actual = family === null ? null : textAt(family.inputs, 'family');
      const expected = `${textAt(node.inputs, 'engine')}${textAt(node.inputs, 'engineVersion')?.split('.')[0]}`;
      return actual === null || actual === expected ? null : `engine ${expected} with a parameter group of family ${actual}`;
    },
    refuses: { engineVersion: '7.2' },
    source: api('CreateCacheParameterGroup, CacheParameterGroupFamily'),
  },
  {
    id: 'valkey-failover-needs-replica',
    types: ['aws:elasticache/replicationGroup:ReplicationGroup'],
    problem: ({ inputs }) => {
      const replicas = numberAt(inputs, 'replicasPerNodeGroup') ?? (numberAt(inputs, 'numCacheClusters') ?? 1) - 1;
      if (inputs.multiAzEnabled === true && inputs.automaticFailoverEnabled !== true) return 'multiAzEnabled needs automaticFailoverEnabled';
      return inputs.multiAzEnabled === true && replicas < 1 ? 'multiAzEnabled needs a replica' : null;
    },
    refuses: { automaticFailoverEnabled: false },
    source: api('CreateReplicationGroup, MultiAZEnabled and AutomaticFailoverEnabled'),
  },
  {
    id: 'valkey-rbac-needs-tls',
    types: ['aws:elasticache/replicationGroup:ReplicationGroup'],
    problem: ({ inputs }) =>
      textsAt(inputs, 'userGroupIds').length > 0 && inputs.transitEncryptionEnabled !== true ? 'userGroupIds needs transitEncryptionEnabled' : null,
    refuses: { transitEncryptionEnabled: false, userGroupIds: ['weir-features'] },
    source: 'Amazon ElastiCache User Guide, role-based access control needs encryption in transit',
  },
  {
    id: 'kafka-brokers-by-zone',
    types: ['aws:msk/cluster:Cluster'],
    problem: ({ inputs }) => {
      const [brokers, zones] = [numberAt(inputs, 'numberOfBrokerNodes') ?? 0, valuesAt(inputs, 'brokerNodeGroupInfo.clientSubnets').length];
      return zones > 0 && brokers % zones === 0 ? null : `${brokers} brokers are no multiple of ${zones} subnets`;
    },
    refuses: { numberOfBrokerNodes: 7 },
    source: 'Amazon MSK Developer Guide, CreateCluster: a multiple of the number of subnets',
  },
  {
    id: 'kafka-private-connectivity',
    types: ['aws:msk/cluster:Cluster'],
    problem: ({ inputs }) =>
      textAt(inputs, 'brokerNodeGroupInfo.instanceType') === 'kafka.t3.small' &&
      valuesAt(inputs, 'brokerNodeGroupInfo.connectivityInfo.vpcConnectivity').length > 0
        ? 'kafka.t3.small has no multi-VPC private connectivity'
        : null,
    refuses: {
      'brokerNodeGroupInfo.instanceType': 'kafka.t3.small',
      'brokerNodeGroupInfo.connectivityInfo.vpcConnectivity': { clientAuthentication: { sasl: { iam: true } } },
    },
    source: 'Amazon MSK Developer Guide, multi-VPC private connectivity in a single region',
  },
  {
    id: 'node-group-sizes',
    types: ['aws:eks/nodeGroup:NodeGroup'],
    problem: ({ inputs }) => {
      const [least, now, most] = ['minSize', 'desiredSize', 'maxSize'].map((key) => numberAt(inputs, `scalingConfig.${key}`) ?? 0);
      return (least ?? 0) <= (now ?? 0) && (now ?? 0) <= (most ?? 0) ? null : `sizes ${least}, ${now}, ${most} are not in order`;
    },
    refuses: { 'scalingConfig.minSize': 50 },
    source: api('EKS NodegroupScalingConfig'),
  },
  {
    id: 'node-group-with-template',
    types: ['aws:eks/nodeGroup:NodeGroup'],
    problem: ({ inputs }) => {
      const also = ['diskSize', 'remoteAccess'].find((key) => inputs.launchTemplate !== undefined && inputs[key] !== undefined);
      return also === undefined ? null : `${also} belongs into the launch template where there is one`;
    },
    refuses: { diskSize: 50, 'launchTemplate.version': '1' },
    source: api('EKS CreateNodegroup, launchTemplate'),
  },
  {
    id: 'node-group-update-one-limit',
    types: ['aws:eks/nodeGroup:NodeGroup'],
    problem: ({ inputs }) =>
      numberAt(inputs, 'updateConfig.maxUnavailable') !== null && numberAt(inputs, 'updateConfig.maxUnavailablePercentage') !== null
        ? 'updateConfig takes a number or a percentage'
        : null,
    refuses: { 'updateConfig.maxUnavailable': 1, 'updateConfig.maxUnavailablePercentage': 33 },
    source: api('EKS NodegroupUpdateConfig'),
  },
  {
    id: 'gp3-iops-and-throughput',
    types: ['aws:ec2/launchTemplate:LaunchTemplate'],
    problem: ({ inputs }) => {
      const iops = numberAt(inputs, 'blockDeviceMappings.ebs.iops') ?? 3000;
      const throughput = numberAt(inputs, 'blockDeviceMappings.ebs.throughput') ?? 125;
      if (iops < 3000 || iops > 80_000) return `gp3 has 3,000 to 80,000 IOPS, not ${iops}`;
      return throughput > iops / 4 || throughput < 125 ? `${throughput} MiB/s is more than a quarter of ${iops} IOPS, or less than 125` : null;
    },
    refuses: { 'blockDeviceMappings.ebs.throughput': 1000, 'blockDeviceMappings.ebs.iops': 3000 },
    source: api('CreateVolume, Throughput and Iops of gp3'),
  },
  {
    id: 'pod-identity-policy',
    types: ['aws:eks/podIdentityAssociation:PodIdentityAssociation'],
    problem: ({ inputs }) => (inputs.policy !== undefined && inputs.disableSessionTags !== true ? 'policy needs disableSessionTags' : null),
    refuses: { policy: '{"Version":"2012-10-17","Statement":[]}', disableSessionTags: null },
    source: api('EKS CreatePodIdentityAssociation, policy'),
  },
  {
    id: 'access-entry-of-nodes',
    types: ['aws:eks/accessEntry:AccessEntry'],
    problem: ({ inputs }) =>
      (textAt(inputs, 'type') ?? 'STANDARD') !== 'STANDARD' && (inputs.kubernetesGroups !== undefined || inputs.userName !== undefined)
        ? 'an entry of nodes has no groups and no user name'
        : null,
    refuses: { type: 'EC2_LINUX', kubernetesGroups: ['readers'] },
    source: api('EKS CreateAccessEntry, type'),
  },
  {
    id: 'controller-manager-needs-tier',
    types: ['aws:eks/cluster:Cluster'],
    problem: ({ inputs }) => {
      const tier = textAt(inputs, 'controlPlaneScalingConfig.tier') ?? 'standard';
      return inputs.kubeControllerManagerConfig !== undefined && tier === 'standard'
        ? 'kubeControllerManagerConfig needs a provisioned control plane'
        : null;
    },
    refuses: { kubeControllerManagerConfig: { horizontalPodAutoscalerSyncPeriod: '10s' }, controlPlaneScalingConfig: null },
    source: 'Amazon EKS User Guide, provisioned control plane',
  },
  {
    id: 'endpoint-kind',
    types: ['aws:ec2/vpcEndpoint:VpcEndpoint'],
    problem: ({ inputs }) => endpointProblem(inputs),
    refuses: { vpcEndpointType: 'Gateway', routeTableIds: null, subnetIds: ['a'] },
    source: api('CreateVpcEndpoint, VpcEndpointType'),
  },
  {
    id: 'backup-cold-storage',
    types: ['aws:backup/plan:Plan'],
    problem: ({ inputs }) => {
      const broken = valuesAt(inputs, 'rules.lifecycle').find(({ value }) => {
        const [cold, gone] = [numberAt(value, 'coldStorageAfter'), numberAt(value, 'deleteAfter')];
        return cold !== null && gone !== null && gone < cold + 90;
      });
      return broken === undefined ? null : `${broken.path}: deleteAfter must be 90 days after coldStorageAfter`;
    },
    refuses: { 'rules.lifecycle': { coldStorageAfter: 30, deleteAfter: 60 } },
    source: api('Backup Lifecycle'),
  },
  {
    id: 'object-lock-one-period',
    types: ['aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration'],
    problem: ({ inputs }) => {
      const [days, years] = [numberAt(inputs, 'rule.defaultRetention.days'), numberAt(inputs, 'rule.defaultRetention.years')];
      return (days === null) === (years === null) ? 'defaultRetention takes days or years, one of them' : null;
    },
    refuses: { 'rule.defaultRetention.days': 30, 'rule.defaultRetention.years': 1 },
    source: api('S3 DefaultRetention'),
  },
  {
    id: 'budget-notification',
    types: ['aws:budgets/budget:Budget'],
    problem: ({ inputs }) => {
      const silent = valuesAt(inputs, 'notifications').find(
        ({ value }) => textsAt(value, 'subscriberEmailAddresses').length + textsAt(value, 'subscriberSnsTopicArns').length === 0,
      );
      return silent === undefined ? null : `${silent.path} reaches nobody`;
    },
    refuses: { notifications: [{ comparisonOperator: 'GREATER_THAN', threshold: 80, thresholdType: 'PERCENTAGE', notificationType: 'ACTUAL' }] },
    source: api('Budgets CreateNotification, Subscribers: 1 to 11'),
  },
  {
    id: 'event-target-rule',
    types: ['aws:cloudwatch/eventTarget:EventTarget'],
    problem: (node, graph) => {
      const rule = textAt(node.inputs, 'rule');
      return namedNode(graph, 'aws:cloudwatch/eventRule:EventRule', rule) === null ? `no rule is named ${rule}` : null;
    },
    refuses: { rule: 'somebody-elses' },
    source: api('EventBridge PutTargets, Rule'),
  },
];

function endpointProblem(inputs: Node['inputs']): string | null {
  const gateway = (textAt(inputs, 'vpcEndpointType') ?? 'Gateway') === 'Gateway';
  const [routes, subnets] = [valuesAt(inputs, 'routeTableIds').length > 0, 'subnetIds' in inputs || 'securityGroupIds' in inputs];
  if (gateway) return subnets ? 'a gateway endpoint has route tables, no subnets and no groups' : null;
  return routes ? 'an interface endpoint has subnets and groups, no route tables' : null;
}

function windowsProblem(backup: string | null, maintenance: string | null): string | null {
  const daily = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/
    .exec(backup ?? '')
    ?.slice(1)
    .map(Number);
  const weekly = /^\w{3}:(\d\d):(\d\d)-\w{3}:(\d\d):(\d\d)$/
    .exec(maintenance ?? '')
    ?.slice(1)
    .map(Number);
  if (daily === undefined || weekly === undefined) return null;
  const minutes = ([h1 = 0, m1 = 0, h2 = 0, m2 = 0]: readonly number[]) => [h1 * 60 + m1, h2 * 60 + m2 + (h2 < h1 ? 1440 : 0)] as const;
  const [a, b] = [minutes(daily), minutes(weekly)];
  if (a[1] - a[0] < 30 || b[1] - b[0] < 30) return 'a window has at least 30 minutes';
  const apart = [-1440, 0, 1440].every((day) => a[1] <= b[0] + day || b[1] + day <= a[0]);
  return apart ? null : 'backupWindow and maintenanceWindow overlap';
}

/** Keys and values of every tagged resource. */
export function tagProblem(node: Node): string | null {
  const { tags } = node.inputs;
  if (!isObject(tags)) return null;
  const entries = Object.entries(tags);
  if (entries.length > 50) return `has ${entries.length} tags, and 50 are allowed`;
  const text = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  for (const [key, value] of entries) {
    if (key.length === 0 || key.length > 128 || !text.test(key) || /^aws:/i.test(key)) return `tags: "${key}" is no key`;
    if (typeof value === 'string' && (value.length > 256 || !text.test(value))) return `tags.${key}: "${value.slice(0, 40)}" is no value`;
  }
  return null;
}
