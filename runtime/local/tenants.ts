import { type FeatureService, resolveService } from '../features/catalogue.ts';
import { profileOf } from '../model/layers/profiles.ts';
import type { LoadedFolder, LoadedModel } from '../model/loaded.ts';
import { loadFolder } from '../model/read/load.ts';
import type { Problem } from '../model/read/problem.ts';
import { modelSpec } from '../model/spec.ts';
import { keyOf, type ModelKey, type ModelSpec } from '../model/types.ts';
import { differencesOf, type Obstacle, obstaclesTo } from './obstacles.ts';

/** A folder of tenants as the embedded platform serves it. */
export interface LocalTenants {
  /** The models that it serves, sorted by key. */
  readonly specs: readonly ModelSpec[];
  /** What those of them read that read features. */
  readonly services: ReadonlyMap<ModelKey, FeatureService>;
  readonly problems: readonly Problem[];
  /** Models whose files are right and that one machine cannot serve, with why. */
  readonly leftOut: readonly Told[];
  /** Models that are served otherwise than their files say, with how. */
  readonly differing: readonly Told[];
}

export interface Told {
  readonly key: ModelKey;
  readonly path: string;
  readonly obstacles: readonly Obstacle[];
}

/** Reads the folder in the profile `local`. Throws ArgsError when it cannot be listed. */
export function readLocalTenants(directory: string): LocalTenants {
  const folder = loadFolder(directory, { profile: profileOf('local') });
  const services = servicesOf(folder);
  const specs: ModelSpec[] = [];
  const leftOut: Told[] = [];
  const differing: Told[] = [];
  const read = new Map<ModelKey, FeatureService>();
  for (const { path, model, origins } of folder.models) {
    const spec = modelSpec(model);
    const key = keyOf(spec);
    const service = services(model);
    const obstacles = obstaclesTo(model, service);
    if (obstacles.length > 0) {
      leftOut.push({ key, path, obstacles });
      continue;
    }
    specs.push(spec);
    if (service !== null) read.set(key, service);
    const differences = differencesOf(model, origins);
    if (differences.length > 0) differing.push({ key, path, obstacles: differences });
  }
  return { specs, services: read, problems: folder.problems, leftOut, differing };
}

/**
 * `payments/fraud is not served on this machine: serving.engine (vllm: …)`, one sentence per model.
 * @param served It is, as an earlier state of its files said: the last good spec stays.
 */
export function leftOutText({ key, obstacles }: Told, served = false): string {
  return `${key} ${served ? 'stays as it was' : 'is not served on this machine'}: ${listed(obstacles)}`;
}

/** The same of a model that is served, and how. */
export function differingText({ key, obstacles }: Told): string {
  return `${key} is served otherwise than its file says: ${listed(obstacles)}`;
}

const listed = (obstacles: readonly Obstacle[]): string => obstacles.map(({ path, text }) => `${path} (${text})`).join('; ');

function servicesOf({ tenants }: LoadedFolder): (model: LoadedModel['model']) => FeatureService | null {
  const catalogues = new Map(tenants.flatMap(({ name, features }) => (features === null ? [] : [[name, features] as const])));
  const shares = new Map(tenants.flatMap(({ name, tenant }) => (tenant === null ? [] : [[name, tenant.shares.features] as const])));
  return ({ tenant, features }) => {
    if (features === undefined) return null;
    const resolved = resolveService(features.service, tenant, catalogues, shares);
    return 'service' in resolved ? resolved.service : null;
  };
}
