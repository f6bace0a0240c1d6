import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { PolicyConfig } from '../../../policies/config.ts';
import { resourcesOf } from '../../../policies/fixtures.ts';
import type { Profile } from '../../../policies/rule.ts';
import { withDefaultProviders } from '../../support/policies/all-fixtures.ts';
import { type Given, openPolicyEngine, type PolicyEngine, STACK } from '../../support/policies/policy-engine.ts';
import { linesOf, pureLines } from '../../support/policies/told.ts';
import { UNKNOWN } from '../../support/policies/unknowns.ts';
import { pulumiHere } from '../../support/pulumi.ts';

const cli = await pulumiHere();
const PATIENCE = 120_000;
const CLUSTER = 'aws:eks/cluster:Cluster';
const SEED = 'random:index/randomString:RandomString';

const cluster = (name: string, vpcConfig: Readonly<Record<string, unknown>>, logs: readonly string[] = []): Given => ({
  type: CLUSTER,
  name,
  props: { vpcConfig, enabledClusterLogTypes: logs },
});
const OPEN = { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['198.51.100.0/24'] };
const SHUT = { endpointPublicAccess: false, endpointPrivateAccess: true };
const TWO_OPEN = [cluster('left', OPEN), cluster('right', OPEN), cluster('inside', SHUT, ['audit', 'api'])];

const stackFile = (policies: unknown, profile: Profile = 'prod'): string =>
  stringify(
    { config: { 'weir:owner': 'platform-team', 'weir:profile': profile, 'weir:policies': policies } },
    { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }, // Pulumi reads a bare day as a time
  );
const opened = (policies: unknown, resources = TWO_OPEN, profile: Profile = 'prod'): Promise<PolicyEngine> => {
  if (cli === null) throw new Error('no CLI');
  return openPolicyEngine(cli, { resources, stackFile: stackFile(policies, profile) });
};
const pure = (config: PolicyConfig, { given = TWO_OPEN, profile = 'prod' }: { readonly given?: readonly Given[]; readonly profile?: Profile } = {}) =>
  pureLines(withDefaultProviders(resourcesOf(given, STACK)), { config, profile });

const waiver = (expires: string) => ({
  rule: 'eks-private-endpoint',
  urn: '*::left',
  reason: 'The office has no way into the network until the tunnel is there.',
  owner: 'platform-team',
  expires,
});

describe.skipIf(cli === null)('through the real engine, what a stack file says of policies', () => {
  test('a waiver takes away its finding, and no other; it does not when it has run out', { timeout: PATIENCE }, async () => {
    const all = pure({});
    const covered = all.filter((line) => line.startsWith('eks-private-endpoint ') && line.includes('::left '));
    expect(covered).toHaveLength(1);

    await using valid = await opened({ waivers: [waiver('2099-12-31')] });
    const accepted = await valid.judged(['preview', '--stack', STACK]);
    expect(linesOf(accepted.told)).toEqual(all.filter((line) => !covered.includes(line)));

    await using late = await opened({ waivers: [waiver('2026-01-31')] });
    const lapsed = await late.judged(['preview', '--stack', STACK]);
    expect(linesOf(lapsed.told)).toEqual(all);
    expect(lapsed.output).toContain(
      'Its waiver ended on 2026-01-31: ask platform-team, who wrote “The office has no way into the network until the tunnel is there.”',
    );
  });

  test('levels and parameters are obeyed, and those of --policy-pack-config go before them', { timeout: PATIENCE }, async () => {
    const config = {
      rules: { 'eks-private-endpoint': { level: 'advisory' }, 'eks-own-key': { level: 'disabled' }, 'eks-logs': { params: { kinds: ['audit'] } } },
    } as const;
    await using engine = await opened(config);
    const preview = await engine.judged(['preview', '--stack', STACK]);
    expect(linesOf(preview.told)).toEqual(pure(config));
    expect(preview.told.some(({ rule, level }) => rule === 'eks-private-endpoint' && level === 'advisory')).toBe(true);
    expect(preview.told.some(({ rule }) => rule === 'eks-own-key')).toBe(false);

    const given = {
      'eks-private-endpoint': 'disabled',
      'eks-own-key': 'mandatory',
      'eks-logs': { enforcementLevel: 'advisory', kinds: ['scheduler'] },
    };
    const above = await engine.judged(['preview', '--stack', STACK], given);
    const same = {
      rules: {
        'eks-private-endpoint': { level: 'disabled' },
        'eks-own-key': { level: 'mandatory' },
        'eks-logs': { level: 'advisory', params: { kinds: ['scheduler'] } },
      },
    } as const;
    expect(linesOf(above.told)).toEqual(pure(same));
    expect(linesOf(above.told)).not.toEqual(linesOf(preview.told));
  });

  test('a profile that breaks a rule by design is not told of it', { timeout: PATIENCE }, async () => {
    await using engine = await opened({}, TWO_OPEN, 'dev');
    const preview = await engine.judged(['preview', '--stack', STACK]);
    expect(linesOf(preview.told)).toEqual(pure({}, { profile: 'dev' }));
    expect(preview.told.some(({ rule }) => rule === 'eks-private-endpoint')).toBe(false);
  });

  test('a pack that is told nonsense does not start, and names all of it', { timeout: PATIENCE }, async () => {
    await using engine = await opened({ rules: { 'eks-lgos': {}, 'eks-logs': { level: 'hard' } }, waivers: [{ rule: 'eks-logs' }] });
    const { code, output, told } = await engine.judged(['up', '--stack', STACK, '--yes', '--skip-preview']);
    expect(code).not.toBe(0);
    expect(told).toEqual([]);
    expect(engine.created()).toEqual([]);
    for (const said of [
      /Weir's policies do not start: there are \d+ mistakes in the configuration of this stack\./,
      /weir:policies\.rules\.eks-lgos {2}there is no rule eks-lgos/,
      /weir:policies\.rules\.eks-logs\.level {2}"hard" is no level/,
      /weir:policies\.waivers\[0\]\.expires {2}nothing is no day/,
    ]) {
      expect(output).toMatch(said);
    }
    expect(output).not.toMatch(/ {4}at .*policies/);
  });
});

describe.skipIf(cli === null)('through the real engine, what is not known before the first `up`', () => {
  const given = (later: unknown): readonly Given[] => [
    { type: SEED, name: 'seed', props: { length: 8 } },
    cluster('open', OPEN),
    { ...cluster('later', { ...SHUT, endpointPublicAccess: later }), dependencies: ['seed'] },
    { ...cluster('inside-later', { ...SHUT, endpointPrivateAccess: later }), dependencies: ['seed'] },
  ];

  test('stops where a rule wants it known, is no finding elsewhere, and silences no other resource', { timeout: PATIENCE }, async () => {
    await using engine = await opened({}, [...given({ $trueOnce: 'seed' })]);
    const preview = await engine.judged(['preview', '--stack', STACK]);
    expect(linesOf(preview.told)).toEqual(pure({}, { given: given(UNKNOWN) }));
    expect(
      preview.told
        .filter(({ rule }) => rule === 'eks-private-endpoint')
        .map(({ urn, level, message }) => `${urn.split('::')[3]} ${level} ${message.split('\n')[1]}`),
    ).toEqual([
      'open mandatory open answers the internet (vpcConfig.endpointPublicAccess)',
      'later mandatory later is not known before it exists: nobody could judge it in time (vpcConfig.endpointPublicAccess)',
    ]);

    const up = await engine.judged(['up', '--stack', STACK, '--yes', '--skip-preview'], { all: 'advisory' });
    expect(
      up.told.filter(({ rule, urn }) => rule === 'eks-private-endpoint' && urn.endsWith('::later')).map(({ message }) => message.split('\n')[1]),
    ).toEqual(['later answers the internet (vpcConfig.endpointPublicAccess)']);
  });
});
