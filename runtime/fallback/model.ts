import type { TenantModel } from '../model/loaded.ts';
import { namespaceOf } from '../model/render/names.ts';
import { membersOf } from '../objects/folder.ts';
import type { OutgoingTensor } from '../serving/v2/encode.ts';

/** What is known of a model while none of its pods lives. */
export interface FallbackModel {
  readonly tenant: string;
  readonly name: string;
  /** A name of its own; null: `<tenant>.<domain>`. */
  readonly host: string | null;
  /** Prefix of the path, such as `/v2/models/fraud`. */
  readonly path: string;
  /** The version that callers are promised: stable's, before the first one the file's. */
  readonly version: string;
  /** Versions that a path may name: stable's and the candidate's. */
  readonly versions: readonly string[];
  /** What a row of each output is; null: the model declares no fallback. */
  readonly outputs: readonly FallbackOutput[] | null;
}

export interface FallbackOutput {
  readonly name: string;
  readonly datatype: OutgoingTensor['datatype'];
  /** One value, or as many as the output has. */
  readonly row: OutgoingTensor['data'];
}

/** The patterns that callers ask over HTTP; a table or a topic has no caller who waits. */
const CALLED: readonly string[] = ['online', 'async'];

/**
 * Reads a `Model` of the cluster: null when nobody calls it.
 * @throws Error for an object that is no `Model` of its namespace: admission refuses such a one, so it is a bug or an intruder
 */
export function fallbackModel(object: unknown): FallbackModel | null {
  const { metadata, spec, status } = membersOf(object);
  const { namespace, name } = membersOf(metadata);
  if (!isSpec(spec)) throw new Error(`Model ${String(namespace)}/${String(name)} has no spec that can be read`);
  if (namespace !== namespaceOf(spec.tenant) || name !== spec.model) {
    throw new Error(`Model ${String(namespace)}/${String(name)} says that it is ${spec.tenant}/${spec.model}`);
  }
  if (!CALLED.includes(spec.pattern)) return null;
  const { stable, attempt } = membersOf(status);
  const [now, next] = [versionIn(stable), versionIn(membersOf(attempt).candidate)];
  const version = now ?? spec.registry.version ?? spec.registry.follow ?? '';
  return {
    tenant: spec.tenant,
    name: spec.model,
    host: spec.route.host ?? null,
    path: spec.route.path,
    version,
    versions: [version, ...(next === null ? [] : [next])],
    outputs: outputsOf(spec),
  };
}

/** One value for each output: the schema and the checks of the folder have seen to it. */
function outputsOf({ fallback, outputs }: Spec): readonly FallbackOutput[] | null {
  if (fallback === undefined) return null;
  return Object.entries(outputs).map(([name, { datatype, shape }]) => {
    const value = fallback[name] ?? null;
    const row = Array.isArray(value) ? value : Array.from({ length: shape }, () => value);
    return { name, datatype, row };
  });
}

function versionIn(value: unknown): string | null {
  const { version } = membersOf(value);
  return typeof version === 'string' ? version : null;
}

type Spec = Pick<TenantModel, 'tenant' | 'model' | 'pattern' | 'registry' | 'route' | 'outputs' | 'fallback'>;

/** Whether it has the members that are read here; the CRD's schema holds the rest. */
function isSpec(value: unknown): value is Spec {
  const { tenant, model, pattern, registry, route, outputs } = membersOf(value);
  if (![tenant, model, pattern].every((text) => typeof text === 'string') || typeof registry !== 'object') return false;
  if (pattern !== 'online' && pattern !== 'async') return true; // without a route
  return typeof membersOf(route).path === 'string' && typeof outputs === 'object';
}
