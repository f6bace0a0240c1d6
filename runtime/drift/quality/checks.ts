import type { QualityResult } from '../types.ts';

/** Shares of fewer rows than this say nothing about a source: one null in five rows is no outage. */
export const MIN_ROWS = 20;

/** Marks of 20-drift, 10, as shares. */
export const MARKS = {
  types: { warn: 0.001, fail: 0.01 },
  range: { warn: 0.001, fail: 0.01 },
  unseen: { warn: 0.005, fail: 0.1 },
  infinite: { warn: 0, fail: 0.01 },
  late: { warn: 0.01, fail: Infinity },
  nulls: { warn: 0.02, fail: 0.1, p: 0.001 },
} as const;

/** The result of a check whose observed share is held against two marks. */
export function byMarks(
  check: string,
  feature: string | null,
  seen: { readonly count: number; readonly n: number; readonly what: string },
  marks: { readonly warn: number; readonly fail: number },
  sql: string | null,
): QualityResult {
  const observed = seen.n === 0 ? 0 : seen.count / seen.n;
  const level = seen.n < MIN_ROWS ? 'ok' : observed > marks.fail ? 'fail' : observed > marks.warn ? 'warn' : 'ok';
  const bound = level === 'fail' || marks.warn === 0 ? marks.fail : marks.warn;
  const text = `${percent(observed)} ${seen.what} (${seen.count} of ${seen.n}); warns above ${percent(marks.warn)}, fails above ${percent(marks.fail)}`;
  return { check, feature, observed, bound: Number.isFinite(bound) ? bound : marks.warn, n: seen.n, level, text, sql };
}

/** `3 %`, `0.12 %`; `never` for a mark that cannot be passed. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${Number((100 * share).toPrecision(3))} %` : 'never';
}
