import { messageOf } from '../../errors.ts';
import type { Element } from '../../serving/v2/tensor.ts';
import type { FeatureService, ServiceView } from '../catalogue.ts';
import type { FeatureAnswer, FeatureRequest, FeatureStore, ViewAnswer } from '../port.ts';
import { type LoadLimits, loadView } from './load.ts';
import { placeOf } from './place.ts';
import type { FeatureTable } from './table.ts';

/** The embedded feature store: local files, read by DuckDB, kept in memory. */
export interface DuckDbFeatures extends FeatureStore {
  /** Reads what these services need and lets go of the rest. Files that cannot be read are reported, not thrown. */
  keep(services: readonly FeatureService[]): Promise<void>;
  /** Reads files again that changed since. What cannot be read leaves the former rows in service; it is reported once per change. */
  refresh(): Promise<void>;
}

export interface DuckDbFeaturesOptions {
  /** The folder of a tenant: where its `features.yaml` lies. */
  readonly folderOf: (tenant: string) => string;
  /** What people should know: a file that cannot be read, and that it can again. */
  readonly report: (text: string) => void;
  readonly limits?: LoadLimits;
}

const LIMITS: LoadLimits = { readMiB: 256, keepMiB: 256 };

/** What is known of one view's file. */
interface Loaded {
  readonly tenant: string;
  readonly view: ServiceView;
  /** Null until the first success. */
  table: FeatureTable | null;
  /** The file that was last tried, and what was wrong with it. */
  stamp: string | null;
  error: Error | null;
}

export function createDuckDbFeatures(options: DuckDbFeaturesOptions): DuckDbFeatures {
  return new Store(options);
}

class Store implements DuckDbFeatures {
  readonly #options: DuckDbFeaturesOptions;
  readonly #views = new Map<string, Loaded>();
  /** One file at a time: the memory of reading is bounded. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: DuckDbFeaturesOptions) {
    this.#options = options;
  }

  async read({ service, keys, time }: FeatureRequest, signal: AbortSignal): Promise<FeatureAnswer> {
    const tables: FeatureTable[] = [];
    for (const view of service.views) {
      const known = this.#of(service.tenant, view);
      const { table } = known;
      tables.push(table ?? (await this.#first(known)));
      if (signal.aborted) throw new Error('nobody waits for these features any more');
    }
    const columns: Record<string, readonly Element[]> = {};
    const views = service.views.map((view, index) => {
      const table = tables[index];
      if (table === undefined) throw new Error(`view ${view.name} was not read`);
      return answer(view, table, keys[view.key] ?? [], time, columns);
    });
    return { columns, views };
  }

  async keep(services: readonly FeatureService[]): Promise<void> {
    const wanted = new Set(services.flatMap(({ tenant, views }) => views.map((view) => nameOf(tenant, view))));
    for (const name of this.#views.keys()) if (!wanted.has(name)) this.#views.delete(name);
    for (const { tenant, views } of services) for (const view of views) this.#of(tenant, view);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    await Promise.all([...this.#views.values()].map((known) => this.#load(known)));
  }

  async close(): Promise<void> {
    this.#views.clear();
    await this.#queue;
  }

  #of(tenant: string, view: ServiceView): Loaded {
    const name = nameOf(tenant, view);
    const known = this.#views.get(name) ?? { tenant, view, table: null, stamp: null, error: null };
    this.#views.set(name, known);
    return known;
  }

  async #first(known: Loaded): Promise<FeatureTable> {
    if (known.error === null) await this.#load(known); // one that failed waits for `refresh`: a request must not read a bad file again
    if (known.table === null) throw known.error ?? new Error(`view "${known.view.name}" is not read yet`);
    return known.table;
  }

  #load(known: Loaded): Promise<void> {
    const done = this.#queue.then(() => this.#try(known));
    this.#queue = done;
    return done;
  }

  async #try(known: Loaded): Promise<void> {
    const { tenant, view } = known;
    try {
      const before = known.stamp;
      known.stamp = null; // a file that was away is read again, whatever its stamp
      const { stamp, ...place } = placeOf(view, this.#options.folderOf(tenant));
      known.stamp = stamp; // before it is read: what changes meanwhile has another one, and is read again
      if (stamp === before) return;
      known.table = await loadView(view, place, this.#options.limits ?? LIMITS);
      if (known.error !== null) this.#options.report(`features of view ${tenant}/${view.name} can be read again`);
      known.error = null;
    } catch (error) {
      const text = messageOf(error);
      if (known.error?.message !== text) this.#options.report(`features of view ${tenant}/${view.name}: ${text}`);
      known.error = error instanceof Error ? error : new Error(text);
    }
  }
}

/** Everything that the rows depend on: a changed view is another one. */
function nameOf(tenant: string, { name, key, datatype, source, fields }: ServiceView): string {
  return JSON.stringify([tenant, name, key, datatype, source, Object.entries(fields).map(([field, { datatype: type }]) => [field, type])]);
}

/** Looks every key up, and writes the view's columns. */
function answer(
  view: ServiceView,
  table: FeatureTable,
  keys: readonly Element[],
  time: number,
  into: Record<string, readonly Element[]>,
): ViewAnswer {
  const rows = keys.map((key) => {
    const row = key === null ? -1 : table.find(String(key));
    return row >= 0 && time - table.time(row) > view.ttlSeconds * 1_000 ? -1 : row;
  });
  for (const field of Object.keys(view.fields)) into[field] = rows.map((row) => (row < 0 ? null : table.value(field, row)));
  const ageAt = (at: number): number => Math.max(0, (time - at) / 1_000);
  return {
    view: view.name,
    ages: rows.map((row) => (row < 0 ? null : ageAt(table.time(row)))),
    newestAge: table.newest === null ? null : ageAt(table.newest),
  };
}
