import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lakeNameProblems } from '../../components/lake/names.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { checkFolder } from '../../runtime/model/check/folder.ts';
import { ACCELERATORS, type Profile, profileOf } from '../../runtime/model/layers/profiles.ts';
import type { LoadedFolder, LoadedModel, TenantModel } from '../../runtime/model/loaded.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { type Problem, problemText, sortProblems } from '../../runtime/model/read/problem.ts';
import { statOf } from '../../runtime/model/read/text.ts';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';
import { tenantsFolderOf } from '../settings/derived.ts';
import type { Settings } from '../settings/settings-file.ts';

/** The project's folder, wherever the program was started: `pulumi up` runs below stacks/. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A tenant with its models, whole and checked. */
export interface ReadTenant {
  readonly tenant: EffectiveTenant;
  /** By name. */
  readonly models: readonly TenantModel[];
}

type Given = Pick<Settings, 'tenantsDir' | 'profile' | 'pools' | 'lake'>;

/**
 * Reads `weir:tenantsDir` with all the checks of `weir validate`, for this environment: by name, none for an empty folder, which is right. Warnings stop nothing, and
 * are that command's to tell.
 * @throws ArgsError for a folder that is not there, and with every mistake of every file
 */
export function readTenants(settings: Given, root = ROOT): readonly ReadTenant[] {
  const folder = tenantsFolderOf(settings, root);
  assertFolder(folder);
  const profile = profileFor(settings);
  const loaded = loadFolder(folder, { profile });
  if (loaded.tenants.length === 0) assertEmpty(folder);
  const models = Map.groupBy(loaded.models, ({ model }) => model.tenant);
  const unlakable = settings.lake === 'on' ? [...models.values()].flatMap(lakeNameProblems) : [];
  const found = [...loaded.problems, ...checkFolder(loaded, profile), ...unlakable];
  const wrong = found.filter(({ level }) => level !== 'warning');
  if (wrong.length > 0) throw mistakes(sortProblems(wrong).map((problem) => fromRoot(problem, root)));
  return tenantsOf(loaded, models);
}

/** @throws ArgsError for what is no folder */
function assertFolder(folder: string): void {
  const found = statOf(folder);
  if (found?.isDirectory() === true) return;
  const remedy = 'Name the folder of the tenants, from the root of the project, or make it: an empty one holds no tenants.';
  throw new ArgsError('weir:tenantsDir', found === null ? `there is no folder ${folder}` : `${folder} is no folder`, remedy);
}

/** Of the editor, beside the tenants. */
const SCHEMAS = 'schemas';

/**
 * A folder too high or too deep holds no tenants either, and the next `up` would take all of them away.
 * @throws ArgsError where folders lie in it, or a tenant's file
 */
function assertEmpty(folder: string): void {
  const entries = readdirSync(folder, { withFileTypes: true });
  const others = entries.filter(({ name }) => name === 'tenant.yaml' || (!name.startsWith('.') && name !== SCHEMAS && isFolder(join(folder, name))));
  const [first] = others;
  if (first === undefined) return;
  const problem = `${folder} holds no tenant, and is not empty: ${first.name} is none`;
  throw new ArgsError(
    'weir:tenantsDir',
    problem,
    'Name the folder that has <tenant>/tenant.yaml below it: with no tenant left, an up would remove all of them.',
  );
}

const isFolder = (path: string): boolean => statOf(path)?.isDirectory() === true;

/** The profile as this environment has changed it: its own limit of GPUs, and those of its own families. */
function profileFor({ profile, pools }: Given): Profile {
  const accelerators = pools.gpuFamilies.flatMap((family) => ACCELERATORS[family] ?? []);
  return { ...profileOf(profile), gpuLimit: pools.gpus, accelerators: [...new Set(accelerators)].sort() };
}

/** A folder that holds nothing but features, and no file of its tenant, is none yet. */
function tenantsOf({ tenants }: LoadedFolder, models: ReadonlyMap<string, readonly LoadedModel[]>): readonly ReadTenant[] {
  return tenants.flatMap(({ name, tenant }) => (tenant === null ? [] : [{ tenant, models: (models.get(name) ?? []).map(({ model }) => model) }]));
}

/** Files of the project are named from its root, as people name them; those of another repository by their whole path. */
function fromRoot(problem: Problem, root: string): Problem {
  const path = relative(root, problem.file);
  return path.startsWith('..') ? problem : { ...problem, file: path };
}

function mistakes(problems: readonly Problem[]): ArgsError {
  const files = new Set(problems.map(({ file }) => file)).size;
  const counted = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  return new ArgsError(
    'weir:tenantsDir',
    `${counted}\n${problems.map(problemText).join('\n')}`,
    'Nothing is planned until they are right: `weir validate` tells the same.',
  );
}
