import type { NodeRule } from './rule.ts';
import { namedNode, numberAt, textAt, textsAt, valuesAt } from './values.ts';

const api = (operation: string) => `AWS API reference, ${operation}`;

/** What several properties of Postgres, Valkey or Kafka say to each other. */
export const STORE_NODE_RULES: readonly NodeRule[] = [
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
    id: 'kafka-kraft-brokers',
    types: ['aws:msk/cluster:Cluster'],
    problem: ({ inputs }) => {
      const version = textAt(inputs, 'kafkaVersion') ?? '';
      const type = textAt(inputs, 'brokerNodeGroupInfo.instanceType');
      return /^4\.|\.kraft$/.test(version) && type === 'kafka.t3.small' ? `${type} cannot run ${version}: Unsupported InstanceType` : null;
    },
    refuses: { kafkaVersion: '3.9.x.kraft', 'brokerNodeGroupInfo.instanceType': 'kafka.t3.small' },
    source: 'public reports of CreateCluster with kafka.t3.small and 3.8.x.kraft, 3.9.x.kraft, 4.1.x.kraft, 2026-07 to 2026-09',
  },
];

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
