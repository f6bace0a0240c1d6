import { describe, expect, test } from 'vitest';
import { rdsBaseline } from '../../../policies/rules/data/rds-baseline.ts';
import { rdsDeletionProtected } from '../../../policies/rules/data/rds-deletion-protected.ts';
import { rdsParameters } from '../../../policies/rules/data/rds-parameters.ts';
import { rdsTwoZones } from '../../../policies/rules/data/rds-two-zones.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

test.each([
  ['publiclyAccessible', true],
  ['publiclyAccessible', 'true'],
  ['storageEncrypted', false],
  ['storageEncrypted', undefined],
  ['backupRetentionPeriod', 6],
  ['backupRetentionPeriod', undefined],
  ['iamDatabaseAuthenticationEnabled', undefined],
  ['performanceInsightsEnabled', false],
  ['performanceInsightsKmsKeyId', undefined],
  ['autoMinorVersionUpgrade', false],
  ['copyTagsToSnapshot', undefined],
  ['monitoringInterval', 0],
  ['monitoringInterval', undefined],
  ['enabledCloudwatchLogsExports', []],
  ['enabledCloudwatchLogsExports', undefined],
  ['caCertIdentifier', 'rds-ca-2019'],
])('%s = %j breaks it there and nowhere else', (path, to) => {
  expect(foundIn(rdsBaseline, changed(rdsBaseline.pass, { path, to }))).toEqual([`example ${path}`]);
});

test.each([
  ['what AWS does by itself', { publiclyAccessible: undefined, autoMinorVersionUpgrade: undefined, caCertIdentifier: undefined }],
  ['texts of a state', { storageEncrypted: 'true', publiclyAccessible: 'false', backupRetentionPeriod: '7', monitoringInterval: '60' }],
  ['a replica, which has its source’s encryption and backups', { replicateSourceDb: 'other', storageEncrypted: undefined, backupRetentionPeriod: 0 }],
  ['what is restored from a snapshot, and encrypted as it was', { snapshotIdentifier: 'before', storageEncrypted: undefined }],
  ['an engine that knows no IAM', { engine: 'sqlserver-se', iamDatabaseAuthenticationEnabled: undefined }],
  ['a key that the same up makes', { performanceInsightsKmsKeyId: UNKNOWN }],
])('is kept by %s', (_, props) => {
  const fixture = rdsBaseline.pass.map((each) => ({ ...each, props: { ...each.props, ...props } }));
  expect(foundIn(rdsBaseline, fixture)).toEqual([]);
  expect(undecidedIn(rdsBaseline, fixture)).toEqual([]);
});

describe('of Aurora', () => {
  const own = {
    engine: 'aurora-postgresql',
    iamDatabaseAuthenticationEnabled: true,
    copyTagsToSnapshot: true,
    backupRetentionPeriod: 7,
    enabledCloudwatchLogsExports: ['postgresql'],
  };
  const cluster = (props: Readonly<Record<string, unknown>>) => [{ type: 'aws:rds/cluster:Cluster', props: { ...own, ...props } }];

  test.each([
    ['storageEncrypted', undefined, 0], // on since February 2026
    ['storageEncrypted', false, 1],
    ['backupRetentionPeriod', undefined, 1],
    ['iamDatabaseAuthenticationEnabled', undefined, 1],
    ['copyTagsToSnapshot', undefined, 1],
    ['enabledCloudwatchLogsExports', undefined, 1],
    ['replicationSourceIdentifier', 'other', 0],
  ])('the cluster’s %s = %j is %i problems', (path, to, count) => {
    expect(foundIn(rdsBaseline, cluster({ [path]: to }))).toEqual(Array(count).fill(`example ${path}`));
  });

  test('three Postgres in three zones are encrypted only if they are told to', () => {
    expect(foundIn(rdsBaseline, cluster({ engine: 'postgres' }))).toEqual(['example storageEncrypted']);
  });

  test('a member has an address, and the rest is its cluster’s', () => {
    const member = (props: Readonly<Record<string, unknown>>) => [{ type: 'aws:rds/clusterInstance:ClusterInstance', props }];
    expect(foundIn(rdsBaseline, member({ engine: 'aurora-postgresql' }))).toEqual([]);
    expect(foundIn(rdsBaseline, member({ engine: 'aurora-postgresql', publiclyAccessible: true }))).toEqual(['example publiclyAccessible']);
  });

  test('the cluster is protected from its deletion', () => {
    expect(foundIn(rdsDeletionProtected, cluster({}))).toEqual(['example deletionProtection']);
    expect(foundIn(rdsDeletionProtected, cluster({ deletionProtection: true }))).toEqual([]);
  });
});

test('a team says for how many days its backups are kept', () => {
  expect(foundIn(rdsBaseline, rdsBaseline.pass, { backupDays: 35 })).toEqual(['example backupRetentionPeriod']);
  expect(foundIn(rdsBaseline, changed(rdsBaseline.pass, { path: 'backupRetentionPeriod', to: 1 }), { backupDays: 1 })).toEqual([]);
});

test('what a program always knows must be known, and hides nothing else', () => {
  const fixture = changed(changed(rdsBaseline.pass, { path: 'storageEncrypted', to: UNKNOWN }), { path: 'backupRetentionPeriod', to: 0 });
  expect(foundIn(rdsBaseline, fixture).toSorted()).toEqual(['example backupRetentionPeriod', 'example storageEncrypted']);
});

test('a replica needs no second zone', () => {
  expect(foundIn(rdsTwoZones, changed(rdsTwoZones.fail, { path: 'replicateSourceDb', to: 'other' }))).toEqual([]);
});

test.each([
  ['parameters.0.value', '0', 1],
  ['parameters.1.value', 'none', 1],
  ['parameters.1', undefined, 1],
  ['parameters.2.value', '-1', 1],
  ['parameters.2', undefined, 1],
  ['parameters.0', undefined, 0], // rds.force_ssl is on by default from 15
  ['parameters.2.value', 0, 0], // every statement
  ['parameters', undefined, 2],
])('of the parameters, %s = %j is %i problems', (path, to, count) => {
  expect(foundIn(rdsParameters, changed(rdsParameters.pass, { path, to }))).toEqual(Array(count).fill('example parameters'));
});

test('Postgres before 15 speaks without TLS unless it is told not to', () => {
  const before = changed(rdsParameters.pass, { path: 'family', to: 'postgres14' });
  expect(foundIn(rdsParameters, before)).toEqual([]);
  expect(foundIn(rdsParameters, changed(before, { path: 'parameters.0', to: undefined }))).toEqual(['example parameters']);
});

test('parameters of another engine are not asked for those of Postgres', () => {
  expect(foundIn(rdsParameters, changed(rdsParameters.fail, { path: 'family', to: 'mysql8.4' }))).toEqual([]);
});
