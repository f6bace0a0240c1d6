import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packSettings } from '../../policies/adapt/pack-settings.ts';
import { RULES } from '../../policies/catalogue.ts';

const read = (config: Readonly<Record<string, string>>) => packSettings(JSON.stringify(config), RULES);
const OWNER = { 'weir:owner': 'platform-team' };
const NO_FINDING = {
  rule: 'eks-logs',
  urn: '*::left',
  reason: 'The logs of this cluster go another way.',
  owner: 'platform-team',
  expires: '2027-06-30',
};

test.each([
  { title: 'no stack: the strictest', config: {}, profile: 'prod', ours: false },
  { title: 'a stack of others', config: { 'aws:region': 'eu-west-1' }, profile: 'prod', ours: false },
  { title: 'a stack of others that has waivers', config: { 'weir:policies': '{"waivers":[]}' }, profile: 'prod', ours: false },
  { title: 'a stack of others that names a profile', config: { 'weir:profile': 'dev' }, profile: 'dev', ours: false },
  { title: 'one of Weir’s, which is small unless it says so', config: OWNER, profile: 'small', ours: true },
  { title: 'one of Weir’s that says so', config: { ...OWNER, 'weir:profile': 'staging' }, profile: 'staging', ours: true },
])('the profile of $title', ({ config, profile, ours }) => {
  expect(read(config)).toMatchObject({ kind: 'settings', profile, ours, config: {} });
});

test('nothing at all is as no stack', () => {
  expect(packSettings(undefined, RULES)).toEqual({ kind: 'settings', profile: 'prod', ours: false, config: {} });
});

test('rules and waivers come as the stack file has them', () => {
  const policies = { rules: { 'eks-logs': { level: 'advisory', params: { kinds: ['audit'] } } }, waivers: [NO_FINDING] };
  expect(read({ 'weir:policies': JSON.stringify(policies) })).toMatchObject({ config: policies });
});

test('every mistake is named with its key, what is wrong and what to do', () => {
  const policies = { rules: { 'eks-logs': { level: 'hard' } }, waivers: [{ ...NO_FINDING, expires: '2027-06-31' }] };
  expect(read({ 'weir:profile': 'huge', 'weir:policies': JSON.stringify(policies) })).toEqual({
    kind: 'wrong',
    message: `Weir's policies do not start: there are 3 mistakes in the configuration of this stack.
weir:profile  "huge" is no profile
  Use dev, small, staging, prod.
weir:policies.rules.eks-logs.level  "hard" is no level
  Use mandatory, advisory, disabled.
weir:policies.waivers[0].expires  "2027-06-31" is no day
  Write the last day on which it holds, such as "2027-06-30".`,
  });
});

test.each(['eks-logs', '["eks-logs"]', '3', 'null'])('what is no map is refused: %s', (policies) => {
  expect(read({ 'weir:policies': policies })).toMatchObject({
    kind: 'wrong',
    message: expect.stringMatching(/there is a mistake .*\nweir:policies {2}is no map/),
  });
});

test('the pack asks for the packages that are tested with it', () => {
  const { dependencies } = JSON.parse(readFileSync('policies/package.json', 'utf8'));
  const ours = JSON.parse(readFileSync('package.json', 'utf8')).dependencies;
  expect(Object.keys(dependencies)).toEqual(['@pulumi/policy', '@pulumi/pulumi']);
  expect(ours).toMatchObject(dependencies);
});
