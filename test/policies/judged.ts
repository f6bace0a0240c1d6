import { RULES } from '../../policies/catalogue.ts';
import { configProblems, type PolicyConfig } from '../../policies/config.ts';
import { judge, type Verdict } from '../../policies/judge.ts';
import type { OptionName, Resource } from '../../policies/resource.ts';
import type { Profile } from '../../policies/rule.ts';
import { type Recorded, stackValues } from '../support/environments.ts';
import { EVERY_OPTION, TODAY } from './given.ts';
import { environmentResources } from './prod.ts';

const NOTHING: PolicyConfig = {};
const isConfig = (value: unknown): value is PolicyConfig => configProblems(value, RULES).length === 0;

/** What the stack file says of policies: levels, and what is waived. */
function configOf(profile: Profile): PolicyConfig {
  const { policies = NOTHING } = stackValues(profile);
  if (!isConfig(policies)) throw new Error(`weir:policies of ${profile} is wrong`);
  return policies;
}

export interface Judged {
  readonly profile?: Profile;
  readonly config?: PolicyConfig;
  readonly tells?: readonly OptionName[];
}

/** The whole pack on some resources; by default as prod has it, without waivers. */
export function judged(resources: readonly Resource[], { profile = 'prod', config = NOTHING, tells = EVERY_OPTION }: Judged = {}): Verdict {
  return judge({ rules: RULES, resources, config, profile, today: TODAY, tells });
}

/** The whole pack on an environment with the tenants of the repository, and with the waivers of its stack file. */
export async function judgedEnvironment(profile: Profile, recorded: Recorded = {}): Promise<Verdict> {
  const { stack, applied } = await environmentResources(profile, recorded);
  return judged([...stack, ...applied.map(({ resource }) => resource)], { profile, config: configOf(profile) });
}

export const found = ({ findings }: Verdict): readonly string[] =>
  findings.map(({ rule, resource, path, problem }) => `${rule.id}: ${resource.urn} ${path} ${problem}`);
