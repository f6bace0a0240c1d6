import { resolve } from 'node:path';
import type { Settings } from './settings-file.ts';

/** The cluster's name: an existing one keeps its own. */
export function clusterNameOf({ environment, existing }: Settings): string {
  return existing?.cluster?.name ?? `weir-${environment}`;
}

/** Tags of everything, for bills and for people (30-platform, 9). */
export function tagsOf({ environment, owner, costCenter, dataClass }: Settings): Readonly<Record<string, string>> {
  return {
    platform: 'weir',
    env: environment,
    owner,
    'cost-center': costCenter,
    stack: environment,
    'managed-by': 'pulumi',
    'data-class': dataClass,
  };
}

/** Where the tenants' files lie. `root`: the folder that `stacks/` lies in; never the working directory, which is `stacks/` while Pulumi runs. */
export function tenantsFolderOf({ tenantsDir }: Pick<Settings, 'tenantsDir'>, root: string): string {
  return resolve(root, tenantsDir);
}
