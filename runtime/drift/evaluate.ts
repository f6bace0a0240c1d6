import type { DriftSpec } from '../model/types.ts';
import { type DailyAuc, type Drop, dropOfDays, MIN_DAYS, mean } from './performance/days.ts';
import type { ScoreReference } from './types.ts';

/** Matured labels that a conclusion needs at least; what it really takes, the spread between days says. */
export const MIN_LABELS = 2000;
/** Whole days of labels after which no more are waited for when they show no harm. */
export const FINAL_DAYS = 3;

/** What there is to hold an alarm's harm by. */
export interface HarmEvidence {
  readonly reference: Pick<ScoreReference, 'dayAucs'> | null;
  /** Whole days since the alarm opened whose labels have all had the time to come. */
  readonly since: DailyAuc;
  /** Days before it opened. */
  readonly before: DailyAuc;
  /** Expected from the scores since the alarm opened; null: no score. */
  readonly estimated: { readonly auc: number | null; readonly aucSe: number | null; readonly n: number } | null;
  readonly limits: Pick<DriftSpec, 'minDrop' | 'severeDrop'>;
}

export interface Evaluation {
  readonly basis: 'matured' | 'estimated' | 'none';
  readonly conclusion: 'none shown' | 'harm' | 'severe' | 'unknown';
  /** True when more labels would not be waited for: acts follow a final conclusion only. */
  readonly final: boolean;
  readonly auc: number | null;
  readonly yardstick: number | null;
  /** What `auc` is held against: the same version before the alarm, or its hold-out at registration. */
  readonly against: 'before' | 'reference';
  readonly labelled: number;
  readonly drop: number | null;
  /** In the words of `weir drift report`. */
  readonly text: string;
}

/**
 * Whether a drift costs performance, at equal label age. The yardstick is the same version's own days before the alarm when there are
 * enough, because seasons move AUC too and the question is what this change did; else the days of its hold-out. Before a
 * whole day of labels has matured the estimate is told, and decides nothing: it cannot see a changed relation.
 */
export function evaluate(evidence: HarmEvidence): Evaluation {
  const { since, before, reference, limits } = evidence;
  const against = before.aucs.length >= MIN_DAYS ? 'before' : 'reference';
  const own = against === 'before' ? before.aucs : (reference?.dayAucs ?? []);
  const yardstick = own.length >= MIN_DAYS ? mean(own) : null;
  const base: Base = { against, yardstick, labelled: since.labelled };
  if (yardstick === null || since.aucs.length === 0 || since.labelled < MIN_LABELS) return estimateOnly(evidence, base);
  return concluded(dropOfDays(own, since.aucs, limits), mean(since.aucs), evidence, { ...base, yardstick });
}

type Base = Pick<Evaluation, 'against' | 'yardstick' | 'labelled'>;

function concluded(drop: Drop, auc: number, { since, limits }: HarmEvidence, base: Base & { readonly yardstick: number }): Evaluation {
  const conclusion = drop.severe ? 'severe' : drop.harm ? 'harm' : 'none shown';
  const final = drop.harm || drop.bounded || since.aucs.length >= FINAL_DAYS;
  const words = { severe: 'severe', harm: 'shown', 'none shown': 'none shown' }[conclusion];
  const days = since.aucs.length === 1 ? '1 day' : `${since.aucs.length} days`;
  const figures = `AUC ${three(auc)} against ${three(base.yardstick)} on ${thousands(base.labelled)} matured labels of ${days}`;
  const text = `${words}: ${figures} (acts from ${three(limits.minDrop)})${final ? '' : ', more labels to come'}`;
  return { ...base, basis: 'matured', conclusion, final, auc, drop: drop.D, text };
}

function estimateOnly({ estimated, since, limits }: HarmEvidence, base: Base): Evaluation {
  const waiting =
    since.aucs.length === 0 ? 'no whole day of labels matured' : `${thousands(base.labelled)} of at least ${thousands(MIN_LABELS)} labels matured`;
  if (estimated === null || estimated.auc === null || base.yardstick === null) {
    return { ...base, basis: 'none', conclusion: 'unknown', final: false, auc: null, drop: null, text: `not known yet: ${waiting}` };
  }
  const se = 1.96 * (estimated.aucSe ?? 0);
  const range = `${three(estimated.auc - se)} to ${three(estimated.auc + se)}`;
  const rows = `estimated from ${thousands(estimated.n)} scores against ${three(base.yardstick)}`;
  const text = `not known yet: AUC ${three(estimated.auc)} (${range}) ${rows}; ${waiting} (acts from ${three(limits.minDrop)})`;
  return { ...base, basis: 'estimated', conclusion: 'unknown', final: false, auc: estimated.auc, drop: base.yardstick - estimated.auc, text };
}

const three = (value: number): string => value.toFixed(3);

/** `16,204`. */
export function thousands(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
