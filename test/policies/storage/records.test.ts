import { describe, expect, test } from 'vitest';
import { ecrImmutableScanned } from '../../../policies/rules/storage/ecr-immutable-scanned.ts';
import { kmsRotation } from '../../../policies/rules/storage/kms-rotation.ts';
import { s3RegistryLocked } from '../../../policies/rules/storage/s3-registry-locked.ts';
import { secretsOwnKey } from '../../../policies/rules/storage/secrets-own-key.ts';
import { trailBaseline } from '../../../policies/rules/storage/trail-baseline.ts';
import { changed, foundIn, UNKNOWN } from '../parts.ts';

test.each([
  ['isMultiRegionTrail', undefined],
  ['enableLogging', false],
  ['enableLogFileValidation', 'false'],
  ['kmsKeyId', undefined],
])('trail-baseline: %s = %j breaks it there and nowhere else', (path, to) => {
  expect(foundIn(trailBaseline, changed(trailBaseline.pass, { path, to }))).toEqual([`example ${path}`]);
});

test.each([
  ['enableKeyRotation', undefined, 1],
  ['enableKeyRotation', 'true', 0],
  ['rotationPeriodInDays', 90, 0],
  ['rotationPeriodInDays', '365', 0],
  ['rotationPeriodInDays', 2560, 1],
])('kms-rotation: %s = %j is %i problems', (path, to, count) => {
  expect(foundIn(kmsRotation, changed(kmsRotation.pass, { path, to }))).toHaveLength(count);
});

test.each([
  ['customerMasterKeySpec', 'ECC_NIST_P256'],
  ['customerMasterKeySpec', 'HMAC_256'],
  ['customKeyStoreId', 'cks-1'],
])('kms-rotation: KMS rotates no key with %s %s', (path, to) => {
  expect(foundIn(kmsRotation, changed(kmsRotation.fail, { path, to }))).toEqual([]);
});

test('secrets-own-key: a key that the same up makes is one', () => {
  expect(foundIn(secretsOwnKey, changed(secretsOwnKey.fail, { path: 'kmsKeyId', to: UNKNOWN }))).toEqual([]);
});

describe('ecr-immutable-scanned', () => {
  const { pass } = ecrImmutableScanned;

  test.each([
    ['imageTagMutability', undefined, 'imageTagMutability'],
    ['imageTagMutability', 'IMMUTABLE_WITH_EXCLUSION', 'imageTagMutability'],
    ['encryptionConfigurations', undefined, 'encryptionConfigurations'],
    ['encryptionConfigurations.0.encryptionType', 'AES256', 'encryptionConfigurations'],
    ['encryptionConfigurations.0.kmsKey', undefined, 'encryptionConfigurations'],
    ['imageScanningConfiguration', undefined, 'imageScanningConfiguration.scanOnPush'],
  ])('%s = %j breaks it at one place', (path, to, where) => {
    expect(foundIn(ecrImmutableScanned, changed(pass, { path, to }))).toEqual([`example ${where}`]);
  });

  test('a template makes repositories that keep their tags, and says nothing of scans', () => {
    const { imageScanningConfiguration: _, ...props } = pass[0]?.props ?? {};
    const template = [{ type: 'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate', props }];
    expect(foundIn(ecrImmutableScanned, template)).toEqual([]);
    expect(foundIn(ecrImmutableScanned, changed(template, { path: 'imageTagMutability', to: 'MUTABLE' }))).toEqual(['example imageTagMutability']);
  });

  test.each([
    ['*', 0],
    ['team/*', 0],
    ['team.app', 1],
    ['other/*', 1],
  ])('a registry that scans %s leaves %i repositories out', (filter, count) => {
    const props = { rules: [{ scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter, filterType: 'WILDCARD' }] }] };
    const registry = { type: 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration', name: 'registry', props };
    const repository = changed(pass, { path: 'imageScanningConfiguration.scanOnPush', to: false });
    expect(foundIn(ecrImmutableScanned, [...repository, registry])).toHaveLength(count);
  });

  test('a registry that scans when somebody asks scans nothing', () => {
    const props = { rules: [{ scanFrequency: 'MANUAL', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] }] };
    const registry = { type: 'aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration', name: 'registry', props };
    const repository = changed(pass, { path: 'imageScanningConfiguration.scanOnPush', to: false });
    expect(foundIn(ecrImmutableScanned, [...repository, registry])).toEqual(['example imageScanningConfiguration.scanOnPush']);
  });
});

describe('s3-registry-locked', () => {
  const [bucket, lock] = ['prod-storage-registry-bucket', 'prod-storage-registry-lock'];
  const { pass } = s3RegistryLocked;

  test.each([
    [bucket, 'objectLockEnabled', undefined, 'objectLockEnabled'],
    [lock, 'rule.defaultRetention.mode', undefined, 'rule.defaultRetention.mode'],
    [lock, 'rule.defaultRetention.days', undefined, 'rule.defaultRetention'],
  ])('%s %s = %j breaks it at one place', (of, path, to, where) => {
    expect(foundIn(s3RegistryLocked, changed(pass, { of, path, to }))).toEqual([`${of} ${where}`]);
  });

  test('a registry without a lock’s configuration keeps nothing, and other buckets need none', () => {
    const unlocked = pass.filter(({ name }) => name !== lock);
    expect(foundIn(s3RegistryLocked, unlocked)).toEqual([`${bucket} objectLockConfiguration`]);
    expect(
      foundIn(
        s3RegistryLocked,
        unlocked.map((each) => (each.name === bucket ? { ...each, name: 'prod-storage-lake-bucket' } : each)),
      ),
    ).toEqual([]);
  });
});
