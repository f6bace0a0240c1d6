import type { ModelSpec } from '../../model/types.ts';
import type { ReferenceLookup } from '../executors/stream/counter.ts';
import type { ScoredVersion } from '../labels/job.ts';
import { referenceId } from '../reference/codec.ts';
import { type SlotNames, slotClock } from '../reference/slots.ts';
import type { ProfileStore } from '../store/port.ts';
import type { Reference } from '../types.ts';

/** Brings a version's reference; null: the version has none, which is final. Called once per version. */
export type ReferenceSource = (model: ModelSpec, version: string) => Promise<Reference | null>;

export interface KnownReference {
  readonly id: string;
  readonly reference: Reference;
  readonly clock: (epochSeconds: number) => SlotNames;
}

/** The counter met a version whose reference is not loaded yet: load it, then poll again. Nothing of the record was counted. */
export class MissingReference extends Error {
  override readonly name = 'MissingReference';
  readonly tenant: string;
  readonly model: string;
  readonly version: string;

  constructor(tenant: string, model: string, version: string) {
    super(`the reference of ${tenant}/${model} ${version} is not loaded`);
    this.tenant = tenant;
    this.model = model;
    this.version = version;
  }
}

/** References by version: the counter asks at once, the registry answers later. */
export class References {
  readonly #source: ReferenceSource;
  readonly #store: ProfileStore;
  readonly #specOf: (tenant: string, model: string) => ModelSpec | undefined;
  readonly #known = new Map<string, KnownReference | null>();

  constructor(source: ReferenceSource, store: ProfileStore, specOf: (tenant: string, model: string) => ModelSpec | undefined) {
    this.#source = source;
    this.#store = store;
    this.#specOf = specOf;
  }

  /** For the counter: throws MissingReference for a version that nobody asked the registry about yet. */
  readonly lookup: ReferenceLookup = (model, version, tenant) => {
    const known = this.#known.get(`${tenant}/${model}/${version}`);
    if (known === undefined) throw new MissingReference(tenant, model, version);
    return known?.reference ?? null;
  };

  async load(tenant: string, model: string, version: string): Promise<KnownReference | null> {
    const key = `${tenant}/${model}/${version}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const spec = this.#specOf(tenant, model);
    const reference = spec === undefined ? null : await this.#source(spec, version);
    if (reference !== null) await this.#store.putReference(reference); // verdicts name it by id: it must outlive the registry's copy
    const fresh = reference === null ? null : { id: referenceId(reference), reference, clock: slotClock(reference.slotZone) };
    this.#known.set(key, fresh);
    return fresh;
  }

  /** Versions of a model met so far whose reference has a score: those that labels are counted for. */
  scored(tenant: string, model: string): readonly ScoredVersion[] {
    const prefix = `${tenant}/${model}/`;
    return [...this.#known].flatMap(([key, known]) => {
      const score = known?.reference.score ?? null;
      if (!key.startsWith(prefix) || known === null || score === null) return [];
      return [{ version: key.slice(prefix.length), reference: { ...known.reference, score } }];
    });
  }

  get(tenant: string, model: string, version: string): KnownReference | null {
    return this.#known.get(`${tenant}/${model}/${version}`) ?? null;
  }
}
