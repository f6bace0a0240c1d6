import type { Recording, World } from '../../../cli/graph/node.ts';
import type { TreeMap } from '../../../runtime/model/layers/tree.ts';
import { type CloudProfile, recordEnvironment, type Split, stackValues } from '../environments.ts';
import { PLACE, standInCloud } from './cloud.ts';

export { PROFILES } from '../environments.ts';

/** A recorded environment, and what of its values the stand-in cloud made up. */
export interface RecordedProfile extends Recording {
  readonly answered: ReadonlySet<string>;
  /** The stand-in cloud itself. */
  readonly state: NonNullable<World['state']>;
}

/** The program of an environment, in a cloud that lies where its settings say: the whole in one stack, or a layer; with other settings on request. */
export async function recordProfile(profile: CloudProfile, settings: TreeMap = {}, split: Split = 'whole'): Promise<RecordedProfile> {
  const secretKeys = 'registryCredentials' in settings ? ['weir:registryCredentials'] : [];
  const { account, region } = stackValues(profile);
  const { state, answered } = standInCloud({ ...PLACE, account: String(account), region: String(region) });
  return { ...(await recordEnvironment(profile, { split, settings, world: { state, secretKeys } })), answered, state };
}
