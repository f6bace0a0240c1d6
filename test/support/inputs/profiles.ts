import { readFileSync } from 'node:fs';
import type { Recording, World } from '../../../cli/graph/node.ts';
import { record } from '../../../cli/graph/record.ts';
import { parseStackFile } from '../../../cli/plan/stack-file.ts';
import { environment } from '../../../stacks/environment.ts';
import { standInCloud } from './cloud.ts';

export const PROFILES = ['dev', 'small', 'staging', 'prod'] as const;
export type Profile = (typeof PROFILES)[number];

/** A recorded environment, and what of its values the stand-in cloud made up. */
export interface RecordedProfile extends Recording {
  readonly profile: Profile;
  readonly answered: ReadonlySet<string>;
  /** The stand-in cloud itself. */
  readonly state: NonNullable<World['state']>;
}

/** The whole program of an environment in one stack, from the stack file that the repository ships; `small` has none and takes prod's. */
export async function recordProfile(profile: Profile): Promise<RecordedProfile> {
  const stack = profile === 'small' ? 'prod' : profile;
  const file = new URL(`../../../stacks/Pulumi.${stack}.yaml`, import.meta.url);
  const text = readFileSync(file, 'utf8').replace(/^( *weir:profile:).*$/m, `$1 ${profile}`);
  const read = parseStackFile(`Pulumi.${stack}.yaml`, stack, text);
  if (read.kind === 'wrong') throw new Error(read.problems.map((each) => `${each.path}: ${each.problem}`).join('\n'));
  const { config, secretKeys, settings } = read.stackFile;
  const cloud = standInCloud({ account: settings.account, region: settings.region, partition: 'aws' });
  const recording = await record(() => environment(), { stack, config, secretKeys, state: cloud.state });
  return { ...recording, profile, answered: cloud.answered, state: cloud.state };
}
