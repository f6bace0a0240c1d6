import { describe, expect, test } from 'vitest';
import type { Fixture, FixtureResource } from '../../../policies/rule.ts';
import { s3Baseline } from '../../../policies/rules/storage/s3-baseline.ts';
import { changed, foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

const { pass } = s3Baseline;
const without = (name: string): Fixture => pass.filter((each) => each.name !== name);

describe('one part that is wrong is told at its place, and nowhere else', () => {
  test.each([
    ['access', 'blockPublicAcls', false],
    ['access', 'blockPublicPolicy', false],
    ['access', 'ignorePublicAcls', undefined],
    ['access', 'restrictPublicBuckets', 'false'],
    ['ownership', 'rule.objectOwnership', 'ObjectWriter'],
    ['models', 'acl', 'public-read'],
    ['versioning', 'versioningConfiguration.status', 'Suspended'],
  ])('%s %s = %j', (of, path, to) => {
    expect(foundIn(s3Baseline, changed(pass, { of, path, to }))).toEqual([`${of} ${path}`]);
  });

  test.each([
    ['applyServerSideEncryptionByDefault', { sseAlgorithm: 'AES256' }],
    ['applyServerSideEncryptionByDefault', { sseAlgorithm: 'aws:kms' }], // the account's key
    ['bucketKeyEnabled', true, 0],
  ])('the encryption’s %s = %j', (path, to, count = 1) => {
    const found = foundIn(s3Baseline, changed(pass, { of: 'encryption', path: `rules.0.${path}`, to }));
    expect(found).toEqual(Array(count).fill('encryption rules[0].applyServerSideEncryptionByDefault'));
  });

  test.each([
    ['status', 'Disabled'],
    ['abortIncompleteMultipartUpload', undefined],
  ])('the life cycle’s %s = %j', (path, to) => {
    expect(foundIn(s3Baseline, changed(pass, { of: 'lifecycle', path: `rules.0.${path}`, to }))).toEqual(['lifecycle rules']);
  });
});

test.each([
  ['access', 'publicAccessBlock'],
  ['encryption', 'serverSideEncryptionConfiguration'],
  ['versioning', 'versioning'],
  ['policy', 'policy'],
  ['lifecycle', 'lifecycleRules'],
  ['logging', 'logging'],
])('a bucket without %s is told at %s, so that a waiver can be about that alone', (name, path) => {
  expect(foundIn(s3Baseline, without(name))).toEqual([`models ${path}`]);
});

test('a bucket’s ownership is left to S3, which lets its owner decide', () => {
  expect(foundIn(s3Baseline, without('ownership'))).toEqual([]);
});

describe('a policy', () => {
  const tlsOnly = { Effect: 'Deny', Principal: { AWS: ['*'] }, Action: ['s3:*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const found = (...statements: readonly unknown[]) =>
    foundIn(s3Baseline, changed(pass, { of: 'policy', path: 'policy', to: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }));

  test.each([
    ['is for everything', { ...tlsOnly, Action: 's3:GetObject' }],
    ['is for everybody', { ...tlsOnly, Principal: { AWS: 'arn:aws:iam::123456789012:role/a' } }],
    ['denies', { ...tlsOnly, Effect: 'Allow' }],
    ['is about TLS', { ...tlsOnly, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }],
    ['is about what has none', { ...tlsOnly, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('that asks for TLS %s', (_, statement) => {
    expect(found(tlsOnly)).toEqual([]);
    expect(found(statement)).toContain('policy policy');
  });

  test('lets nobody in who is not named', () => {
    const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    expect(found(tlsOnly, { ...read, Principal: '*' })).toEqual(['policy policy']);
    expect(found(tlsOnly, { ...read, Principal: { AWS: '*' } })).toEqual(['policy policy']);
    expect(found(tlsOnly, { ...read, Principal: { Service: 'cloudtrail.amazonaws.com' } })).toEqual([]);
    expect(found(tlsOnly, { ...read, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })).toEqual([]);
    expect(found(tlsOnly, { ...read, Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } })).toEqual(['policy policy']);
    expect(found(tlsOnly, { ...read, Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } } })).toEqual(['policy policy']);
    expect(found(tlsOnly, { ...read, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })).toEqual(['policy policy']);
  });

  test.each([
    ['StringLike', { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/*' }, true],
    ['StringLike', { 'aws:PrincipalArn': '*' }, false],
    ['StringEqualsIfExists', { 'aws:PrincipalOrgID': 'o-1' }, false], // who signs nothing has no organisation
    ['ForAllValues:StringEquals', { 'aws:PrincipalOrgPaths': 'o-1/*' }, false],
    ['Null', { 'aws:PrincipalArn': 'false' }, false],
    ['IpAddress', { 'aws:SourceIp': ['198.51.100.0/24'] }, true],
    ['IpAddress', { 'aws:SourceIp': ['198.51.100.0/24', '0.0.0.0/0'] }, false],
  ])('says who by %s %j: %s', (operator, test, says) => {
    const read = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };
    expect(found(tlsOnly, { ...read, Condition: { [operator]: test } })).toEqual(says ? [] : ['policy policy']);
  });

  test('that lets in all but some lets in everybody else', () => {
    const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    expect(found(tlsOnly, { ...read, NotPrincipal: { AWS: 'arn:aws:iam::123456789012:root' } })).toEqual(['policy policy']);
  });

  test('that is not known yet is undecided, and hides nothing else', () => {
    const fixture = changed(changed(pass, { of: 'policy', path: 'policy', to: UNKNOWN }), { of: 'access', path: 'blockPublicAcls', to: false });
    expect(foundIn(s3Baseline, fixture)).toEqual(['access blockPublicAcls']);
    expect(undecidedIn(s3Baseline, fixture)).toContain('policy policy');
  });
});

test('what an account blocks need not be blocked by each bucket', () => {
  const blocks = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  const account = { type: 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock', name: 'account', props: blocks };
  expect(foundIn(s3Baseline, [...without('access'), account])).toEqual([]);
  expect(foundIn(s3Baseline, [...without('access'), { ...account, props: { ...blocks, blockPublicPolicy: false } }])).toEqual([
    'models publicAccessBlock',
  ]);
});

test('a bucket of an older program has its parts in itself', () => {
  const policy = pass.find(({ name }) => name === 'policy')?.props.policy;
  const inline = {
    acl: 'private',
    versioning: { enabled: true },
    serverSideEncryptionConfiguration: {
      rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/a' } },
    },
    lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }],
    loggings: [{ targetBucket: 'logs' }],
    policy,
  };
  const fixture = [{ type: 'aws:s3/bucket:Bucket', name: 'models', props: inline }, ...pass.filter(({ name }) => name === 'access')];
  expect(foundIn(s3Baseline, fixture)).toEqual([]);
  expect(foundIn(s3Baseline, changed(fixture, { path: 'versioning.enabled', to: false }))).toEqual(['models versioning']);
  expect(foundIn(s3Baseline, changed(fixture, { path: 'policy', to: '{}' }))).toEqual(['models policy']);
  const key = 'serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault';
  expect(foundIn(s3Baseline, changed(fixture, { path: `${key}.kmsMasterKeyId`, to: undefined }))).toEqual([`models ${key}`]);
});

describe('a bucket that takes access logs', () => {
  const renamed = (fixture: Fixture, to: string): Fixture =>
    fixture.map((each) => ({
      ...each,
      name: `${to}-${each.name}`,
      props: { ...each.props, bucket: to },
      ...(each.options === undefined ? {} : { options: { dependencies: [`${to}-models`] } }),
    }));
  const logs: Fixture = changed(renamed(pass, 'logs'), {
    of: 'logs-encryption',
    path: 'rules.0.applyServerSideEncryptionByDefault',
    to: { sseAlgorithm: 'AES256' },
  }).filter(({ name }) => name !== 'logs-logging');
  const logged = (name: string): Fixture =>
    renamed(pass, name).map((each) =>
      each.name === `${name}-logging`
        ? { ...each, props: { bucket: name, targetBucket: 'logs' }, options: { dependencies: [`${name}-models`, 'logs-models'] } }
        : each,
    );
  const unnamed = (fixture: Fixture): Fixture =>
    fixture.map((each): FixtureResource => {
      const { bucket: _, targetBucket, ...props } = each.props;
      return { ...each, props: { ...props, bucket: UNKNOWN, ...(targetBucket === undefined ? {} : { targetBucket: UNKNOWN }) } };
    });

  test('can have no key of its own and logs nothing, and others do not learn from it', () => {
    expect(foundIn(s3Baseline, [...logged('a'), ...logs])).toEqual([]);
    expect(foundIn(s3Baseline, logs)).toEqual(['logs-encryption rules[0].applyServerSideEncryptionByDefault', 'logs-models logging']);
    const plain = changed(logged('a'), { of: 'a-encryption', path: 'rules.0.applyServerSideEncryptionByDefault', to: { sseAlgorithm: 'AES256' } });
    expect(foundIn(s3Baseline, [...plain, ...logs])).toEqual(['a-encryption rules[0].applyServerSideEncryptionByDefault']);
  });

  test('is known in a first preview too, by the number of loggings that need it', () => {
    const plain = changed(logged('a'), { of: 'a-encryption', path: 'rules.0.applyServerSideEncryptionByDefault', to: { sseAlgorithm: 'AES256' } });
    const all = unnamed([...plain, ...logged('b'), ...logs]);
    expect(foundIn(s3Baseline, all)).toEqual(['a-encryption rules[0].applyServerSideEncryptionByDefault']);
  });

  test('is known by its policy where the buckets stand in other stacks', () => {
    const policy = String(logs.find(({ name }) => name === 'logs-policy')?.props.policy);
    const writes = policy.replace(
      '"Statement":[',
      '"Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject"},',
    );
    expect(foundIn(s3Baseline, changed(logs, { of: 'logs-policy', path: 'policy', to: writes }))).toEqual([]);
  });
});

test('a part that needs a second bucket beside its own is no part of that one', () => {
  const other = { type: 'aws:s3/bucket:Bucket', name: 'other', props: { bucket: 'other' } };
  const both = pass.map((each) => (each.options === undefined ? each : { ...each, options: { dependencies: ['models', 'other'] } }));
  expect(foundIn(s3Baseline, [...both, other]).map((found) => found.split(' ')[0])).toEqual(Array(6).fill('other'));
});
