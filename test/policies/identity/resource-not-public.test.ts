import { describe, expect, test } from 'vitest';
import { resourceNotPublic } from '../../../policies/rules/identity/resource-not-public.ts';
import { foundIn } from '../parts.ts';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const asked = (type: string, statement: object) =>
  foundIn(resourceNotPublic, [
    { type, props: { policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement } }) } },
  ]);

describe.each(resourceNotPublic.on)('%s', (type) => {
  test('is not open to everybody, by whichever words', () => {
    for (const statement of [{ Principal: '*' }, { Principal: { AWS: '*' } }, { Principal: { AWS: ['arn:aws:iam::1:root', '*'] } }])
      expect(asked(type, statement)).toEqual(['example policy']);
    expect(asked(type, { NotPrincipal: { AWS: 'arn:aws:iam::123456789012:root' } })).toEqual(['example policy']);
  });

  test('is open to those that are named, by the principal or by a condition', () => {
    expect(asked(type, { Principal: { AWS: 'arn:aws:iam::123456789012:root' } })).toEqual([]);
    expect(asked(type, { Principal: { Service: 'events.amazonaws.com' } })).toEqual([]);
    for (const key of ['AWS:SourceOwner', 'aws:PrincipalOrgID', 'kms:CallerAccount', 'aws:SourceArn'])
      expect(asked(type, { Principal: '*', Condition: { StringEquals: { [key]: '123456789012' } } })).toEqual([]);
    expect(asked(type, { Effect: 'Deny', Principal: '*' })).toEqual([]);
  });

  test('is open all the same under a condition that says how, and not who', () => {
    expect(asked(type, { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } })).toEqual(['example policy']);
  });
});

test('a policy that is not known yet, or is not there, is no finding', () => {
  expect(foundIn(resourceNotPublic, [{ type: 'aws:kms/key:Key', props: { policy: UNKNOWN } }])).toEqual([]);
  expect(foundIn(resourceNotPublic, [{ type: 'aws:kms/key:Key', props: {} }])).toEqual([]);
});
