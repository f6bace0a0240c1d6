import { basename, dirname, join, resolve } from 'node:path';
import { resolveService } from '../../features/catalogue.ts';
import type { EffectiveFeatures } from '../features-file.ts';
import { layersBelow } from '../layers/effective.ts';
import { effectiveFeatures, effectiveTenant } from '../layers/files.ts';
import type { Profile } from '../layers/profiles.ts';
import type { DoubtfulModel, LoadedFolder, LoadedModel, LoadedTenant } from '../loaded.ts';
import type { EffectiveTenant } from '../tenant-file.ts';
import { type Found, findTenants, isTenantName, type TenantFiles, tenantFiles, wrongName } from './find.ts';
import type { Finding } from './locate.ts';
import { type ModelReading, readModel } from './model.ts';
import { type Problem, sortProblems } from './problem.ts';
import { createReaders, type Reader, type Readers } from './read.ts';
import { readText, wholeFile } from './text.ts';
import { problemAt } from './yaml.ts';

/** The environment that files are read for: its defaults lie below the tenants'. */
export interface LoadOptions {
  readonly profile: Profile;
  /** Default: made for this folder. Whoever reads many folders makes them once. */
  readonly readers?: Readers;
  /** Called after each model file, right or wrong: thousands take seconds. */
  readonly onFile?: () => void;
}

/**
 * Reads a folder of tenants: `<tenant>/{tenant.yaml, features.yaml, models/*.yaml}`. One wrong file hides no other: what is right in itself
 * is loaded, and every problem of a single file is told. Throws ArgsError when the folder cannot be listed.
 */
export function loadFolder(directory: string, options: LoadOptions): LoadedFolder {
  return load(findTenants(directory), options);
}

/** Reads the tenants of a folder without their models: what thousands of model files say is not asked. Throws as `loadFolder` does. */
export function loadTenants(directory: string, options: LoadOptions): Pick<LoadedFolder, 'tenants'> {
  const { tenants, problems } = findTenants(directory);
  return { tenants: load({ tenants: tenants.map((files) => ({ ...files, models: [] })), problems }, options).tenants };
}

/**
 * Reads one file, with the files of its tenant and of its neighbours around it: defaults and features come from them. Only its own problems
 * are told. A file that lies in no tenant's folder is read as a model of a tenant without settings.
 */
export function loadFile(path: string, options: LoadOptions): LoadedFolder {
  const inFolder = basename(dirname(resolve(path))) === 'models';
  const folder = inFolder ? dirname(dirname(resolve(path))) : dirname(resolve(path));
  const isModel = !['tenant.yaml', 'features.yaml'].includes(basename(path));
  const shown = inFolder ? join(dirname(path), '..') : dirname(path); // as the person named it
  const around = inFolder || !isModel ? neighbours(folder, shown, path) : { tenants: [alone(path)], problems: [] };
  const loaded = load({ tenants: around.tenants.map((files) => onlyModel(files, isModel ? path : null)), problems: around.problems }, options);
  const files = loaded.files.filter((file) => file === resolve(path));
  const own = (file: string): boolean => resolve(file) === resolve(path);
  return { ...loaded, problems: loaded.problems.filter(({ file }) => own(file)), files };
}

/** The tenant's folder, and those beside it. */
function neighbours(folder: string, shown: string, path: string): Found {
  const problems: Problem[] = [];
  const name = basename(folder);
  if (!isTenantName(name)) problems.push(wrongName(path, name));
  const own = tenantFiles(shown, name, problems);
  const others = findTenants(dirname(folder)).tenants.filter(({ path: other }) => resolve(other) !== folder);
  return { tenants: own === null ? others : [own, ...others], problems };
}

const alone = (path: string): TenantFiles => ({ tenant: 'default', path: dirname(path), settings: null, features: null, models: [path] });

const onlyModel = (files: TenantFiles, path: string | null): TenantFiles => ({
  ...files,
  models: path === null ? [] : files.models.filter((model) => resolve(model) === resolve(path)).map(() => path),
});

function load({ tenants: found, problems: names }: Found, { profile, onFile, readers = createReaders() }: LoadOptions): LoadedFolder {
  const problems: Problem[] = [...names];
  const doubtful: DoubtfulModel[] = [];
  const tenants = found.map((files) => ({ files, loaded: loadTenant(files, readers, problems) }));
  const catalogues = new Map<string, EffectiveFeatures>();
  const shares = new Map<string, EffectiveTenant['shares']['features']>();
  for (const { loaded } of tenants) {
    if (loaded.features !== null) catalogues.set(loaded.name, loaded.features);
    if (loaded.tenant !== null) shares.set(loaded.name, loaded.tenant.shares.features);
  }
  const models = tenants.flatMap(({ files, loaded }) => {
    const reading: ModelReading = {
      tenant: loaded.name,
      below: layersBelow(loaded.tenant, profile),
      place: (path) => placeOf(loaded, files, path),
      service: (reference) => {
        const result = resolveService(reference, loaded.name, catalogues, shares);
        return 'service' in result ? result.service : null;
      },
    };
    return loadModels(withEach(files.models, onFile), readers, reading, { problems, doubtful });
  });
  const files = found.flatMap(({ settings, features, models: paths }) =>
    [settings, features, ...paths].flatMap((path) => (path === null ? [] : [path])),
  );
  return {
    tenants: tenants.map(({ loaded }) => loaded).sort((a, b) => (a.name < b.name ? -1 : 1)),
    models: models.sort(byName),
    doubtful,
    problems: sortProblems(problems),
    files: files.map((path) => resolve(path)),
  };
}

/** Calls back when the next one is asked for, and at the end. */
function* withEach<Item>(items: readonly Item[], after: (() => void) | undefined): Generator<Item> {
  for (const item of items) {
    yield item;
    after?.();
  }
}

const byName = ({ model: a }: LoadedModel, { model: b }: LoadedModel): number =>
  a.tenant < b.tenant || (a.tenant === b.tenant && a.model < b.model) ? -1 : 1;

function placeOf(loaded: LoadedTenant, { settings }: TenantFiles, path: Finding['path']): string {
  const { line } = loaded.locateTenant({ path: ['defaults', ...path], at: 'value', problem: '', remedy: '' });
  return `${settings ?? 'tenant.yaml'}:${line}`;
}

function loadTenant({ tenant: name, path, settings, features }: TenantFiles, readers: Readers, problems: Problem[]): LoadedTenant {
  const own = settingsOf(settings, readers.tenant, problems);
  const catalogue = settingsOf(features, readers.features, problems);
  return {
    name,
    path,
    tenant: own.file === null ? null : effectiveTenant(own.file),
    features: catalogue.file === null ? null : effectiveFeatures(catalogue.file),
    locateTenant: (finding) => problemAt(settings ?? join(path, 'tenant.yaml'), own.text, finding),
    locateFeatures: (finding) => problemAt(features ?? join(path, 'features.yaml'), catalogue.text, finding),
  };
}

interface Settings<File> {
  readonly file: File | null;
  readonly text: string;
}

function settingsOf<File>(path: string | null, reader: Reader<File>, problems: Problem[]): Settings<File> {
  const text = path === null ? '' : readText(path);
  if (path === null || typeof text !== 'string') {
    if (typeof text !== 'string') problems.push(text);
    return { file: null, text: '' };
  }
  const read = reader(path, text);
  if (read.kind === 'file') return { file: read.file, text };
  problems.push(...read.problems);
  return { file: null, text };
}

/** What is wrong, as it is found. */
interface Wrong {
  readonly problems: Problem[];
  readonly doubtful: DoubtfulModel[];
}

/** The models of one tenant: a second file of one model is a problem of the second. */
function loadModels(paths: Iterable<string>, readers: Readers, reading: ModelReading, { problems, doubtful }: Wrong): readonly LoadedModel[] {
  const models = new Map<string, LoadedModel>();
  for (const path of paths) {
    const text = readText(path);
    const read =
      typeof text === 'string' ? readModel(path, text, readers.model, reading) : { kind: 'problems' as const, problems: [text], doubtful: null };
    if (read.kind === 'problems') {
      problems.push(...read.problems);
      if (read.doubtful !== null) doubtful.push(read.doubtful);
      continue;
    }
    const { model: name } = read.loaded.model;
    const other = models.get(name);
    if (other === undefined) models.set(name, read.loaded);
    else problems.push(wholeFile(path, `model "${name}" is in ${other.path} already`, 'A tenant has one file per model.', 'model'));
  }
  return [...models.values()];
}
