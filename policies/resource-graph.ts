import { Reader, Undecided } from './reader.ts';
import { keyOf, type Resource } from './resource.ts';
import type { GraphProblem, Problem } from './rule.ts';

/** A resource with a reader of its properties. */
export interface View {
  readonly resource: Resource;
  readonly reader: Reader;
}

/** All resources of a source, by key; made once, and asked by every rule. */
export class ResourceGraph {
  readonly #byKey: ReadonlyMap<string, readonly View[]>;
  readonly #byUrn: ReadonlyMap<string, View>;
  #dependents: ReadonlyMap<string, readonly View[]> | null = null;
  readonly #undecided: GraphProblem[] = [];
  #looked = false;
  readonly #asked = new Set<string>();

  constructor(resources: readonly Resource[]) {
    const views = resources.map((resource): View => ({ resource, reader: new Reader(resource.props) }));
    this.#byUrn = new Map(views.map((view) => [view.resource.urn, view]));
    this.#byKey = Map.groupBy(views, ({ resource }) => keyOf(resource.type));
  }

  /** Every resource, in the source's order. */
  get all(): readonly View[] {
    if (this.#byUrn.size > 0) this.#looked = true;
    return [...this.#byUrn.values()];
  }

  get keys(): readonly string[] {
    return [...this.#byKey.keys()];
  }

  at(urn: string): View | undefined {
    return this.#byUrn.get(urn);
  }

  of(...keys: readonly string[]): readonly View[] {
    for (const key of keys) this.#asked.add(key);
    const found = keys.flatMap((key) => this.#byKey.get(key) ?? []);
    if (found.length > 0) this.#looked = true;
    return found;
  }

  /** Resources of a key that need this one, by an input or by `dependsOn`: how resources belong together while ids are unknown. */
  needing(urn: string, key: string): readonly View[] {
    this.#dependents ??= dependentsOf(this.all);
    return (this.#dependents.get(urn) ?? []).filter(({ resource }) => keyOf(resource.type) === key);
  }

  /** Resources of a key that this one needs. */
  neededBy({ resource }: View, key: string): readonly View[] {
    return (resource.options.dependencies ?? []).flatMap((urn) => {
      const found = this.at(urn);
      return found !== undefined && keyOf(found.resource.type) === key ? [found] : [];
    });
  }

  /** The problems of each resource of a key: an unknown of one leaves the others judged, and so does one that a part of the check kept to itself. */
  each(key: string, check: (view: View) => readonly Problem[]): readonly GraphProblem[] {
    return this.of(key).flatMap(({ resource }) => {
      const { urn } = resource;
      const reader = new Reader(resource.props); // its own: what it could not read is this check's, and no other rule's
      const open = (path: string) => this.#undecided.push({ urn, path, problem: 'is not known yet' });
      try {
        return check({ resource, reader }).map((problem) => ({ ...problem, urn }));
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
        if (!reader.undecided.includes(error.path)) open(error.path); // of a resource that it looked at beside its own
        return [];
      } finally {
        for (const path of reader.undecided) open(path);
      }
    });
  }

  /** All problems of a check: an unknown that it met outside of `each` leaves it undecided as a whole. */
  whole(check: () => readonly GraphProblem[]): readonly GraphProblem[] {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      const met = this.all.find(({ reader }) => reader.met(error));
      this.#undecided.push({ urn: met?.resource.urn ?? '', path: error.path, problem: 'is not known yet' });
      return [];
    }
  }

  /** Whether a resource was there that it was asked for, since this was last asked: a rule about buckets has nothing to say of Deployments. */
  takeLooked(): boolean {
    const looked = this.#looked;
    this.#looked = false;
    return looked;
  }

  /** Keys that nobody has asked for, with how many resources each has. */
  get unasked(): readonly { readonly key: string; readonly count: number }[] {
    return [...this.#byKey].flatMap(([key, views]) => (this.#asked.has(key) ? [] : [{ key, count: views.length }]));
  }

  /** What `each` and `whole` could not decide since it was last asked. */
  takeUndecided(): readonly GraphProblem[] {
    return this.#undecided.splice(0);
  }
}

/** By URN, who needs it: indexed once, so that a rule over pairs stays linear. */
function dependentsOf(views: readonly View[]): ReadonlyMap<string, readonly View[]> {
  const found = new Map<string, View[]>();
  for (const view of views) {
    for (const urn of new Set(view.resource.options.dependencies)) {
      const others = found.get(urn);
      if (others === undefined) found.set(urn, [view]);
      else others.push(view);
    }
  }
  return found;
}
