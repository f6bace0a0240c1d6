import type { Counters } from '../rollout/types.ts';
import type { Arm } from '../telemetry/events.ts';
import { LatencyBins } from './latency-bins.ts';

/** How a request ended: `fallback` when the declared fallback answered, which is an error of the arm, whatever its HTTP status. */
export type CodeClass = '2xx' | '4xx' | '5xx' | 'fallback';

/** 1-2.5-5 ladder in seconds: 10-rollout, 9. The model's own bound is put in where it belongs. */
const LADDER: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface TallyLabels {
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly arm: Arm;
}

/** Plain integers, counted on the request path: what happened to one version in one arm since the process began. */
export class Tally {
  readonly labels: TallyLabels;
  readonly classes: Record<CodeClass, number> = { '2xx': 0, '4xx': 0, '5xx': 0, fallback: 0 };
  requests = 0;
  error = 0;
  rejected = 0;
  slow = 0;
  /** Upper bounds in seconds; `counts` has one more, for +Inf. Not cumulative. */
  readonly bounds: readonly number[];
  readonly counts: number[];
  sumSeconds = 0;
  /** Requests that no version was asked for, because their features were not there: errors to callers, and no evidence against a version. */
  unasked = 0;
  /** For percentiles of a second. */
  readonly bins = new LatencyBins();
  #slowSeconds: number;

  /** @param slowSeconds The SLO's latency bound: longer counts as slow. */
  constructor(labels: TallyLabels, slowSeconds: number) {
    this.labels = labels;
    this.#slowSeconds = slowSeconds;
    this.bounds = [...new Set([...LADDER, slowSeconds])].sort((a, b) => a - b);
    this.counts = Array.from({ length: this.bounds.length + 1 }, () => 0);
  }

  /** A changed SLO counts from now on; the histogram keeps the bounds that it began with. */
  setSlow(slowSeconds: number): void {
    this.#slowSeconds = slowSeconds;
  }

  count(code: CodeClass, seconds: number): void {
    this.requests += 1;
    this.classes[code] += 1;
    if (code === '5xx' || code === 'fallback') this.error += 1;
    if (code === '4xx') this.rejected += 1;
    if (seconds > this.#slowSeconds) this.slow += 1;
    this.#time(seconds);
  }

  /** A request that ended before the version was asked. */
  countUnasked(code: '5xx' | 'fallback', seconds: number): void {
    this.requests += 1;
    this.classes[code] += 1;
    this.error += 1;
    this.unasked += 1;
    this.#time(seconds);
  }

  /** What a rollout decides on. */
  snapshot(): Counters {
    return { requests: this.requests - this.unasked, error: this.error - this.unasked, rejected: this.rejected, slow: this.slow };
  }

  #time(seconds: number): void {
    this.sumSeconds += seconds;
    let bound = 0;
    while (bound < this.bounds.length && seconds > (this.bounds[bound] ?? 0)) bound += 1;
    this.counts[bound] = (this.counts[bound] ?? 0) + 1;
    this.bins.add(seconds);
  }
}

/** Tallies by version and arm, made when first needed and kept: a version that comes back goes on counting. */
export class Tallies {
  readonly #tallies = new Map<string, Tally>();

  of(labels: TallyLabels, slowSeconds: number): Tally {
    const key = JSON.stringify([labels.tenant, labels.model, labels.version, labels.arm]);
    const known = this.#tallies.get(key);
    known?.setSlow(slowSeconds);
    if (known !== undefined) return known;
    const tally = new Tally(labels, slowSeconds);
    this.#tallies.set(key, tally);
    return tally;
  }

  all(): Iterable<Tally> {
    return this.#tallies.values();
  }
}
