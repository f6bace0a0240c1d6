import { nameOf } from './urn.ts';

/** Something that the engine asked a provider to do. */
export interface Call {
  readonly operation: 'create' | 'update' | 'delete';
  readonly urn: string;
  /** What the provider calls it; empty for a creation that failed. */
  readonly id: string;
  /** Places in the one order of all beginnings and ends: what overlaps was done at the same time. */
  readonly began: number;
  readonly ended: number;
  /** Why it failed; null when it did not. */
  readonly error: string | null;
}

/** A failure that is yet to happen. */
export interface Fault {
  readonly operation: Call['operation'];
  readonly urn: string;
  readonly message: string;
}

/** What exists in the cloud that is not there, and all that was asked of it, in order. */
export class Ledger {
  readonly #calls: Call[] = [];
  /** URN by id. A URN has two ids while it is being replaced. */
  readonly #living = new Map<string, string>();
  #faults: readonly Fault[] = [];
  #places = 0;

  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** URNs of what exists, one for each id. */
  get living(): readonly string[] {
    return [...this.#living.values()];
  }

  /** Each fault happens once, to the first call that it is about; those that were armed before and did not happen are forgotten. */
  arm(faults: readonly Fault[]): void {
    this.#faults = faults;
  }

  get armed(): readonly Fault[] {
    return this.#faults;
  }

  /** The place of the first call from now on, for `since`. */
  get place(): number {
    return this.#calls.length;
  }

  since(place: number): readonly Call[] {
    return this.#calls.slice(place);
  }

  /** The next place in the one order of everything. */
  take(): number {
    return this.#places++;
  }

  /** Takes its place as begun; the answer ends it. @throws Error when a fault is armed for it, or when it cannot be: the engine sees a failed call. */
  begin(operation: Call['operation'], urn: string, id = ''): () => string {
    const began = this.take();
    return () => {
      const fault = this.#faults.find((one) => one.operation === operation && one.urn === urn);
      this.#faults = this.#faults.filter((one) => one !== fault);
      const error = fault?.message ?? this.#impossible(operation, urn, id);
      const now = error === null ? this.#done(operation, urn, id) : id;
      this.#calls.push({ operation, urn, id: now, began, ended: this.take(), error });
      if (error !== null) throw new Error(error);
      return now;
    };
  }

  #impossible(operation: Call['operation'], urn: string, id: string): string | null {
    return operation === 'create' || this.#living.get(id) === urn ? null : `there is no ${id} to ${operation}`;
  }

  #done(operation: Call['operation'], urn: string, id: string): string {
    if (operation === 'delete') this.#living.delete(id);
    if (operation !== 'create') return id;
    const name = `${nameOf(urn)}-id`;
    let made = name;
    for (let again = 2; this.#living.has(made); again++) made = `${name}-${again}`;
    this.#living.set(made, urn);
    return made;
  }
}
