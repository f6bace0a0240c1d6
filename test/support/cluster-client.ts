import { Agent } from 'undici';
import { type Answer, type ApiRequest, Refused, send } from './cluster-request.ts';

/** An object as the API server keeps it. */
export type StoredObject = Readonly<Record<string, unknown>>;

export interface Accepted {
  /** With the server's defaults; what would be kept, when it was a dry run. */
  readonly object: StoredObject;
  /** What the server says about an object it takes all the same: deprecations, pod security that would be violated. */
  readonly warnings: readonly string[];
}

export interface WriteOptions {
  /** Default false: the object is kept. True: validation, defaults and admission run, and nothing is kept. */
  readonly dryRun?: boolean;
  /** The field manager. Default `weir`. */
  readonly manager?: string;
  /** Where an object lies that a namespace holds and that names none. Default `default`. */
  readonly namespace?: string;
  /** `apply` only: take fields over that another manager set, instead of being refused. Default false. */
  readonly force?: boolean;
}

/** Objects are given whole, as rendered or read from YAML; those that a namespace holds lie in `default` unless they say otherwise. */
export interface ClusterClient {
  /** Server-side apply with strict field validation: an unknown field is refused. @throws Refused */
  apply(object: object, options?: WriteOptions): Promise<Accepted>;
  /** Slower than `apply` for a kind whose CRD is younger than 2 s: the server waits so long with it. @throws Refused, also when it exists */
  create(object: object, options?: WriteOptions): Promise<Accepted>;
  /** Sets the status of an object that exists, through its status subresource: the rest of it stays. @throws Refused */
  replaceStatus(object: object, status: object): Promise<Accepted>;
  /** Null when there is none. */
  get(object: object): Promise<StoredObject | null>;
  /** Null from the moment it was asked for, but for finalizers; no error when there is none. */
  delete(object: object): Promise<void>;
  createNamespace(name: string, labels?: Readonly<Record<string, string>>): Promise<void>;
  /** For what the verbs above do not say. @throws Refused */
  request(asked: ApiRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** What an object's place is made of. */
interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** @param ca The server's certificate, PEM. */
export function createClusterClient(origin: string, token: string, ca: string): ClusterClient {
  const agent = new Agent({ connect: { ca } });
  const request = (asked: ApiRequest): Promise<Answer> => send({ agent, origin, token }, asked);
  const read = async (path: string): Promise<string> => (await request({ method: 'GET', path })).text;
  const place = createPlaces(read);
  const write = async (method: 'PATCH' | 'POST' | 'PUT', path: string, object: object, options: WriteOptions = {}): Promise<Accepted> => {
    const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json'; // JSON is YAML
    const { text, warnings } = await request({ method, path: `${path}?${queryOf(options)}`, body: { type, text: JSON.stringify(object) } });
    return { object: storedObject(text), warnings };
  };
  return {
    request,
    apply: async (object, options) => await write('PATCH', await place.of(object, options?.namespace), object, options),
    create: async (object, options) => await write('POST', await place.above(object, options?.namespace), object, options),
    replaceStatus: async (object, status) => {
      const path = await place.of(object);
      return await write('PUT', `${path}/status`, { ...storedObject(await read(path)), status });
    },
    get: async (object) => {
      const path = await place.of(object); // not below: an unknown kind is no missing object
      return await unlessMissing(async () => storedObject(await read(path)));
    },
    delete: async (object) => {
      const path = await place.of(object);
      await unlessMissing(() => request({ method: 'DELETE', path }));
    },
    createNamespace: async (name, labels = {}) => {
      await write('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
    },
    close: () => agent.close(),
  };
}

function queryOf({ dryRun = false, manager = 'weir', force = false }: WriteOptions): string {
  const query = new URLSearchParams({ fieldManager: manager, fieldValidation: 'Strict' });
  if (dryRun) query.set('dryRun', 'All');
  if (force) query.set('force', 'true');
  return query.toString();
}

/** Where objects lie, asked of the server's own list of resources, which is kept until it lacks a kind: a CRD may have come. */
function createPlaces(read: (path: string) => Promise<string>) {
  const known = new Map<string, readonly ApiResource[]>();
  const resourceOf = async (base: string, kind: string): Promise<ApiResource> => {
    const find = () => known.get(base)?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    if (find() === undefined) known.set(base, resourcesOf(await read(base)));
    const found = find();
    if (found === undefined) throw new Refused(404, 'NotFound', `the server has no kind "${kind}" in ${base}: its CRD is not installed`);
    return found;
  };
  const above = async (object: object, namespace = 'default'): Promise<string> => {
    const { apiVersion, kind, metadata } = identityOf(object);
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { name, namespaced } = await resourceOf(base, kind);
    return namespaced ? `${base}/namespaces/${metadata.namespace ?? namespace}/${name}` : `${base}/${name}`;
  };
  return { above, of: async (object: object, namespace?: string) => `${await above(object, namespace)}/${identityOf(object).metadata.name}` };
}

function storedObject(text: string): StoredObject {
  const object: StoredObject = JSON.parse(text);
  return object;
}

function resourcesOf(text: string): readonly ApiResource[] {
  const { resources }: { readonly resources: readonly ApiResource[] } = JSON.parse(text);
  return resources;
}

function identityOf(object: object): Identity {
  const { apiVersion, kind, metadata }: Partial<Identity> = object;
  if (apiVersion === undefined || kind === undefined || metadata?.name === undefined) {
    throw new TypeError(`not an object of Kubernetes, it lacks apiVersion, kind or metadata.name: ${JSON.stringify(object).slice(0, 200)}`);
  }
  return { apiVersion, kind, metadata };
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return null;
    throw error;
  }
}
