import type { Reader } from '../../reader.ts';
import type { Given, Problem, ResourceRule } from '../../rule.ts';
import { isNotOff, isNotOn, isOn, numberOf, textOf } from '../values.ts';

const INSTANCE = 'aws:rds/instance:Instance';
/** Aurora, and three Postgres in three zones: the cluster has the data, the backups and who signs in; each member an address. */
const CLUSTER = 'aws:rds/cluster:Cluster';
const MEMBER = 'aws:rds/clusterInstance:ClusterInstance';
const PATHS: Readonly<Record<string, readonly string[]>> = {
  [CLUSTER]: ['copyTagsToSnapshot', 'enabledCloudwatchLogsExports'],
  [MEMBER]: ['publiclyAccessible', 'autoMinorVersionUpgrade', 'caCertIdentifier'], // what it shows may be switched on at the cluster
};

/** What one property has to be; missing is AWS's default, which is off where nothing else is said. */
const PARTS: readonly (readonly [path: string, holds: (value: unknown) => boolean, problem: string])[] = [
  ['publiclyAccessible', isNotOn, 'has a public address'],
  ['performanceInsightsEnabled', isOn, 'does not show what its time is spent on'],
  ['autoMinorVersionUpgrade', isNotOff, 'gets no security fixes by itself'], // on by default
  ['copyTagsToSnapshot', isOn, 'leaves its snapshots without tags: no backup plan or bill finds them'],
  ['monitoringInterval', (value) => numberOf(value ?? 0) > 0, 'does not show how its host does'],
  ['enabledCloudwatchLogsExports', (value) => Array.isArray(value) && value.length > 0, 'keeps its logs to itself'],
  ['caCertIdentifier', (value) => !/^rds-ca-20\d\d$/.test(textOf(value)), 'has a certificate of an authority that has ended'], // 2019's in August 2024
];

/** A replica has its source's encryption and backups. */
function ofSource(instance: Reader, { params }: Given): readonly Problem[] {
  if (instance.has('replicateSourceDb') || instance.has('replicationSourceIdentifier')) return [];
  const days = Number(params.backupDays);
  const restored = instance.has('snapshotIdentifier') || instance.has('restoreToPointInTime'); // encrypted as what it was restored from, unless it says otherwise
  const aurora = instance.text('engine')?.startsWith('aurora') === true; // encrypts new clusters by itself since February 2026
  return [
    ...instance.expect('storageEncrypted', (value) => (restored || aurora ? isNotOff(value) : isOn(value)), 'is not encrypted'),
    ...instance.expect('backupRetentionPeriod', (value) => numberOf(value ?? 0) >= days, `keeps backups for less than ${days} days`),
  ];
}

const hasIam = (instance: Reader): boolean => /^((aurora-)?(postgres(ql)?|mysql)|mariadb)$/.test(instance.text('engine') ?? '');

export const rdsBaseline: ResourceRule = {
  kind: 'resource',
  id: 'rds-baseline',
  title: 'the database is private, encrypted, watched and backed up',
  reason:
    'The database holds what the registry and the features know of themselves: lost, nobody can say which model runs where; read, everybody’s metadata is out.',
  remedy:
    'Set weir:postgres.backupDays to 7 or more; elsewhere set the named property of the aws.rds.Instance, or of the aws.rds.Cluster and its instances.',
  severity: 'high',
  ids: `AWS-0077 AWS-0079 AWS-0080 AWS-0133 AWS-0176 AWS-0180
CKV_AWS_16 CKV_AWS_17 CKV_AWS_96 CKV_AWS_118 CKV_AWS_129 CKV_AWS_133 CKV_AWS_161 CKV_AWS_162 CKV_AWS_211 CKV_AWS_226 CKV_AWS_313 CKV_AWS_324 CKV_AWS_353 CKV_AWS_354 CKV2_AWS_60`.split(
    /\s+/,
  ),
  scope: 'any',
  settings: ['postgres.backupDays'],
  params: { backupDays: { description: 'Days for which RDS has to keep daily backups, 1 to 35.', default: 7 } },
  mustBeKnown: ['publiclyAccessible', 'storageEncrypted', 'backupRetentionPeriod'],
  on: [INSTANCE, CLUSTER, MEMBER],
  check: (instance, given, { type }) => [
    ...(type === MEMBER ? [] : instance.part(() => ofSource(instance, given))),
    ...PARTS.flatMap(([path, holds, problem]) => (PATHS[type]?.includes(path) === false ? [] : instance.expect(path, holds, problem))),
    ...instance.part(() =>
      type !== MEMBER && hasIam(instance)
        ? instance.expect('iamDatabaseAuthenticationEnabled', isOn, 'takes passwords alone: no role can sign in')
        : [],
    ),
    ...instance.part(() =>
      isOn(instance.get('performanceInsightsEnabled')) && !instance.has('performanceInsightsKmsKeyId')
        ? [instance.problem('performanceInsightsKmsKeyId', 'shows its queries under a key that is not its own')]
        : [],
    ),
  ],
  pass: [{ type: INSTANCE, props: database() }],
  fail: [{ type: INSTANCE, props: { ...database(), storageEncrypted: false } }],
};

function database() {
  return {
    engine: 'postgres',
    publiclyAccessible: false,
    storageEncrypted: true,
    iamDatabaseAuthenticationEnabled: true,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/data',
    copyTagsToSnapshot: true,
    backupRetentionPeriod: 7,
    monitoringInterval: 60,
    enabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    caCertIdentifier: 'rds-ca-rsa2048-g1',
  };
}
