import { Option } from 'commander';
import { PROFILES, type ProfileName } from '../runtime/model/layers/profiles.ts';

/** `--profile`: the environment that files are read for. Default `small`, as of an environment's settings (30-platform, 1). */
export const profileOption = (): Option =>
  new Option('--profile <name>', 'the environment that the files are read for').choices([...PROFILES]).default('small');

export interface ProfileFlag {
  readonly profile: ProfileName;
}
