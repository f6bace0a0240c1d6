import type { Recording, World } from '../../../cli/graph/node.ts';
import { type CloudProfile, recordEnvironment, stackValues } from '../environments.ts';
import { PLACE, standInCloud } from './cloud.ts';

export { PROFILES } from '../environments.ts';

/** A recorded environment, and what of its values the stand-in cloud made up. */
export interface RecordedProfile extends Recording {
  readonly answered: ReadonlySet<string>;
  /** The stand-in cloud itself. */
  readonly state: NonNullable<World['state']>;
}

/** The whole program of an environment in one stack, in a cloud that lies where its settings say. */
export async function recordProfile(profile: CloudProfile): Promise<RecordedProfile> {
  const { account, region } = stackValues(profile);
  const { state, answered } = standInCloud({ ...PLACE, account: String(account), region: String(region) });
  return { ...(await recordEnvironment(profile, { world: { state } })), answered, state };
}
