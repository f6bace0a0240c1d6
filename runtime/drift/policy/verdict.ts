import { sum } from '../counts.ts';
import type { JudgeInput, WindowCounts } from '../judge-types.ts';
import type { DriftVerdict, QualityResult } from '../types.ts';
import { spanOf } from '../windows.ts';
import { isOpen } from './alarms.ts';
import { expected } from './expected.ts';
import { levelOf, thresholdsOf } from './level.ts';
import { type Comparison, compare } from './statistics.ts';

/** Checks of the whole model whose hard fail says that the window's rows are no sample of anything. */
const PARENTS: ReadonlySet<string> = new Set(['schema', 'volume', 'freshness', 'decode']);

/**
 * The verdict on one feature of one window. Below n_min the window is widened: the smallest span that suffices is used and named; when
 * none does, the verdict is `insufficient` and shows the widest figures.
 * @param index Of the feature in the reference.
 */
export function judgeFeature(input: JudgeInput, index: number, quality: readonly QualityResult[]): DriftVerdict {
  const feature = input.reference.features[index];
  if (feature === undefined) throw new Error(`reference of ${input.reference.model} has no feature ${index}`);
  const cause = causeBefore(input, feature.name, quality);
  const { counts, comparison, slot } = widen(input, index, cause !== null);
  const { statistics, attribution, n, m, K } = comparison;
  const thresholds = thresholdsOf(input.spec.drift, feature.name);
  const small = cause ?? (comparison.enough ? null : 'small');
  return {
    kind: 'weir.drift/Verdict',
    v: 1,
    tenant: input.spec.tenant,
    model: input.spec.name,
    version: input.version,
    feature: feature.name,
    window: spanOf(input.window),
    used: spanOf(counts.window),
    reference: input.referenceId,
    against: 'training',
    slot: slot === '' ? input.slot : slot,
    n,
    m: Math.round(m),
    K,
    level: small === null && statistics !== null ? levelOf(statistics, thresholds) : 'insufficient',
    thresholds,
    cause: small,
    statistics,
    attribution,
    coverage: input.coverage,
    sql: input.sql(feature.name, counts.window),
    alarm: null,
  };
}

/** The end of the last window that may not be used: of an open quality alarm now, of a closed one when it closed. Epoch seconds. */
function cleanSince({ history, window }: JudgeInput, feature: string): number {
  const ends = Object.entries(history.alarms).flatMap(([key, alarm]) => {
    const [about, check, of] = key.split('/');
    if (about !== 'quality' || !(of === feature || (of === '' && PARENTS.has(check ?? '')))) return [];
    return isOpen(alarm.state) ? [window.start] : (alarm.closed?.at ?? []);
  });
  return Math.max(0, ...ends);
}

/** What forbids a verdict whatever the counts say. */
function causeBefore(input: JudgeInput, feature: string, quality: readonly QualityResult[]): string | null {
  if (input.gap) return 'gap';
  if (ambient(input, feature)) return 'ambient';
  const failed = quality.filter(({ level }) => level === 'fail');
  return failed.some((result) => PARENTS.has(result.check) || result.feature === feature) ? 'quality' : null;
}

/** Importance of ambient inputs from which on the outputs move with them. */
const CARRIED = 0.25;

/**
 * A feature that is one value for all rows of an hour is no sample, and neither are the outputs of a model that mostly reads such features: a
 * stormy day moves every score of the hour.
 */
function ambient({ spec, reference }: JudgeInput, name: string): boolean {
  const declared = spec.drift.ambient ?? [];
  if (declared.includes(name)) return true;
  const role = reference.features.find((feature) => feature.name === name)?.role;
  return role === 'output' && sum(reference.features.map((one) => (declared.includes(one.name) ? one.weight : 0))) > CARRIED;
}

function widen(
  input: JudgeInput,
  index: number,
  asItIs: boolean,
): { readonly counts: WindowCounts; readonly comparison: Comparison; readonly slot: string } {
  const feature = input.reference.features[index];
  const own = input.counts[0];
  if (feature === undefined || own === undefined) throw new Error('a judgement needs a reference feature and a window');
  const attempt = (counts: WindowCounts): ReturnType<typeof widen> => {
    const usual = expected(feature, counts.slots, counts.window.seconds);
    return { counts, comparison: compare(feature, counts.features[index] ?? new Float64Array(0), usual), slot: usual.slot };
  };
  let best = attempt(own);
  const clean = cleanSince(input, feature.name);
  for (const counts of asItIs ? [] : input.counts.slice(1)) {
    if (best.comparison.enough || counts.window.start < clean) break; // rows that failed a check must not come back in a wider window
    best = attempt(counts);
  }
  return best;
}
