import type { ModelSpec } from '../../model/types.ts';
import { readLabelState, runLabelJob } from '../labels/job.ts';
import { HOUR } from '../windows.ts';
import type { Cohorts } from './cohorts.ts';
import type { DriftServiceOptions } from './options.ts';
import type { References } from './references.ts';

/** Event seconds between two batches of labels. */
const EVERY = 6 * HOUR;

/** Runs the label job when it is due, and hands what it counted to the cohorts. */
export class Labelling {
  readonly #options: DriftServiceOptions;
  readonly #references: References;
  readonly #cohorts: Cohorts;
  #labelledAt = 0;

  constructor(options: DriftServiceOptions, references: References, cohorts: Cohorts) {
    this.#options = options;
    this.#references = references;
    this.#cohorts = cohorts;
  }

  async load(): Promise<void> {
    const { through } = await readLabelState(this.#options.store);
    this.#cohorts.advance(through);
    this.#labelledAt = through;
  }

  /** True when a batch was worked off. @param now event time, epoch seconds */
  async round(now: number, specs: readonly ModelSpec[]): Promise<boolean> {
    const { log, store, lakeDirectory, duckDbMemoryMiB, labelEverySeconds = EVERY } = this.#options;
    if (now - this.#labelledAt < labelEverySeconds) return false;
    const memory = duckDbMemoryMiB === undefined ? {} : { memoryMiB: duckDbMemoryMiB };
    const specOf = (tenant: string, model: string): ModelSpec | undefined => specs.find((spec) => spec.tenant === tenant && spec.name === model);
    const scored = async (tenant: string, model: string) => this.#references.scored(tenant, model);
    const done = await runLabelJob({ log, store, lake: { root: lakeDirectory }, specOf, specs, scored, ...memory }, now);
    for (const cohort of done.cohorts) this.#cohorts.put(cohort);
    this.#cohorts.advance(done.state.through);
    this.#labelledAt = done.worked ? done.state.through : now; // a backlog leaves `through` behind: the next round goes on with it
    return done.worked;
  }
}
