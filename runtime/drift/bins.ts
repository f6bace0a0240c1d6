import type { Value } from '../telemetry/events.ts';
import { binsOf, SPECIAL } from './edges.ts';
import { compileLookup } from './lookup.ts';
import type { CategoricalReference, FeatureReference, NumericReference } from './types.ts';
import { categoryText, numericValue, TYPE_ERROR } from './values.ts';

/** Puts one feature's logged values into the bins of its reference. */
export interface Binner {
  readonly bins: number;
  /** `typeError`: the proxy named this feature as an offender, whatever the value says. */
  readonly bin: (value: Value | undefined, typeError: boolean) => number;
}

/** The part of a reference that decides bins: a reference under construction has no counts yet. */
export type BinnedFeature = Pick<NumericReference, 'kind' | 'dtype' | 'edges'> | Pick<CategoricalReference, 'kind' | 'top' | 'known'>;

/** Verdict groups of the most frequent categories; the rest is one group. */
export const TOP_GROUPS = 20;

/** How many bins a feature has, specials included: at most 167. */
export function binCount(feature: BinnedFeature): number {
  return feature.kind === 'numeric' ? feature.edges.length + 4 : feature.top.length + 5;
}

/** Codes of a categorical feature after its top values. */
export function categoryCodes(top: number): { rest: number; unseen: number; empty: number; null: number; typeError: number } {
  return { rest: top, unseen: top + 1, empty: top + 2, null: top + 3, typeError: top + 4 };
}

/** Where the specials of a feature are counted; null where the kind has no such bin. */
export function specialBins(feature: BinnedFeature): Readonly<Record<'null' | 'typeError', number>> & {
  readonly nan: number | null;
  readonly unseen: number | null;
  readonly empty: number | null;
} {
  if (feature.kind === 'categorical') {
    const codes = categoryCodes(feature.top.length);
    return { null: codes.null, typeError: codes.typeError, nan: null, unseen: codes.unseen, empty: codes.empty };
  }
  const last = feature.edges.length;
  return {
    null: last + 1 + SPECIAL.null,
    typeError: last + 1 + SPECIAL.typeError,
    nan: last + 1 + SPECIAL.nan,
    unseen: null,
    empty: null,
  };
}

/** Bins of finite values that the reference never held, and of the infinities: for range checks. */
export function outsideBins(feature: NumericReference): {
  readonly below: readonly number[];
  readonly above: readonly number[];
  readonly infinite: readonly number[];
} {
  const bins = binsOf(feature.edges);
  const last = bins.length - 1;
  const where = (test: (bin: { readonly lower: number; readonly upper: number }) => boolean): number[] =>
    bins.flatMap((bin, index) => (index > 0 && index < last && test(bin) ? [index] : []));
  return { below: where(({ upper }) => upper < feature.min), above: where(({ lower }) => lower >= feature.max), infinite: [0, last] };
}

export function compileFeature(feature: BinnedFeature): Binner {
  return feature.kind === 'numeric' ? numericBinner(feature) : categoricalBinner(feature);
}

function numericBinner(feature: Pick<NumericReference, 'kind' | 'dtype' | 'edges'>): Binner {
  const lookup = compileLookup(feature.edges);
  const special = specialBins(feature);
  const nan = special.nan ?? 0;
  const float32 = feature.dtype === 'float32';
  return {
    bins: binCount(feature),
    bin(value, typeError) {
      if (typeError) return special.typeError;
      const number = typeof value === 'number' ? value : numericValue(value);
      if (number === null) return special.null;
      if (number === TYPE_ERROR) return special.typeError;
      if (Number.isNaN(number)) return nan;
      return lookup(float32 ? Math.fround(number) : number);
    },
  };
}

function categoricalBinner(feature: Pick<CategoricalReference, 'kind' | 'top' | 'known'>): Binner {
  const codes = categoryCodes(feature.top.length);
  const byText = new Map<string, number>([['', codes.empty]]);
  for (const value of feature.known ?? []) byText.set(value, codes.rest);
  for (const [code, value] of feature.top.entries()) byText.set(value, code);
  // Without a dictionary of all known values nothing can be called unseen: it is rest.
  const other = feature.known === null ? codes.rest : codes.unseen;
  return {
    bins: binCount(feature),
    bin(value, typeError) {
      if (typeError) return codes.typeError;
      const text = categoryText(value);
      if (text === null) return codes.null;
      if (text === TYPE_ERROR) return codes.typeError;
      return byText.get(text) ?? other;
    },
  };
}

/** Verdict groups of a categorical feature: its first 20 values, everything else known, and each special apart. */
export function categoryGroups(top: number): number[] {
  const apart = Math.min(top, TOP_GROUPS);
  const code = Array.from({ length: top + 1 }, (_, bin) => Math.min(bin, apart));
  return [...code, apart + 1, apart + 2, apart + 3, apart + 4];
}

/** Adds up counts by group. */
export function foldGroups(counts: ArrayLike<number>, groups: readonly number[]): Float64Array {
  const folded = new Float64Array(groupCount(groups));
  for (let bin = 0; bin < groups.length; bin++) {
    const group = groups[bin] ?? 0;
    folded[group] = (folded[group] ?? 0) + (counts[bin] ?? 0);
  }
  return folded;
}

export const groupCount = (groups: readonly number[]): number => groups.reduce((most, group) => Math.max(most, group + 1), 0);

/** Groups that are never merged with others for a test: `unseen`, `null`, `nan`, `type_error`. */
export function unmergeableGroups(feature: FeatureReference, groups: readonly number[] = feature.g10): ReadonlySet<number> {
  const { null: none, typeError, nan, unseen } = specialBins(feature);
  return new Set([none, typeError, nan, unseen].flatMap((bin) => (bin === null ? [] : [groups[bin] ?? -1])));
}

/** What a person reads for each bin: `(308, 325]`, `= 0`, `ATL`, `null`. */
export function binLabels(feature: BinnedFeature): string[] {
  if (feature.kind === 'categorical') return [...feature.top, 'rest', 'unseen', 'empty', 'null', 'type_error'];
  const bins = binsOf(feature.edges);
  const names = bins.map(({ lower, upper }, bin) => intervalLabel(lower, upper, bin, bins.length));
  return [...names, 'null', 'nan', 'type_error'];
}

/** What a person reads for each group: the outer bounds of its bins, or the name of its only bin. */
export function groupLabels(feature: BinnedFeature, groups: readonly number[]): string[] {
  const labels = binLabels(feature);
  const bins = feature.kind === 'numeric' ? binsOf(feature.edges) : [];
  return Array.from({ length: groupCount(groups) }, (_, group) => {
    const members = groups.flatMap((of, bin) => (of === group ? [bin] : []));
    const [first, last] = [members.at(0) ?? 0, members.at(-1) ?? 0];
    if (members.length === 1) return labels[first] ?? '';
    if (feature.kind === 'categorical') return 'other known';
    return intervalLabel(bins[first]?.lower ?? 0, bins[last]?.upper ?? 0, first, bins.length);
  });
}

function intervalLabel(lower: number, upper: number, bin: number, bins: number): string {
  if (bin === 0) return '-Infinity';
  if (bin === bins - 1) return 'Infinity';
  if (bin === 1 && bins > 3) return `< ${shorten(upper)}`;
  if (bin === bins - 2) return `> ${shorten(lower)}`;
  return lower >= upper - Math.abs(upper) * 1e-15 ? `= ${shorten(upper)}` : `(${shorten(lower)}, ${shorten(upper)}]`;
}

/** Seven digits tell edges apart; `down(x)` reads as x. */
const shorten = (x: number): string => String(Number(x.toPrecision(7)));
