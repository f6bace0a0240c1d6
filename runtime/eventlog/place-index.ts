import type { Place } from './walk.ts';

const SPACING_BYTES = 64 * 1024;
const SEGMENTS = 64; // with segments of 32 MiB at most 64 x 512 places

/** Where some records of one segment begin: one place per 64 KiB, as far as somebody walked, and where the last walk ended. */
export class SegmentPlaces {
  readonly #sparse: Place[];
  #last: Place;

  constructor(beginning: Place) {
    this.#sparse = [beginning];
    this.#last = beginning;
  }

  /** The nearest known place at or before this record. */
  before(offset: number): Place {
    const sparse = this.#sparse.findLast((place) => place.offset <= offset);
    const first = this.#sparse[0] ?? this.#last;
    if (sparse === undefined) return first;
    return this.#last.offset <= offset && this.#last.offset > sparse.offset ? this.#last : sparse;
  }

  /** Called for every record that is passed: cheap unless it is 64 KiB after the furthest place. */
  pass(position: number, offset: number): void {
    if (position >= (this.#sparse.at(-1)?.position ?? 0) + SPACING_BYTES) this.#sparse.push({ position, offset });
  }

  /** Where the next record in order will be asked for. */
  ended(at: Place): void {
    this.#last = at;
  }
}

/**
 * The places of the segments in use. Nothing of it is on disk, so nothing of it can be wrong after a crash; what is forgotten (the
 * segment used longest ago goes first) is learnt again.
 */
export class PlaceIndex {
  readonly #segments = new Map<string, SegmentPlaces>();

  of(path: string, beginning: Place): SegmentPlaces {
    const known = this.#segments.get(path) ?? new SegmentPlaces(beginning);
    this.#segments.delete(path); // and in again at the end: the order of a Map is then the order of use
    this.#segments.set(path, known);
    const oldest = this.#segments.keys().next();
    if (this.#segments.size > SEGMENTS && !oldest.done) this.#segments.delete(oldest.value);
    return known;
  }
}
