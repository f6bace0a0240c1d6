import type { Verdict } from '../../model/status.ts';

/** A guard's running evidence: about 70 numbers, rounded; plain JSON in the status. Logarithms are natural. */
export interface GuardState {
  readonly name: string;
  readonly verdict: Verdict;
  /** ln E of the rollback evidence, and ln(1/alpha_g) that it fails at. */
  readonly logE: number;
  readonly logThreshold: number;
  /** 95 % confidence sequence of the ratio candidate : stable, for people; null while nothing is known. */
  readonly ratio: readonly [number, number] | null;
  /** Candidate requests and events counted in the attempt. */
  readonly samples: number;
  readonly events: number;
  readonly stableSamples: number;
  readonly stableEvents: number;
  readonly lastSampleAt: string | null;
  /** True when this step's advance evidence has shown the guard healthy. */
  readonly shown: boolean;
  /** Expected seconds until it is shown, by 12.5; null: unknown. */
  readonly advanceInSeconds: number | null;
  /** Expected seconds in which a candidate with three times stable's share of the event is found out, by 12.5; null: unknown, or never. */
  readonly detectInSeconds: number | null;
  readonly message: string;
  /** The process itself; its layout belongs to `evidence/`. */
  readonly state: Readonly<Record<string, number | readonly number[]>>;
}
