import { describe, expect, test } from 'vitest';
import { merge, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { mistakeOf, settingsReader } from '../../stacks/settings/read.ts';
import { CASES } from './bad-settings.ts';

const DIGEST = `sha256:${'5f70'.repeat(16)}`;
const GOOD: TreeMap = {
  profile: 'prod',
  account: '123456789012',
  region: 'eu-west-1',
  owner: 'platform-team',
  costCenter: 'ml-4711',
  network: { cidr: '10.20.0.0/16' },
  access: { deploy: 'arn:aws:iam::123456789012:role/deploy' },
  budget: { emails: ['platform@example.com'] },
  gateway: { domain: 'models.example.com', jwt: { issuer: 'https://a.example', jwksUri: 'https://a.example/keys', audiences: ['weir'] } },
  images: { digests: { weir: DIGEST, triton: DIGEST, vllm: DIGEST, mlflow: DIGEST, feast: DIGEST } },
};

const readIt = settingsReader();

/** What a person is told: each mistake as key, problem and remedy. */
function told(change: unknown, stack = 'prod'): readonly string[] {
  const values = withoutNull(merge(GOOD, change));
  const read = readIt({ stack, values });
  return read.kind === 'settings' ? [] : read.findings.map(mistakeOf).map(({ key, problem, remedy }) => `${key}  ${problem} | ${remedy}`);
}

/** A null takes a key out: merging cannot. */
function withoutNull(tree: unknown): TreeMap {
  return JSON.parse(JSON.stringify(tree, (_, value: unknown) => (value === null ? undefined : value)));
}

describe('bad settings', () => {
  test('the settings that each case starts from are good', () => {
    expect(told({})).toEqual([]);
  });

  test.each(CASES)('$name', ({ change, message }) => {
    expect(told(change)).toEqual(message);
  });

  test.each(['Prod', 'prod_eu', '1prod', 'a-name-of-a-stack-that-is-long', 'prod.eu'])('a stack %s names no environment by itself', (stack) => {
    const remedy = 'Set weir:environment to at most 20 lower-case letters, digits and hyphens, such as prod.';
    expect(told({}, stack)).toEqual([`weir:environment  the stack's name, "${stack}", cannot begin the names of everything | ${remedy}`]);
    expect(told({ environment: 'prod' }, stack)).toEqual([]);
  });
});
