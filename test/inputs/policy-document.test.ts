import { describe, expect, test } from 'vitest';
import { rangeOf } from '../support/inputs/cidr.ts';
import { type PolicyKind, policyProblem, statementsOf } from '../support/inputs/policy-document.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' };
const document = (...statements: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const problem = (text: unknown, kind: PolicyKind = 'identity') => policyProblem(text, kind, 10_240);

describe('a policy document', () => {
  test.each([
    ['no text', {}, 'must be JSON as text'],
    ['no JSON', '{Version: 1}', 'is not JSON'],
    [
      'an old version',
      document(statement).replace('2012-10-17', '2008-10-17'),
      'must have the Version 2012-10-17: an older one takes variables for text',
    ],
    ['another key', document(statement).replace('"Version"', '"Name":"a","Version"'), 'has an unknown key Name'],
    ['no statement', document(), 'has no Statement'],
    ['two statements of one name', document({ ...statement, Sid: 'A' }, { ...statement, Sid: 'A' }), 'has the Sid A twice'],
    ['a statement that is no object', document('allow'), 'statement 0 is not an object'],
    ['another key of a statement', document({ ...statement, Actions: [] }), 'statement 0 has an unknown key Actions'],
    ['a name with a hyphen', document({ ...statement, Sid: 'a-b' }), 'statement a-b: a Sid has letters and digits only'],
    ['another effect', document({ ...statement, Effect: 'allow' }), 'statement 0: Effect must be Allow or Deny'],
    ['no action', document({ Effect: 'Allow', Resource: '*' }), 'statement 0 has no Action'],
    ['an action without its service', document({ ...statement, Action: 'GetObject' }), 'statement 0: GetObject is no action'],
    ['no resource', document({ Effect: 'Allow', Action: 's3:GetObject' }), 'statement 0 has no Resource'],
    ['a resource that is a name', document({ ...statement, Resource: 'my-bucket' }), 'statement 0: my-bucket is no ARN'],
    ['an identity with a principal', document({ ...statement, Principal: '*' }), "statement 0: an identity's policy has no Principal"],
  ])('is refused with %s', (_, text, told) => {
    expect(problem(text)).toBe(told);
  });

  test('of a resource needs a principal, and a trust policy has no resource', () => {
    expect(problem(document(statement), 'resource')).toBe('statement 0 has no Principal');
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'eks.amazonaws.com' } };
    expect(problem(document(trust), 'trust')).toBeNull();
    expect(problem(document({ ...trust, Resource: '*' }), 'trust')).toBe('statement 0: a trust policy has no Resource');
  });

  test('may be as long as its quota without white space', () => {
    const long = document({ ...statement, Resource: Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::bucket-number-${i}/*`) });
    expect(policyProblem(long, 'identity', 10_240)).toBe('must have at most 10240 characters without white space');
    expect(policyProblem(JSON.stringify(JSON.parse(document(statement)), null, 8), 'identity', document(statement).length)).toBeNull();
  });

  test('is read with single values as lists', () => {
    const [read] = statementsOf(document({ ...statement, Principal: { AWS: 'a', Service: ['b', 'c'] } }));
    expect(read).toMatchObject({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'], principals: ['a', 'b', 'c'] });
  });
});

describe('a range of addresses', () => {
  test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.256/24', '10.0.0.1/24', 'ten/8', '10.0.0/8'])('%s is none', (text) => {
    expect(rangeOf(text)).toBeNull();
  });

  test('has its first and last address', () => {
    expect(rangeOf('10.0.0.0/24')).toEqual({ first: 167_772_160, last: 167_772_415, bits: 24 });
    expect(rangeOf('0.0.0.0/0')).toEqual({ first: 0, last: 2 ** 32 - 1, bits: 0 });
  });
});
