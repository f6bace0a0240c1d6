import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../policies/rule.ts';
import { rolePolicy } from '../../../policies/rules/identity/grants.ts';
import { iamBounded } from '../../../policies/rules/identity/iam-bounded.ts';
import { iamNoStar } from '../../../policies/rules/identity/iam-no-star.ts';
import { iamPassroleScoped } from '../../../policies/rules/identity/iam-passrole-scoped.ts';
import { iamS3Scoped } from '../../../policies/rules/identity/iam-s3-scoped.ts';
import { foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

const RULES: readonly Rule[] = [iamNoStar, iamBounded, iamS3Scoped, iamPassroleScoped];
/** Which rules a statement breaks. */
const broken = (statement: Readonly<Record<string, unknown>>) =>
  RULES.filter((rule) => foundIn(rule, rolePolicy(statement)).length > 0).map(({ id }) => id);
const queue = 'arn:aws:sqs:eu-west-1:111122223333:example';

describe('a statement', () => {
  test.each([
    ['*', ['iam-no-star']],
    ['sqs:*', ['iam-no-star', 'iam-bounded']],
    ['secretsmanager:Get*', ['iam-no-star', 'iam-bounded']],
    ['ec2:Describe*', []],
    ['ec2:DescribeInstances', []],
    ['iam:ListInstanceProfiles', []],
    ['pricing:GetProducts', []],
    ['cloudwatch:PutMetricData', []],
    ['ec2:StartInstances', ['iam-bounded']],
    ['Ec2:startinstances', ['iam-bounded']],
    ['ec2:ModifyInstanceMetadataDefaults', []], // of the whole account: IAM knows no resource for it
    ['logs:StartQuery', []],
    ['kms:Decrypt', ['iam-bounded']],
    ['route53:ChangeResourceRecordSets', ['iam-bounded']],
    ['sts:AssumeRole', ['iam-bounded']],
    ['ssm:GetParameter', ['iam-bounded']],
    ['kms:PutKeyPolicy', ['iam-bounded']],
    ['iam:CreatePolicyVersion', ['iam-bounded']],
    ['ec2:TerminateInstances', ['iam-bounded']],
    ['iam:PassRole', ['iam-passrole-scoped']],
    ['iam:Pass*', ['iam-no-star', 'iam-passrole-scoped']],
    ['s3:*', ['iam-no-star', 'iam-s3-scoped']],
    ['s3:GetObject', ['iam-s3-scoped']],
    ['s3:ListAllMyBuckets', []],
  ])('that allows %s on everything breaks %j', (Action, rules) => {
    expect(broken({ Action, Resource: '*' })).toEqual(rules);
    expect(broken({ Action: ['sqs:ReceiveMessage', Action], Resource: [queue, '*'] })).toEqual(rules);
  });

  test.each([['sts:AssumeRole'], ['ec2:TerminateInstances'], ['s3:GetObject']])('may allow %s under a condition', (Action) => {
    expect(broken({ Action, Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/env': 'prod' } } })).toEqual([]);
  });

  test.each([
    ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*', ['iam-bounded']],
    ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-*', []],
    ['kms:Decrypt', 'arn:aws:kms:*:*:key/*', ['iam-bounded']],
    ['kms:Decrypt', 'arn:aws:kms:*:*:*', ['iam-bounded']],
    ['sts:AssumeRole', 'arn:aws:iam::*:role/*', ['iam-bounded']],
    ['rds-db:connect', 'arn:aws:rds-db:eu-west-1:111122223333:dbuser:*/*', ['iam-bounded']],
    ['ssm:GetParameter', 'arn:aws:ssm:*:*:parameter/shop/*', []],
    ['logs:PutLogEvents', 'arn:aws:logs:*:*:*', []], // Lambda's own
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:*', []],
  ])('that allows %s on %s breaks %j', (Action, Resource, rules) => {
    expect(broken({ Action, Resource })).toEqual(rules);
  });

  test.each([
    ['arn:aws:iam::111122223333:role/*', true],
    ['arn:aws:iam::*:role/*', true],
    ['arn:aws:iam::111122223333:role*', true],
    ['arn:aws:iam::111122223333:*', true],
    ['arn:aws-cn:iam::*:*', true],
    ['arn:aws:iam::111122223333:role/shop-*', false],
    ['arn:aws:iam::111122223333:role/shop/*', false],
  ])('may pass roles by %s: %s is too many', (Resource, isTooMany) => {
    expect(broken({ Action: 'iam:PassRole', Resource })).toEqual(isTooMany ? ['iam-passrole-scoped'] : []);
  });

  test.each([
    ['Bool', { 'aws:SecureTransport': 'true' }],
    ['Bool', { 'aws:MultiFactorAuthPresent': 'true' }],
    ['DateLessThan', { 'aws:CurrentTime': '2030-01-01T00:00:00Z' }],
  ])('is not narrowed by %s %j: it says how, and neither who nor for what', (operator, test) => {
    const Condition = { [operator]: test };
    expect(broken({ Action: 'kms:Decrypt', Resource: '*', Condition })).toEqual(['iam-bounded']);
    expect(broken({ Action: 's3:GetObject', Resource: '*', Condition })).toEqual(['iam-s3-scoped']);
  });

  test('may not pass every role under a condition: it says to whom, not which', () => {
    const Condition = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
    expect(broken({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/*', Condition })).toEqual(['iam-passrole-scoped']);
  });

  test('that allows all but some allows what nobody thought of', () => {
    expect(broken({ NotAction: 'iam:*', Resource: '*' })).toEqual(['iam-no-star']);
    expect(broken({ Action: 's3:GetObject', NotResource: 'arn:aws:s3:::secret/*' })).toEqual(['iam-s3-scoped']);
    expect(broken({ Action: 'kms:PutKeyPolicy', NotResource: 'arn:aws:kms:eu-west-1:111122223333:key/1' })).toEqual(['iam-bounded']);
  });

  test('that denies takes away', () => {
    expect(broken({ Effect: 'Deny', Action: '*', Resource: '*' })).toEqual([]);
  });

  test('on all buckets by a pattern is on every bucket', () => {
    expect(broken({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/*' })).toEqual(['iam-s3-scoped']);
    expect(broken({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::models-*/*' })).toEqual([]);
  });
});

describe('a document', () => {
  const star = { Effect: 'Allow', Action: 'sqs:*', Resource: queue };
  const found = (type: string, props: Readonly<Record<string, unknown>>) => foundIn(iamNoStar, [{ type, props }]);

  test('is read as text, as a map, and with one statement that is no list', () => {
    expect(found('aws:iam/policy:Policy', { policy: JSON.stringify({ Statement: star }) })).toEqual(['example policy.Statement.Action']);
    expect(found('aws:iam/policy:Policy', { policy: { Statement: [star] } })).toEqual(['example policy.Statement[0].Action']);
    expect(found('aws:iam/policy:Policy', { policy: '{"Statement"' })).toEqual([]); // no JSON: IAM refuses it
  });

  test.each([['aws:iam/userPolicy:UserPolicy'], ['aws:iam/groupPolicy:GroupPolicy'], ['aws:eks/podIdentityAssociation:PodIdentityAssociation']])(
    'of %s counts',
    (type) => {
      expect(found(type, { policy: JSON.stringify({ Statement: [star] }) })).toEqual(['example policy.Statement[0].Action']);
    },
  );

  test('inside a role counts', () => {
    expect(found('aws:iam/role:Role', { inlinePolicies: [{ name: 'queue', policy: JSON.stringify({ Statement: [star] }) }] })).toEqual([
      'example inlinePolicies[0].policy.Statement[0].Action',
    ]);
  });

  test('that is not known yet is undecided, and what is known of another decides', () => {
    const props = {
      policy: {
        Statement: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: [UNKNOWN] },
          { ...star, Resource: UNKNOWN },
        ],
      },
    };
    expect(undecidedIn(iamS3Scoped, [{ type: 'aws:iam/policy:Policy', props: { policy: UNKNOWN } }])).toEqual(['example policy']);
    expect(found('aws:iam/policy:Policy', props)).toEqual(['example policy.Statement[1].Action']);
    expect(foundIn(iamS3Scoped, [{ type: 'aws:iam/policy:Policy', props }])).toEqual([]);
    expect(undecidedIn(iamS3Scoped, [{ type: 'aws:iam/policy:Policy', props }])).toContain('example policy.Statement[0].Resource[0]');
  });
});

describe('a policy that AWS wrote', () => {
  const attached = (rule: Rule, type: string, props: Readonly<Record<string, unknown>>) => foundIn(rule, [{ type, props }]);

  test.each([
    ['arn:aws:iam::aws:policy/AdministratorAccess', 1],
    ['arn:aws-cn:iam::aws:policy/PowerUserAccess', 1],
    ['arn:aws:iam::aws:policy/AmazonS3FullAccess', 1],
    ['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy', 0],
    ['arn:aws:iam::111122223333:policy/AdministratorAccess', 0], // somebody's own: it is judged itself
    [UNKNOWN, 0],
  ])('%s is %i wildcards', (policyArn, count) => {
    expect(attached(iamNoStar, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', { policyArn })).toHaveLength(count);
    expect(attached(iamNoStar, 'aws:iam/role:Role', { managedPolicyArns: [policyArn] })).toHaveLength(count);
  });

  test.each([
    ['SecretsManagerReadWrite', ['iam-bounded']],
    ['AmazonSSMReadOnlyAccess', ['iam-bounded']],
    ['AmazonS3ReadOnlyAccess', ['iam-s3-scoped']],
    ['ReadOnlyAccess', ['iam-s3-scoped']],
    ['AmazonS3FullAccess', ['iam-no-star', 'iam-s3-scoped']],
    ['AmazonEC2ContainerRegistryReadOnly', []],
  ])('AWS’s own %s breaks %j', (name, rules) => {
    const policyArn = `arn:aws:iam::aws:policy/${name}`;
    const fixture = [{ type: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', props: { policyArn } }];
    expect(RULES.filter((rule) => foundIn(rule, fixture).length > 0).map(({ id }) => id)).toEqual(rules);
  });

  test('for all of S3 is on every bucket', () => {
    const policyArn = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
    expect(attached(iamS3Scoped, 'aws:iam/userPolicyAttachment:UserPolicyAttachment', { policyArn })).toEqual(['example policyArn']);
  });
});
