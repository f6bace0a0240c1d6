import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIVE_OPTIONS } from '../../../policies/adapt/crossguard.ts';
import { RULES } from '../../../policies/catalogue.ts';
import { rulingsOf } from '../../../policies/config.ts';
import { resourcesOf } from '../../../policies/fixtures.ts';
import { PROFILES, type Rule } from '../../../policies/rule.ts';
import { type PackRunner, refusal, startPack } from '../../support/policies/pack-runner.ts';
import { linesOf, pureLines } from '../../support/policies/told.ts';

/** A stack of Weir's: what only it makes is looked at too. */
const OURS = { 'weir:owner': 'platform-team', 'weir:profile': 'prod' };
const isLive = (rule: Rule): boolean => rule.kind === 'resource' || (rule.needs ?? []).every((name) => LIVE_OPTIONS.includes(name));
const LIVE_RULES = RULES.filter(isLive);

let pack: PackRunner;
beforeAll(async () => {
  pack = await startPack(OURS);
});
afterAll(() => pack[Symbol.asyncDispose]());

describe.each(RULES.map((rule) => ({ id: rule.id, rule })))('in the runner, $id', ({ rule }) => {
  test.each(['pass', 'fail'] as const)('finds in its %s fixture what the pure call finds, and so does every other rule', async (which) => {
    const resources = resourcesOf(rule[which], `${rule.id}-${which}`);
    const pure = pureLines(resources);
    expect(linesOf(await pack.analyze(resources))).toEqual(pure);
    expect(pure.some((line) => line.startsWith(`${rule.id} `))).toBe(which === 'fail' && isLive(rule));
  });
});

describe('what the engine is told of policies', () => {
  test('each rule that CrossGuard tells enough for is one, and no other', async () => {
    expect((await pack.policies()).map(({ name }) => name)).toEqual(LIVE_RULES.map(({ id }) => id));
  });

  test.each(PROFILES)('each has the level that its rule has in %s, and none is left to the default', async (profile) => {
    await using other = await startPack({ ...OURS, 'weir:profile': profile });
    const expected = rulingsOf(LIVE_RULES, {}, profile).map(({ rule, level }) => ({ name: rule.id, level }));
    expect((await other.policies()).map(({ name, level }) => ({ name, level }))).toEqual(expected);
  });

  test('without a stack the strictest profile holds', async () => {
    await using other = await startPack();
    expect((await other.policies()).map(({ level }) => level)).toEqual(rulingsOf(LIVE_RULES, {}, 'prod').map(({ level }) => level));
  });

  test('a stack of Weir that names no profile is small, as its settings are', async () => {
    await using other = await startPack({ 'weir:owner': 'platform-team' });
    expect((await other.policies()).map(({ level }) => level)).toEqual(rulingsOf(LIVE_RULES, {}, 'small').map(({ level }) => level));
  });

  test('a person reads why and what to do, and finds the rule under its public ids', async () => {
    const policies = await pack.policies();
    for (const rule of LIVE_RULES) {
      expect(policies.find(({ name }) => name === rule.id)).toMatchObject({
        type: rule.kind === 'resource' ? 'resource' : 'stack',
        severity: rule.severity,
        displayName: rule.title,
        remedy: rule.remedy,
        tags: rule.ids,
      });
    }
    expect(policies.find(({ name }) => name === 'eks-private-endpoint')).toMatchObject({
      description:
        'The API server answers inside the VPC alone. A public endpoint is one leaked token away from the whole cluster, and is scanned within minutes of its creation.',
      framework: 'CIS EKS 5.4.2',
    });
  });

  test('parameters are in the schema with the value of the environment', async () => {
    const usual = LIVE_RULES.flatMap(({ id, params = {} }) =>
      Object.entries(params).map(([name, param]) => `${id} ${name} ${String(param.default)}`),
    );
    const told = (await pack.policies()).flatMap(({ name, schema }) =>
      Object.entries(schema).map(([key, { default: value }]) => `${name} ${key} ${String(value)}`),
    );
    expect(told).toEqual(usual);
  });
});

test('on a stack that is not of Weir, rules about what Weir makes say nothing', async () => {
  await using other = await startPack({ 'shop:owner': 'shop-team' });
  const about = LIVE_RULES.filter(({ scope, fail }) => scope === 'weir' && !JSON.stringify(fail).includes('weir'));
  for (const rule of about) {
    const told = await other.analyze(resourcesOf(rule.fail, rule.id));
    expect(told.filter(({ rule: id }) => id === rule.id)).toEqual([]);
  }
});

test('a component of Weir in the URN makes it one of Weir’s, whatever the stack is called', async () => {
  await using other = await startPack({ 'shop:owner': 'shop-team' });
  const about = LIVE_RULES.filter(({ scope, kind }) => scope === 'weir' && kind === 'resource');
  for (const rule of about) {
    const resources = resourcesOf(rule.fail, rule.id).map((each) => ({
      ...each,
      urn: each.urn.replace('::policies::', '::policies::weir:shop:Shop$'),
    }));
    const told = await other.analyze(resources);
    expect(told.some(({ rule: id }) => id === rule.id)).toBe(true);
  }
});

test('told nonsense it says so, in words, and listens to nobody', async () => {
  const { code, said, port } = await refusal({ 'weir:policies': 'eks-logs' });
  expect(said).toBe(`Weir's policies do not start: there is a mistake in the configuration of this stack.
weir:policies  is no map
  Write \`rules\` and \`waivers\` below it.
`);
  expect(port).toBe('');
  expect(code).toBe(1);
});
