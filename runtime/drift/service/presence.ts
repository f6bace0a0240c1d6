import { HOUR } from '../windows.ts';

/** Seconds of one mark; an hour has twelve. */
const MARK = 300;
const MARKS = HOUR / MARK;
/** Marks in a row without a row that make an hour not wholly seen: a quarter of it. */
const SILENT = 3;

/**
 * In which twelfths of an hour a model had rows. An hour with a silence (a start, a stop, an outage, a night without flights) is no sample
 * of the usual traffic: its volume is not judged, because silence is what freshness is for.
 */
export class Presence {
  /** Twelve bits by `tenant/model/hour`. */
  readonly #marks: Map<string, number>;

  constructor(stored: Readonly<Record<string, number>>) {
    this.#marks = new Map(Object.entries(stored));
  }

  /** @param minute start of a minute with at least one row, epoch seconds */
  see(model: string, minute: number): void {
    const hour = minute - (minute % HOUR);
    const key = `${model}/${hour}`;
    this.#marks.set(key, (this.#marks.get(key) ?? 0) | (1 << Math.floor((minute - hour) / MARK)));
  }

  /** @param model `tenant/model` */
  whole(model: string, hour: number): boolean {
    const seen = this.#marks.get(`${model}/${hour}`) ?? 0;
    let silent = 0;
    for (let mark = 0; mark < MARKS; mark++) {
      silent = (seen >> mark) % 2 === 1 ? 0 : silent + 1;
      if (silent === SILENT) return false;
    }
    return true;
  }

  /** What a restart needs, of hours from `from` on; older ones are forgotten. */
  keep(from: number): Readonly<Record<string, number>> {
    for (const key of this.#marks.keys()) if (Number(key.slice(key.lastIndexOf('/') + 1)) < from) this.#marks.delete(key);
    return Object.fromEntries(this.#marks);
  }
}
