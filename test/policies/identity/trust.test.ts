import { describe, expect, test } from 'vitest';
import { resourcesOf } from '../../../policies/fixtures.ts';
import { isOurs } from '../../../policies/judge.ts';
import { ResourceGraph } from '../../../policies/resource-graph.ts';
import { iamTrustPinned } from '../../../policies/rules/identity/iam-trust-pinned.ts';
import { iamTrustSource } from '../../../policies/rules/identity/iam-trust-source.ts';
import { foundIn, UNKNOWN, undecidedIn } from '../parts.ts';

const trusting = (statement: Readonly<Record<string, unknown>>) => [
  {
    type: 'aws:iam/role:Role',
    props: { assumeRolePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] } },
  },
];
const at = 'example assumeRolePolicy.Statement[0]';
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const Federated = `arn:aws:iam::111122223333:oidc-provider/${EKS}`;

describe('iam-trust-pinned', () => {
  const found = (statement: Readonly<Record<string, unknown>>) => foundIn(iamTrustPinned, trusting(statement));

  test.each([['*'], [{ AWS: '*' }], [{ AWS: ['arn:aws:iam::111122223333:role/a', '*'] }], [{ Service: '*' }]])('%j is everybody', (Principal) => {
    expect(found({ Principal })).toEqual([`${at}.Principal`]);
  });

  test.each([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-example' } }, 0],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy-*' } }, 0],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } }, 1], // a name that anybody may give
    [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example' } }, 1],
    [{ StringNotEquals: { 'aws:PrincipalOrgID': 'o-example' } }, 1],
    [{ StringEquals: { 'sts:ExternalId': 'example' } }, 1],
  ])('everybody under %j is %i problems', (Condition, count) => {
    expect(found({ Principal: { AWS: '*' }, Condition })).toHaveLength(count);
  });

  test('all but some are everybody else', () => {
    expect(found({ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } })).toEqual([`${at}.NotPrincipal`]);
  });

  test.each([
    [{ AWS: 'arn:aws:iam::111122223333:role/deploy' }],
    [{ AWS: '111122223333' }],
    [{ Service: ['ec2.amazonaws.com', 'pods.eks.amazonaws.com'] }],
    [{ Federated: 'arn:aws:iam::111122223333:saml-provider/office' }],
  ])('%j is somebody', (Principal) => {
    expect(found({ Principal })).toEqual([]);
  });

  test.each([
    [{}, 1],
    [{ StringEquals: { [`${EKS}:aud`]: 'sts.amazonaws.com' } }, 1],
    [{ StringEquals: { [`${EKS}:sub`]: 'system:serviceaccount:kube-system:karpenter' } }, 0],
    [{ StringLike: { [`${EKS}:sub`]: 'system:serviceaccount:*:*' } }, 1],
    [{ StringLike: { [`${EKS}:sub`]: ['system:serviceaccount:kube-system:a', '*'] } }, 1],
    [{ StringEqualsIfExists: { [`${EKS}:sub`]: 'system:serviceaccount:kube-system:a' } }, 1],
    [{ StringNotEquals: { [`${EKS}:sub`]: 'system:serviceaccount:kube-system:a' } }, 1],
    [{ StringEquals: { [`${EKS}:sub`]: UNKNOWN } }, 0],
    [{ 'ForAnyValue:StringLike': { [`${EKS}:sub`]: 'system:serviceaccount:kube-system:*' } }, 0],
    [{ 'ForAllValues:StringEquals': { [`${EKS}:sub`]: 'system:serviceaccount:kube-system:a' } }, 1], // holds for a token without a subject
    [{ StringLike: { 'gitlab.com:sub': 'project_path:*:ref_type:branch:ref:main' } }, 1],
    [{ StringLike: { 'gitlab.com:sub': 'project_path:shop/*' } }, 0],
    [{ StringEquals: { 'token.actions.githubusercontent.com:repository_id': '4242' } }, 0],
    [{ StringEquals: { 'token.actions.githubusercontent.com:environment': 'prod' } }, 1],
    [{ StringLike: { 'token.actions.githubusercontent.com:repository': '*' } }, 1],
  ])('a token under %j is %i problems', (Condition, count) => {
    expect(found({ Principal: { Federated }, Condition })).toHaveLength(count);
  });

  test('a trust that is not known yet is undecided', () => {
    const unknown = [{ type: 'aws:iam/role:Role', props: { assumeRolePolicy: UNKNOWN } }];
    expect(foundIn(iamTrustPinned, unknown)).toEqual([]);
    expect(undecidedIn(iamTrustPinned, unknown)).toEqual(['example assumeRolePolicy']);
  });
});

describe('iam-trust-source', () => {
  const ours = { ...iamTrustSource, scope: 'any' as const };
  const Principal = { Service: 'firehose.amazonaws.com' };

  test.each([
    [{ Principal }, 1],
    [{ Principal, Condition: { StringEquals: { 'aws:SourceAccount': UNKNOWN } } }, 0],
    [{ Principal, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:logs:eu-west-1:111122223333:*' } } }, 0],
    [{ Principal, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } }, 1],
    [{ Principal: { Service: 'ec2.amazonaws.com' } }, 0],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:role/deploy' } }, 0],
  ])('%j is %i problems', (statement, count) => {
    expect(foundIn(ours, trusting(statement))).toHaveLength(count);
  });

  test('is not said of the stacks of others', () => {
    expect(isOurs(new ResourceGraph(resourcesOf(iamTrustSource.fail)))).toBe(false);
    expect(foundIn(iamTrustSource, iamTrustSource.fail)).toEqual([]);
  });
});
