import { type RecordedResources, recordedResources } from '../../cli/policy/sources/recorded.ts';
import type { Resource } from '../../policies/resource.ts';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadTenants } from '../../runtime/model/read/load.ts';
import { type CloudProfile, type Recorded, recordEnvironment } from '../support/environments.ts';

/** What an environment comes to with the tenants of the repository. */
export async function environmentResources(profile: CloudProfile, recorded: Recorded = {}): Promise<RecordedResources> {
  const recording = await recordEnvironment(profile, recorded);
  const folder = loadTenants('tenants', { profile: profileOf(profile) });
  return recordedResources({ recording, folder, hash: await loadHash64() });
}

/** Production, whole: what the stack makes, and what the controller applies. */
export async function prodResources(): Promise<readonly Resource[]> {
  const { stack, applied } = await environmentResources('prod');
  return [...stack, ...applied.map(({ resource }) => resource)];
}
