import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { ArgsError, messageOf } from '../../errors.ts';
import type { Problem } from './problem.ts';
import { statOf, wholeFile } from './text.ts';

/** The files of one tenant's folder. A file of settings that is not there is null. */
export interface TenantFiles {
  readonly tenant: string;
  /** The folder, as the person named it. */
  readonly path: string;
  readonly settings: string | null;
  readonly features: string | null;
  readonly models: readonly string[];
}

export interface Found {
  readonly tenants: readonly TenantFiles[];
  /** Names that would be read as nothing. */
  readonly problems: readonly Problem[];
}

const PAGE = "A page of the platform's answers there: name the tenant after its team.";

/**
 * Names that are taken. A tenant's queue bears its name, and Kueue gives a queue `default` every workload of the namespace that names none: pods that
 * serve, too. Its host does as well, and the platform's pages have theirs below the same domain.
 */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['default', 'A queue of this name takes what belongs to others: name the tenant after its team.'],
  ['grafana', PAGE],
  ['mlflow', PAGE],
  ['argo', PAGE],
]);

/** A DNS label: the tenant becomes a host name, a namespace and a queue. */
export const isTenantName = (name: string): boolean => !RESERVED.has(name) && /^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/.test(name);

/** A folder that cannot be a tenant's, told at this path. */
export function wrongName(path: string, name: string): Problem {
  const taken = RESERVED.get(name);
  if (taken !== undefined) return wholeFile(path, `"${name}" is a reserved name`, taken);
  return wholeFile(path, `"${name}" is not a DNS name`, 'Lower-case letters, digits and dashes, at most 50, such as payments');
}

/**
 * The tenants below a folder, by name: a folder without `tenant.yaml`, `features.yaml` and `models/` is none. Looks three levels deep and no
 * deeper, so that no loop of links can hold it. Throws ArgsError when the folder cannot be listed.
 */
export function findTenants(directory: string): Found {
  const problems: Problem[] = [];
  const tenants: TenantFiles[] = [];
  for (const { name } of entries(directory)) {
    const path = join(directory, name);
    const files = statOf(path)?.isDirectory() === true ? tenantFiles(path, name, problems) : null;
    if (files === null) continue;
    if (isTenantName(name)) tenants.push(files);
    else problems.push(wrongName(path, name));
  }
  return { tenants, problems };
}

/** The files of one tenant's folder; null when it is none. */
export function tenantFiles(path: string, tenant: string, problems: Problem[]): TenantFiles | null {
  const folder = join(path, 'models');
  const models = statOf(folder)?.isDirectory() === true ? yamlFiles(folder, problems).filter((file) => isOurs(file, path, problems)) : null;
  const [settings, features] = ['tenant.yaml', 'features.yaml']
    .map((name) => join(path, name))
    .map((file) => (isThere(file) && isOurs(file, path, problems) ? file : null));
  for (const name of ['tenant.yml', 'features.yml']) if (isThere(join(path, name))) problems.push(unread(path, name));
  if (models === null && settings === null && features === null) return null;
  return { tenant, path, settings: settings ?? null, features: features ?? null, models: models ?? [] };
}

/** Every file that a read of the folder would look at, as absolute paths: cheap enough to look every second whether one changed. */
export function listModelFiles(directory: string): readonly string[] {
  const { tenants } = findTenants(directory);
  return tenants.flatMap(({ settings, features, models }) =>
    [settings, features, ...models].flatMap((path) => (path === null ? [] : [resolve(path)])),
  );
}

function yamlFiles(folder: string, problems: Problem[]): readonly string[] {
  const names = entries(folder).map(({ name }) => name);
  problems.push(...names.filter((name) => name.endsWith('.yml')).map((name) => unread(folder, name)));
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
}

const unread = (folder: string, name: string): Problem =>
  wholeFile(join(folder, name), 'this file is not read', `Name it ${name.replace(/yml$/, 'yaml')}.`);

/**
 * Links may lead around among the tenants. One that leads out is not read: messages show what they are about, and would show files of the
 * machine that checks a stranger's change.
 */
function isOurs(file: string, tenant: string, problems: Problem[]): boolean {
  if (!lstatSync(file).isSymbolicLink()) return true;
  const target = realPath(file);
  if (target === null || [tenant, join(tenant, '..')].some((folder) => target.startsWith(`${realPath(folder)}${sep}`))) return true;
  problems.push(wholeFile(file, 'this is a link that leads out of the folder of tenants', 'Put the file itself in its place.'));
  return false;
}

/** Null for a broken link or a loop of links: reading it tells so. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** A broken link is there, too: reading it tells so. */
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

function entries(directory: string): readonly Dirent[] {
  try {
    const all = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new ArgsError(directory, `this folder cannot be listed: ${messageOf(error)}`, 'Name a folder of tenants: <tenant>/models/<model>.yaml', {
      cause: error,
    });
  }
}
