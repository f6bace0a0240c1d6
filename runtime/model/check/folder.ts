import type { Profile } from '../layers/profiles.ts';
import type { LoadedFolder } from '../loaded.ts';
import { type Problem, sortProblems } from '../read/problem.ts';
import { checkCatalogues } from './catalogue.ts';
import { checkExpectedTime } from './expected.ts';
import { checkFeatures } from './feature-use.ts';
import { checkTypes } from './lake.ts';
import { checkFileName, checkTenants } from './place.ts';
import { checkPlatform } from './platform.ts';
import { checkPools } from './pools.ts';
import { checkGpuLimit, checkQuotas } from './quota.ts';
import { checkRetention } from './retention.ts';
import { checkRisk } from './risk.ts';
import { checkRoutes } from './routes.ts';
import { secretsIn, secretsInTenant } from './secret-findings.ts';
import { checkSharedModel, checkShares } from './shares.ts';
import { checkSinks } from './sinks.ts';
import { inModel, type Placed, tenantOf, type World, worldOf } from './world.ts';

/**
 * What is wrong between the files of a folder, or in this environment, and warnings of any kind: by file and line. What is wrong in a single
 * file is in `folder.problems` already, and what depends on such a file is not told. Pure.
 */
export function checkFolder(folder: LoadedFolder, profile: Profile): readonly Problem[] {
  const world = worldOf(folder, profile);
  const models = folder.models.flatMap((loaded) => {
    const placed: Placed = { loaded, world, tenant: tenantOf(world, loaded.model.tenant) };
    return [
      ...inModel(
        placed,
        OF_EACH.flatMap((check) => check(placed)),
      ),
      ...secretsIn(loaded.model, (finding) => loaded.locate(finding)),
    ];
  });
  const all = OF_ALL.flatMap((check) => check(world));
  return sortProblems([...models, ...all, ...folder.tenants.flatMap(secretsInTenant)]);
}

const OF_EACH = [checkFileName, checkPlatform, checkFeatures, checkSharedModel, checkRetention, checkRisk, checkExpectedTime] as const;

const OF_ALL: readonly ((world: World) => readonly Problem[])[] = [
  checkTenants,
  checkPools,
  checkRoutes,
  checkSinks,
  checkCatalogues,
  checkShares,
  checkTypes,
  checkQuotas,
  checkGpuLimit,
];
