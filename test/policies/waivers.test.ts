import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseStackFile } from '../../cli/plan/stack-file.ts';
import { RULES } from '../../policies/catalogue.ts';
import type { PolicyConfig } from '../../policies/config.ts';
import { judge, type Verdict } from '../../policies/judge.ts';
import type { Resource } from '../../policies/resource.ts';
import type { Profile, Rule } from '../../policies/rule.ts';
import { PROFILES } from '../support/environments.ts';
import { EVERY_OPTION, TODAY } from './given.ts';
import { environmentResources } from './prod.ts';

/** What dev and small may have, and have not by default: a door for people without a VPN. */
const OPEN = { cluster: { publicCidrs: ['198.51.100.0/24'] } };

const environments = new Map<Profile, readonly Resource[]>();
beforeAll(async () => {
  for (const profile of PROFILES) {
    const settings = profile === 'prod' || profile === 'staging' ? {} : OPEN;
    const { stack, applied } = await environmentResources(profile, { settings });
    environments.set(profile, [...stack, ...applied.map(({ resource }) => resource)]);
  }
});

function judged(profile: Profile, rules: readonly Rule[] = RULES, config: PolicyConfig = {}): Verdict {
  return judge({ rules, resources: environments.get(profile) ?? [], config, profile, today: TODAY, tells: EVERY_OPTION });
}
const told = (findings: Verdict['findings']): readonly string[] =>
  findings.map(({ rule, resource, path, problem }) => `${rule.id} ${resource.name} ${path} ${problem}`);
const enabled = ({ id }: Rule): PolicyConfig => ({ rules: { [id]: { level: 'mandatory' } } });

const EXEMPT = RULES.flatMap((rule) => PROFILES.flatMap((profile) => (rule.exempt?.[profile] === undefined ? [] : [{ id: rule.id, rule, profile }])));
const EXCEPTIONS = RULES.flatMap((rule) => (rule.exceptions ?? []).map((exception) => ({ id: rule.id, rule, exception })));

test.each(EXEMPT)('$id is exempt in $profile because that profile breaks it: without, it is found', ({ rule, profile }) => {
  expect(judged(profile, [rule], enabled(rule)).findings).not.toEqual([]);
  expect(judged(profile, [rule]).findings).toEqual([]);
});

test.each(EXCEPTIONS)('the exception of $id for $exception.urn covers something, and without it exactly that is found', ({ rule, exception }) => {
  const without: Rule = { ...rule, exceptions: (rule.exceptions ?? []).filter((each) => each !== exception) };
  const found = PROFILES.flatMap((profile) => {
    const covered = judged(profile, [rule]).waived.filter(({ waiver }) => waiver.urn === exception.urn && waiver.path === exception.path);
    expect(told(judged(profile, [without]).findings)).toEqual(told(covered));
    return covered;
  });
  expect(found).not.toEqual([]);
  expect(exception.reason).toMatch(/^[A-Z].{20,}\.$/s);
  expect(exception.urn).toMatch(/[$:]weir:/);
});

describe.each(readdirSync('stacks').flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []))('the stack file of %s', (stack) => {
  const config = (): { readonly profile: Profile; readonly policies: PolicyConfig } => {
    const read = parseStackFile(`stacks/Pulumi.${stack}.yaml`, stack, readFileSync(`stacks/Pulumi.${stack}.yaml`, 'utf8'));
    if (read.kind === 'wrong') throw new Error(`${stack} has problems`);
    return { profile: read.stackFile.settings.profile, policies: read.stackFile.settings.policies ?? {} };
  };

  test('leaves nothing of its profile found, and no waiver unused; each that it has is needed', () => {
    const { profile, policies } = config();
    const waivers = policies.waivers ?? [];
    expect(told(judged(profile, RULES, policies).findings)).toEqual([]);
    expect(judged(profile, RULES, policies).unused).toEqual([]);
    for (const waiver of waivers) {
      const covered = judged(profile, RULES, policies).waived.filter((finding) => finding.waiver === waiver);
      expect(covered).not.toEqual([]);
      const rest = { ...policies, waivers: waivers.filter((each) => each !== waiver) };
      expect(told(judged(profile, RULES, rest).findings)).toEqual(told(covered));
    }
  });
});
