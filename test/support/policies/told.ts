import { LIVE_OPTIONS } from '../../../policies/adapt/crossguard.ts';
import { RULES } from '../../../policies/catalogue.ts';
import type { PolicyConfig } from '../../../policies/config.ts';
import { judge } from '../../../policies/judge.ts';
import type { Resource } from '../../../policies/resource.ts';
import type { Profile } from '../../../policies/rule.ts';
import type { Told } from './pack-runner.ts';

/** Findings to compare, sorted: the engine tells in an order of its own. The line after the policy's description is what a finding says. */
export const linesOf = (told: readonly Told[]): readonly string[] =>
  told.map(({ rule, level, urn, message }) => `${rule} ${level} ${urn} ${message.split('\n')[1]}`).sort();

export interface Asked {
  readonly config?: PolicyConfig;
  readonly profile?: Profile;
  readonly tells?: typeof LIVE_OPTIONS;
}

/** What the pure call finds of the same resources, as a stack of Weir's, in the order in which the pack looks at them. */
export function pureLines(given: readonly Resource[], { config = {}, profile = 'prod', tells = LIVE_OPTIONS }: Asked = {}): readonly string[] {
  const rules = RULES.map((rule) => ({ ...rule, scope: 'any' as const }));
  const resources = given.toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  const { findings } = judge({ rules, resources, config, profile, today: new Date(), tells });
  return findings
    .map(
      ({ rule, level, resource: { urn, name }, path, problem }) => `${rule.id} ${level} ${urn} ${name} ${problem}${path === '' ? '' : ` (${path})`}`,
    )
    .sort();
}
