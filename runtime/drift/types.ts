import type { DriftThresholds } from '../model/types.ts';

/** The records of drift: 20-drift, sections 2, 3 and 12. Times: epoch seconds for windows, ISO 8601 in records for people. */

/** Immutable, one per model version; its id is `sha256:` + hex of its canonical JSON. Built once, read by every executor. */
export interface Reference {
  readonly kind: 'weir.drift/Reference';
  readonly v: 1;
  readonly model: string;
  readonly version: string;
  readonly rows: number;
  readonly slotZone: string;
  readonly source: { readonly uri: string; readonly sha256: string };
  readonly features: readonly FeatureReference[];
  /** 64 equal-frequency bins of the score: 63 inner edges, and each bin's mean score. Null for a model without a score. */
  readonly score: ScoreReference | null;
  /** Rows per hour of event time, for volume: `hours[slot]` = mean and variance of hourly row counts of that slot. */
  readonly volume: Readonly<Record<string, { readonly mean: number; readonly variance: number; readonly windows: number }>>;
}

export type FeatureRole = 'input' | 'output' | 'label';
export type FeatureReference = NumericReference | CategoricalReference;

interface FeatureBase {
  readonly name: string;
  readonly role: FeatureRole;
  /** Importance; sums to 1 over inputs. */
  readonly weight: number;
  /** Counts by bin, in bin order, specials last. */
  readonly counts: readonly number[];
  /** Counts of 48 hour slots (`00wd` … `23we`) and 7 day slots (`mon` …), by slot. */
  readonly slots: Readonly<Record<string, readonly number[]>>;
}

export interface NumericReference extends FeatureBase {
  readonly kind: 'numeric';
  readonly dtype: 'float64' | 'float32';
  readonly edgesId: string;
  /** Strictly ascending, first -Infinity (JSON: the string), last MAX; at most 163. bin(v) = number of edges e with e < v. */
  readonly edges: readonly number[];
  /** Bin -> verdict group and chart group; specials are groups of their own. */
  readonly g10: readonly number[];
  readonly g20: readonly number[];
  /** True for a bin that is one value. */
  readonly point: readonly boolean[];
  readonly q: Readonly<Record<'001' | '25' | '50' | '75' | '999', number>>;
  readonly min: number;
  readonly max: number;
}

export interface CategoricalReference extends FeatureBase {
  readonly kind: 'categorical';
  /** At most 100 values with share >= .1 %, by count, then UTF-8 bytes. */
  readonly top: readonly string[];
  /** All known values outside `top`, sorted by UTF-8 bytes (at most 100,000); null: too many, `unseen` is not judged. */
  readonly known: readonly string[] | null;
  /** Bin -> verdict group. */
  readonly g10: readonly number[];
}

export interface ScoreReference {
  readonly output: string;
  readonly edges: readonly number[];
  readonly mean: readonly number[];
  /** Realised figures on the hold-out at registration, the yardstick of harm. */
  readonly auc: number;
  readonly aucSe: number;
  /**
   * AUC within each day of the hold-out that has 30 rows of each class, in order: what a day of the version is held against while it has no past of its
   * own. Lower than `auc`, which also earns from telling bad days from good ones.
   */
  readonly dayAucs: readonly number[];
  readonly accuracy: number;
  readonly labelled: number;
  /** Threshold of the predicted class. */
  readonly threshold: number;
  /** Hold-out positives and negatives per score bin: CBPE's calibration until labels mature. */
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/** Offsets of one partition, both inclusive. */
export interface Coverage {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
}

export type ProfileArm = 'stable' | 'candidate' | 'shadow';

/** Counts of one (tenant, model, version, arm, segment, window, reference). Integers only. */
export interface ProfileRow {
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly arm: ProfileArm;
  readonly segment: string;
  /** Epoch seconds, a multiple of `seconds`. */
  readonly window: number;
  readonly seconds: number;
  readonly reference: string;
  readonly n: number;
  readonly late: number;
  /** By feature, in the order of the reference; each in bin order. */
  readonly features: readonly Float64Array[];
  /** [64 score bins][predicted class 0|1][label none|0|1], flat: index = (bin * 2 + class) * 3 + label. Empty without a score. */
  readonly cal: Float64Array;
}

export interface Profile {
  readonly coverage: readonly Coverage[];
  readonly rows: readonly ProfileRow[];
  readonly decodeErrors: number;
  readonly unreferenced: number;
}

export type Level = 'ok' | 'warn' | 'critical' | 'insufficient' | 'immature';

export interface WindowSpan {
  readonly start: string;
  readonly seconds: number;
}

export interface DriftVerdict {
  readonly kind: 'weir.drift/Verdict';
  readonly v: 1;
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly feature: string;
  /** The hour or day that was judged. */
  readonly window: WindowSpan;
  /** The window whose records were used: the same, trailing 3 hours, or the day when the hour was too small. */
  readonly used: WindowSpan;
  readonly reference: string;
  readonly against: 'training';
  readonly slot: string;
  readonly n: number;
  readonly m: number;
  readonly K: number;
  readonly level: Level;
  /** The marks of `psiCorrected` that the level was judged by; absent in records from before there was a choice: warn .1, critical .25. */
  readonly thresholds?: DriftThresholds;
  /** Why it is insufficient: `small`, `gap`, `quality`, `reference`; null otherwise. */
  readonly cause: string | null;
  readonly statistics: Statistics | null;
  readonly attribution: readonly { readonly bin: string; readonly share: number; readonly reference: number; readonly current: number }[];
  readonly coverage: readonly Coverage[];
  /** Runs as it is in DuckDB against the local lake and gives the counts. */
  readonly sql: string;
  readonly alarm: { readonly id: string; readonly state: AlarmStateName } | null;
}

export interface Statistics {
  readonly psi: number;
  readonly psiCorrected: number;
  readonly p: number;
  readonly ci: readonly [number, number];
  readonly jsBits: number;
  readonly hellinger: number;
  readonly ksLow: number | null;
  readonly ksHigh: number | null;
  readonly w1Iqr: number | null;
  readonly chi2: number;
  readonly nullShare: number;
}

export type AlarmStateName = 'ok' | 'watch' | 'warn' | 'critical';

/** One per check and window; `fail` drops the window from drift. */
export interface QualityResult {
  readonly check: string;
  readonly feature: string | null;
  readonly observed: number;
  readonly bound: number;
  readonly n: number;
  readonly level: 'ok' | 'warn' | 'fail';
  readonly text: string;
  readonly sql: string | null;
}

/** Performance of one prediction window, realised at a label age or estimated before labels. */
export interface Performance {
  readonly window: WindowSpan;
  readonly kind: 'realised' | 'estimated';
  /** Null for an estimate. */
  readonly ageDays: number | null;
  readonly predictions: number;
  readonly labelled: number;
  readonly maturity: number | null;
  readonly mature: boolean;
  readonly accuracy: number | null;
  readonly accuracySe: number | null;
  readonly auc: number | null;
  readonly aucSe: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
}
