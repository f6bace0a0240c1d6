import { Option } from 'commander';
import { PROFILES, type Profile } from '../../policies/rule.ts';

/** `--profile`. Default `prod`: somebody who knows nothing of profiles is to be told everything. */
export const policyProfileOption = (): Option =>
  new Option('--profile <name>', 'the environment that it is for: some rules are not for smaller ones').choices([...PROFILES]).default('prod');

export interface PolicyProfileFlag {
  readonly profile: Profile;
}
