import type { Profile } from '../layers/profiles.ts';
import type { LoadedFolder, LoadedModel } from '../loaded.ts';
import type { Finding } from '../read/locate.ts';
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
  const place = (loaded: LoadedModel): Placed => ({ loaded, world, tenant: tenantOf(world, loaded.model.tenant) });
  const doubtful = folder.doubtful.flatMap(({ loaded, damaged }) => {
    const sections = new Set(damaged.map(([section]) => section));
    const isWhole = ({ path }: Finding): boolean => !sections.has(path[0]);
    const checks = OF_DOUBTFUL.filter(({ needs }) => !needs.some((section) => sections.has(section)));
    return inModel(place(loaded), checks.flatMap(({ check }) => check(place(loaded))).filter(isWhole));
  });
  const models = folder.models.flatMap((loaded) => {
    const placed = place(loaded);
    return [
      ...inModel(
        placed,
        OF_EACH.flatMap((check) => check(placed)),
      ),
      ...secretsIn(loaded.model, (finding) => loaded.locate(finding)),
    ];
  });
  const all = OF_ALL.flatMap((check) => check(world));
  return sortProblems([...models, ...doubtful, ...all, ...folder.tenants.flatMap(secretsInTenant)]);
}

const OF_EACH = [checkFileName, checkPlatform, checkFeatures, checkSharedModel, checkRetention, checkRisk, checkExpectedTime] as const;

/** What can be said of a model with mistakes of its own, when the sections that it follows from are right. */
const OF_DOUBTFUL: readonly { readonly check: (placed: Placed) => readonly Finding[]; readonly needs: readonly string[] }[] = [
  { check: checkFileName, needs: ['model'] },
  { check: checkSharedModel, needs: ['registry', 'model'] },
  { check: checkFeatures, needs: ['features', 'inputs', 'outputs', 'serving'] },
  { check: checkRetention, needs: ['labels', 'risk'] },
  { check: checkPlatform, needs: ['serving', 'rollout', 'route', 'pattern', 'llm', 'model'] },
];

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
