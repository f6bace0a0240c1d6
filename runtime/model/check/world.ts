import type { EffectiveFeatures } from '../features-file.ts';
import type { Profile } from '../layers/profiles.ts';
import type { LoadedFolder, LoadedModel, LoadedTenant } from '../loaded.ts';
import type { Finding } from '../read/locate.ts';
import type { Problem } from '../read/problem.ts';
import type { EffectiveTenant } from '../tenant-file.ts';

/** A folder of tenants as the checks across files look at it. Only what is right in itself is in it. */
export interface World {
  readonly folder: LoadedFolder;
  readonly profile: Profile;
  readonly tenants: ReadonlyMap<string, LoadedTenant>;
  /** Models by tenant, in the order of the folder. */
  readonly models: ReadonlyMap<string, readonly LoadedModel[]>;
  /** `features.yaml` of every tenant that has one. */
  readonly catalogues: ReadonlyMap<string, EffectiveFeatures>;
  readonly shares: ReadonlyMap<string, EffectiveTenant['shares']['features']>;
}

/** One model of the folder with what lies around it. */
export interface Placed {
  readonly loaded: LoadedModel;
  readonly world: World;
  /** Null without a tenant file, or with one that is wrong. */
  readonly tenant: (LoadedTenant & { readonly tenant: EffectiveTenant }) | null;
}

export function worldOf(folder: LoadedFolder, profile: Profile): World {
  const models = new Map<string, LoadedModel[]>();
  for (const loaded of folder.models) {
    const known = models.get(loaded.model.tenant);
    if (known === undefined) models.set(loaded.model.tenant, [loaded]);
    else known.push(loaded);
  }
  return {
    folder,
    profile,
    tenants: new Map(folder.tenants.map((tenant) => [tenant.name, tenant])),
    models,
    catalogues: new Map(folder.tenants.flatMap(({ name, features }) => (features === null ? [] : [[name, features]]))),
    shares: new Map(folder.tenants.flatMap(({ name, tenant }) => (tenant === null ? [] : [[name, tenant.shares.features]]))),
  };
}

/** The tenant of a model; null without a tenant file. */
export function tenantOf(world: World, name: string): Placed['tenant'] {
  const found = world.tenants.get(name);
  return found === undefined || found.tenant === null ? null : { ...found, tenant: found.tenant };
}

/** Whether a file of a tenant is there and wrong, which is told: what hangs on it is not told then. */
export function isWrong({ folder, tenants }: World, tenant: string, file: 'tenant.yaml' | 'features.yaml'): boolean {
  const path = tenants.get(tenant)?.path;
  return folder.problems.some((problem) => problem.file === `${path}/${file}`);
}

/** The kinds of GPU that there are, as a remedy; an environment may have none that Weir knows. */
export function offerOf({ accelerators }: World['profile']): string {
  return accelerators.length === 0 ? 'It offers none: leave the accelerator out.' : `It offers ${accelerators.join(', ')}.`;
}

/** One machine, one person: nothing is shared, priced or guarded there. */
export const isLocal = ({ profile }: Pick<World, 'profile'>): boolean => profile.name === 'local';

/** Where something stands in another file: `tenants/payments/tenant.yaml:7`. */
export function placeText({ file, line }: Pick<Problem, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

/** A finding that stops nothing: what it is about works, and somebody should know. */
export const warning = (finding: Finding): Finding => ({ ...finding, level: 'warning' });

/** Findings about one model as problems. */
export const inModel = ({ loaded }: Pick<Placed, 'loaded'>, findings: readonly Finding[]): readonly Problem[] =>
  findings.map((finding) => loaded.locate(finding));
