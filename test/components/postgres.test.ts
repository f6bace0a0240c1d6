import { expect, test } from 'vitest';
import { planPostgres } from '../../components/postgres/plan.ts';
import { Postgres } from '../../components/postgres/postgres.ts';
import { windowsProblem } from '../../components/postgres/windows.ts';
import { makeHooks } from '../../stacks/hooks.ts';
import { postgresArgs } from './postgres-args.ts';
import { graphOf, needsOf, nodeOf } from './stores.ts';

type Change = Partial<Omit<Parameters<typeof planPostgres>[0], 'hooks'>>;

const INSTANCE = 'aws:rds/instance:Instance';
const build = (change: Change = {}) => graphOf((hooks) => new Postgres('test-postgres', { ...postgresArgs, ...change, hooks }));
const planOf = (change: Change = {}) =>
  planPostgres({ ...postgresArgs, ...change, hooks: makeHooks({ region: 'eu-west-1', clusterName: 'weir-test' }) });

test('the instance is what 30-platform 2.6 says', async () => {
  const { inputs } = nodeOf(await build(), INSTANCE);
  expect(inputs).toMatchObject({
    identifier: 'weir-test-postgres',
    engine: 'postgres',
    engineVersion: '17',
    engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    storageType: 'gp3',
    allocatedStorage: 50,
    maxAllocatedStorage: 200,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: 35,
    deleteAutomatedBackups: false,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    monitoringInterval: 60,
    databaseInsightsMode: 'standard',
    performanceInsightsEnabled: true,
    caCertIdentifier: 'rds-ca-rsa2048-g1',
    publiclyAccessible: false,
    autoMinorVersionUpgrade: true,
    maintenanceWindow: 'sun:03:30-sun:04:30',
    multiAz: true,
    tags: { backup: 'daily' },
  });
});

test('volume, master password and Performance Insights have the given key, and no password is ours', async () => {
  const { inputs } = nodeOf(await build(), INSTANCE);
  expect(inputs).toMatchObject({ storageEncrypted: true, kmsKeyId: 'arn:data-key', performanceInsightsKmsKeyId: 'arn:data-key' });
  expect(inputs).toMatchObject({ manageMasterUserPassword: true, masterUserSecretKmsKeyId: 'arn:data-key' });
  expect(Object.keys(inputs).filter((key) => key.startsWith('password'))).toEqual([]);
});

test('clients without TLS are refused, and slow queries and changes of the schema are logged', async () => {
  const graph = await build();
  const group = nodeOf(graph, 'aws:rds/parameterGroup:ParameterGroup');
  expect(group.inputs).toMatchObject({ family: 'postgres17' });
  expect(group.inputs.parameters).toEqual([
    { name: 'rds.force_ssl', value: '1' },
    { name: 'log_connections', value: '1' },
    { name: 'log_statement', value: 'ddl' },
    { name: 'log_min_duration_statement', value: '500' },
  ]);
  expect(nodeOf(graph, INSTANCE).inputs.parameterGroupName).toBe(group.inputs.name);
});

test('a group of parameters of another major version replaces the old one before it goes', async () => {
  const graph = await build({ version: '16' });
  expect(nodeOf(graph, 'aws:rds/parameterGroup:ParameterGroup')).toMatchObject({
    name: 'test-postgres-parameters-postgres16',
    inputs: { name: 'weir-test-postgres-postgres16', family: 'postgres16' },
  });
});

test('log groups and the monitoring grant are there before the database, which would make its own without a key or an end', async () => {
  const graph = await build();
  const groups = [...graph.values()].filter(({ type }) => type === 'aws:cloudwatch/logGroup:LogGroup');
  expect(groups.map(({ inputs }) => inputs)).toEqual(
    ['postgresql', 'upgrade'].map((log) => ({
      name: `/aws/rds/instance/weir-test-postgres/${log}`,
      retentionInDays: 30,
      kmsKeyId: 'arn:logs-key',
    })),
  );
  const before = needsOf(graph, nodeOf(graph, INSTANCE));
  expect(before).toEqual(expect.arrayContaining(['test-postgres-logs-postgresql', 'test-postgres-logs-upgrade', 'test-postgres-monitoring-policy']));
});

test('only RDS of this account may use the role that writes metrics', async () => {
  const graph = await build();
  const { inputs } = nodeOf(graph, 'aws:iam/role:Role');
  expect(JSON.parse(String(inputs.assumeRolePolicy))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'monitoring.rds.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      },
    ],
  });
  const gov = await build({ partition: 'aws-us-gov' });
  expect(nodeOf(gov, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').inputs.policyArn).toBe(
    'arn:aws-us-gov:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
  );
});

test('a kept database is protected, left behind and undeletable; a dropped one is none of that; both leave a last snapshot', async () => {
  const kept = nodeOf(await build(), INSTANCE);
  expect(kept).toMatchObject({ protect: true, retainOnDelete: true, inputs: { deletionProtection: true, skipFinalSnapshot: false } });
  const dropped = nodeOf(await build({ dataPolicy: 'drop' }), INSTANCE);
  expect(dropped).toMatchObject({ protect: false, retainOnDelete: false, inputs: { deletionProtection: false, skipFinalSnapshot: false } });
});

test('the last snapshot of each life has a name of its own', async () => {
  const graph = await graphOf(
    (hooks) => new Postgres('test-postgres', { ...postgresArgs, hooks }),
    ({ type }) => (type === 'random:index/randomId:RandomId' ? { hex: '0a1b2c3d' } : {}),
  );
  expect(nodeOf(graph, INSTANCE).inputs.finalSnapshotIdentifier).toBe('weir-test-postgres-final-0a1b2c3d');
});

test('creation, changes and deletion have an hour', async () => {
  expect(nodeOf(await build(), INSTANCE).timeouts).toEqual({ create: '60m', update: '60m', delete: '60m' });
});

test('the secret of the master user is what AWS made', async () => {
  const arns: string[] = [];
  await graphOf(
    (hooks) => new Postgres('test-postgres', { ...postgresArgs, hooks }).masterSecretArn.apply((arn) => arns.push(arn)),
    ({ type }) => (type === INSTANCE ? { masterUserSecrets: [{ secretArn: 'arn:secret' }] } : {}),
  );
  expect(arns).toEqual(['arn:secret']);
});

test.each([
  ['apart', '02:00-03:00', 'sun:03:30-sun:04:30', null],
  ['one ends as the other starts', '02:00-03:00', 'sun:03:00-sun:04:00', null],
  ['half an hour in common', '02:00-03:00', 'sun:02:30-sun:04:00', '"sun:02:30-sun:04:00" overlaps the daily backup, 02:00-03:00'],
  ['one inside of the other', '02:00-06:00', 'wed:03:00-wed:04:00', '"wed:03:00-wed:04:00" overlaps the daily backup, 02:00-06:00'],
  ['a backup past midnight', '23:30-00:30', 'mon:00:00-mon:01:00', '"mon:00:00-mon:01:00" overlaps the daily backup, 23:30-00:30'],
  ['maintenance past the end of the week', '00:15-01:00', 'sun:23:45-mon:00:30', '"sun:23:45-mon:00:30" overlaps the daily backup, 00:15-01:00'],
  ['a short backup', '02:00-02:10', 'sun:03:30-sun:04:30', '"02:00-02:10" is shorter than the 30 minutes that RDS asks for'],
  ['short maintenance', '02:00-03:00', 'sun:04:00-sun:04:20', '"sun:04:00-sun:04:20" is shorter than the 30 minutes that RDS asks for'],
  ['maintenance of days', '02:00-03:00', 'sun:04:00-tue:05:00', '"sun:04:00-tue:05:00" is longer than a day'],
])('windows %s', (_, backupWindow, maintenanceWindow, problem) => {
  expect(windowsProblem({ backupWindow, maintenanceWindow })?.problem ?? null).toBe(problem);
});

test.each([
  [{ maxStorageGiB: 54 }, 'postgres.maxStorageGiB  54 GiB leaves less than a tenth above the size at start, 50 GiB\n  Use at least 55.'],
  [
    { maintenanceWindow: 'mon:02:00-mon:03:00' },
    'postgres.maintenanceWindow  "mon:02:00-mon:03:00" overlaps the daily backup, 02:00-03:00\n  Choose windows of 30 minutes or more that do not meet.',
  ],
])('%j is refused', (change, message) => {
  expect(() => planOf(change)).toThrow(message);
});

test('a volume that may grow by a tenth is taken', () => {
  expect(() => planOf({ maxStorageGiB: 55 })).not.toThrow();
});
