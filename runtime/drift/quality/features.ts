import type { FieldSpec } from '../../model/types.ts';
import { outsideBins, specialBins } from '../bins.ts';
import { sum } from '../counts.ts';
import { twoShares } from '../stats/two-shares.ts';
import type { CategoricalReference, FeatureReference, NumericReference, QualityResult } from '../types.ts';
import { byMarks, MARKS, MIN_ROWS, percent } from './checks.ts';

/** One feature's counts in a window, in the bins of its reference. */
export interface FeatureWindow {
  readonly feature: FeatureReference;
  /** What the Model file says of it; undefined for a feature that only the reference knows. */
  readonly field: FieldSpec | undefined;
  readonly counts: ArrayLike<number>;
  readonly n: number;
  /** What the reference's own hours of this slot held, unshrunk: some features are always missing at night. */
  readonly usual: { readonly counts: ArrayLike<number>; readonly m: number };
  /** One value for all rows of an hour, which moves on with the calendar: new values are expected. */
  readonly ambient: boolean;
  /** Most nulls that the Model file allows; null: reference + 10 points. */
  readonly maxNullShare: number | null;
  readonly sql: string | null;
}

/** Every check of one feature. Only levels other than `ok` and the null share are worth a line to a reader, but all are recorded. */
export function checkFeature(window: FeatureWindow): readonly QualityResult[] {
  const { feature } = window;
  // An output is null where the model did not answer: that is the rollout guards' matter, not the data's.
  const shared = feature.role === 'output' ? [] : [checkSchema(window), checkTypes(window), checkNulls(window)];
  return feature.kind === 'numeric' ? [...shared, ...checkNumeric(window, feature)] : [...shared, ...checkCategories(window, feature)];
}

/** A feature that is absent from every row, or of another type in most, is another schema. */
function checkSchema({ feature, counts, n, sql }: FeatureWindow): QualityResult {
  const special = specialBins(feature);
  const missing = counts[special.null] ?? 0;
  const wrong = counts[special.typeError] ?? 0;
  const usuallyThere = (feature.counts[special.null] ?? 0) < 0.5 * sum(feature.counts);
  const gone = usuallyThere && missing === n;
  const changed = wrong > 0.5 * n;
  const level = n >= MIN_ROWS && (gone || changed) ? 'fail' : 'ok';
  const text =
    gone && level === 'fail' ? `absent from all ${n} rows` : changed && level === 'fail' ? `of another type in ${wrong} of ${n} rows` : 'present';
  return { check: 'schema', feature: feature.name, observed: n === 0 ? 0 : Math.max(missing, wrong) / n, bound: 1, n, level, text, sql };
}

function checkTypes({ feature, counts, n, sql }: FeatureWindow): QualityResult {
  const count = counts[specialBins(feature).typeError] ?? 0;
  return byMarks('types', feature.name, { count, n, what: 'of the wrong type' }, MARKS.types, sql);
}

/** Nulls and NaN together, against the reference: more points and more than chance. */
function checkNulls({ feature, counts, n, usual, maxNullShare, sql }: FeatureWindow): QualityResult {
  const missing = (from: ArrayLike<number>): number => {
    const special = specialBins(feature);
    return (from[special.null] ?? 0) + (special.nan === null ? 0 : (from[special.nan] ?? 0));
  };
  // Whichever expects more nulls: the whole reference, or its rows of this slot.
  const inSlot = usual.m >= MIN_ROWS && missing(usual.counts) / usual.m > missing(feature.counts) / Math.max(1, sum(feature.counts));
  const base = inSlot ? usual : { counts: feature.counts, m: sum(feature.counts) };
  const reference = base.m === 0 ? 0 : missing(base.counts) / base.m;
  const observed = n === 0 ? 0 : missing(counts) / n;
  // Ten points more; of a feature that is often missing anyway, half as often again: such shares swing by more than chance.
  const bound = maxNullShare ?? reference + Math.max(MARKS.nulls.fail, reference / 2);
  const chance = twoShares(missing(counts), n, missing(base.counts), base.m);
  const real = n >= MIN_ROWS && chance !== null && chance.p < MARKS.nulls.p;
  const level =
    observed > bound && (real || maxNullShare !== null) && n >= MIN_ROWS ? 'fail' : observed > reference + MARKS.nulls.warn && real ? 'warn' : 'ok';
  const text = `${percent(observed)} null or NaN, ${percent(reference)} in the reference; fails above ${percent(bound)}`;
  return { check: 'nulls', feature: feature.name, observed, bound, n, level, text, sql };
}

function checkNumeric({ field, counts, n, ambient, sql }: FeatureWindow, feature: NumericReference): readonly QualityResult[] {
  const { below, above, infinite } = outsideBins(feature);
  const count = (bins: readonly number[]): number => bins.reduce((total, bin) => total + (counts[bin] ?? 0), 0);
  const outside = count(below) + count(above);
  const beyond = outsideDomain(feature, field, { below: count(below), above: count(above) });
  const range = byMarks('range', feature.name, { count: outside, n, what: `outside ${feature.min} to ${feature.max}` }, MARKS.range, sql);
  // Past what the reference held is news, past what the Model file allows is an error.
  const level = beyond ? range.level : range.level === 'ok' || ambient ? 'ok' : 'warn';
  return [{ ...range, level }, byMarks('infinite', feature.name, { count: count(infinite), n, what: 'infinite' }, MARKS.infinite, sql)];
}

/**
 * Whether values past the reference's range may also lie past the declared domain. Counts know only that they are past the reference's
 * minimum or maximum, so the domain is broken for certain only where it ends there; without a declared domain nothing is.
 */
function outsideDomain(
  feature: NumericReference,
  field: FieldSpec | undefined,
  outside: { readonly below: number; readonly above: number },
): boolean {
  const domain = field?.domain;
  if (domain === undefined) return false;
  return (outside.below > 0 && domain.min >= feature.min) || (outside.above > 0 && domain.max <= feature.max);
}

function checkCategories({ counts, n, sql }: FeatureWindow, feature: CategoricalReference): readonly QualityResult[] {
  if (feature.known === null) return []; // too many values to keep: what is new cannot be told
  const count = counts[specialBins(feature).unseen ?? -1] ?? 0;
  return [byMarks('new categories', feature.name, { count, n, what: 'never seen in the reference' }, MARKS.unseen, sql)];
}
