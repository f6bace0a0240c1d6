import type { ViewAnswer } from '../features/port.ts';
import type { ModelKey } from '../model/types.ts';
import type { Unread } from './feature-read.ts';

/** How a read of features ended. */
export type ReadOutcome = 'read' | Unread;

/** What the reads of one model came to since the process began. */
export interface ModelReads {
  readonly outcomes: Record<ReadOutcome, number>;
  /** Age of the newest row of each view, seconds, as the last read saw it. */
  readonly newestAges: Map<string, number>;
}

/** Counts of feature reads by model: plain integers on the request path, read when somebody looks. */
export class FeatureCounts {
  readonly #models = new Map<ModelKey, ModelReads>();

  count(model: ModelKey, outcome: ReadOutcome, views: readonly ViewAnswer[]): void {
    const reads = this.#models.get(model) ?? { outcomes: { read: 0, late: 0, down: 0, missing: 0, stale: 0 }, newestAges: new Map<string, number>() };
    this.#models.set(model, reads);
    reads.outcomes[outcome] += 1;
    for (const { view, newestAge } of views) if (newestAge !== null) reads.newestAges.set(view, newestAge);
  }

  all(): Iterable<readonly [ModelKey, ModelReads]> {
    return this.#models;
  }
}
