/** Edges of a numeric feature and what its bins mean: 20-drift, 2. Pure; the reference builder brings the order statistics. */

export const MAX = Number.MAX_VALUE;
/** A value that one row in 20 has (5 %) is a verdict group of its own; whole numbers, because .05 n is not exact. */
export const BIG_POINT_ONE_IN = 20;
/** A value that one row in 50 has (2 %) is a bin of its own. */
export const SMALL_POINT_ONE_IN = 50;
/** Quantile cells before points are cut out; 60 = 20 x 3 = 10 x 6, so chart and verdict cells are exact sums. */
export const CELLS = 60;

/** The double just below x: down(0) = -5e-324, down(-inf) = -inf. */
export function down(x: number): number {
  if (Number.isNaN(x) || x === -Infinity) return x;
  if (x === Infinity) return MAX;
  if (x === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** The double just above x. */
export const up = (x: number): number => -down(-x);

export interface EdgeInput {
  /** Smallest and largest finite value. */
  readonly min: number;
  readonly max: number;
  /** q_1 … q_59 of the rows that are no big point, by `quantile_disc`; empty when there are none. */
  readonly quantiles: readonly number[];
  readonly bigPoints: readonly number[];
  readonly smallPoints: readonly number[];
}

export interface EdgePlan {
  readonly edges: readonly number[];
  readonly point: readonly boolean[];
  readonly g10: readonly number[];
  readonly g20: readonly number[];
}

/** Edges, points and groups of a feature with at least one finite value. At most 163 edges: 59 + 4 and two for each of 50 points. */
export function planEdges(input: EdgeInput): EdgePlan {
  const points = new Set([...input.bigPoints, ...input.smallPoints].map(positiveZero));
  const inner = [down(input.min), ...input.quantiles, input.max, ...[...points].flatMap((x) => [down(x), x])];
  // MAX may itself be the largest value: the set keeps it once.
  const edges = [...new Set([-Infinity, ...inner.map(positiveZero), MAX])].sort((a, b) => a - b);
  const big = new Set(input.bigPoints.map(positiveZero));
  const cuts = (step: number): number[] => input.quantiles.filter((_, index) => (index + 1) % step === 0);
  return {
    edges,
    point: pointsOf(edges),
    g10: groupsOf(edges, big, input, cuts(CELLS / 10)),
    g20: groupsOf(edges, big, input, cuts(CELLS / 20)),
  };
}

/** A feature that has no finite value in the reference still needs bins: every finite value is then new. */
export function emptyEdges(): EdgePlan {
  const edges = [-Infinity, MAX];
  const groups = [0, 1, 2, 3, 4, 5];
  return { edges, point: pointsOf(edges), g10: groups, g20: groups };
}

/** The value bins: `lower < v <= upper`. Bin 0 holds -Infinity alone, the last one +Infinity alone. */
export function binsOf(edges: readonly number[]): { readonly lower: number; readonly upper: number }[] {
  const bounds = [...edges, Infinity];
  return bounds.map((upper, index) => ({ lower: bounds[index - 1] ?? -Infinity, upper }));
}

/** Bins that one double alone can fall into. */
function pointsOf(edges: readonly number[]): boolean[] {
  return [...binsOf(edges).map(({ lower, upper }) => lower === down(upper)), false, false, false];
}

/** Specials after the value bins, by offset. */
export const SPECIAL = { null: 0, nan: 1, typeError: 2 } as const;

/** Big points and everything outside [min, max] are groups of their own, the rest belongs to its quantile cell. Numbered in bin order. */
function groupsOf(edges: readonly number[], big: ReadonlySet<number>, range: EdgeInput, cuts: readonly number[]): number[] {
  const names = binsOf(edges).map(({ lower, upper }, bin) => {
    const outside = bin === 0 || lower < down(range.min) || upper > range.max;
    if (outside || (big.has(upper) && lower === down(upper))) return `bin ${bin}`;
    return `cell ${cuts.filter((cut) => cut <= lower).length}`;
  });
  names.push('null', 'nan', 'type_error');
  const number = new Map<string, number>();
  return names.map((name) => {
    const known = number.get(name) ?? number.size;
    number.set(name, known);
    return known;
  });
}

const positiveZero = (x: number): number => (x === 0 ? 0 : x);
