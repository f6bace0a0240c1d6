import type { DriftSpec } from '../model/types.ts';
import { dropOf, type Figure } from './performance/drop.ts';
import type { Realised } from './performance/realised.ts';
import type { ScoreReference } from './types.ts';

/** Matured labels that a conclusion needs at least; what it really takes, the standard error says. */
export const MIN_LABELS = 2000;

/** What there is to hold an alarm's harm by. */
export interface HarmEvidence {
  readonly reference: Pick<ScoreReference, 'auc' | 'aucSe'> | null;
  /** Labels at the label's own age, of predictions made since the alarm opened, pooled over windows; null: none matured. */
  readonly since: Realised | null;
  /** The same of the last days before it opened; null: too young. */
  readonly before: Realised | null;
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
 * Whether a drift costs performance, at equal label age. The yardstick is the same version's own matured figure before the alarm when
 * that has enough labels, because seasons move AUC too and the question is what this change did; else the hold-out of its registration.
 * Before labels mature the estimate is told, and decides nothing: it cannot see a changed relation.
 */
export function evaluate(evidence: HarmEvidence): Evaluation {
  const { since, limits } = evidence;
  const { against, yardstick } = yardstickOf(evidence);
  const current = figure(since?.auc ?? null, since?.aucSe ?? null);
  const labelled = since?.labelled ?? 0;
  const base = { against, yardstick: yardstick?.value ?? null, labelled };
  if (current === null || yardstick === null || labelled < MIN_LABELS) return estimateOnly(evidence, yardstick, base);
  const drop = dropOf(yardstick, current, limits);
  const conclusion = drop.severe ? 'severe' : drop.harm ? 'harm' : 'none shown';
  const final = drop.harm || drop.sensitive;
  const words = { severe: 'severe', harm: 'shown', 'none shown': 'none shown' }[conclusion];
  const against2 = `AUC ${three(current.value)} against ${three(yardstick.value)} on ${thousands(labelled)} matured labels`;
  const text = `${words}: ${against2} (acts from ${three(limits.minDrop)})${final ? '' : ', more labels to come'}`;
  return { ...base, basis: 'matured', conclusion, final, auc: current.value, drop: drop.D, text };
}

function yardstickOf({ before, reference }: HarmEvidence): { against: Evaluation['against']; yardstick: Figure | null } {
  const own = figure(before?.auc ?? null, before?.aucSe ?? null);
  if (own !== null && (before?.labelled ?? 0) >= MIN_LABELS) return { against: 'before', yardstick: own };
  return { against: 'reference', yardstick: reference === null ? null : { value: reference.auc, se: reference.aucSe } };
}

function estimateOnly(
  { estimated, limits }: HarmEvidence,
  yardstick: Figure | null,
  base: Pick<Evaluation, 'against' | 'yardstick' | 'labelled'>,
): Evaluation {
  const waiting = `${thousands(base.labelled)} of at least ${thousands(MIN_LABELS)} labels matured`;
  if (estimated === null || estimated.auc === null || yardstick === null) {
    return { ...base, basis: 'none', conclusion: 'unknown', final: false, auc: null, drop: null, text: `not known yet: ${waiting}` };
  }
  const se = 1.96 * (estimated.aucSe ?? 0);
  const range = `${three(estimated.auc - se)} to ${three(estimated.auc + se)}`;
  const text = `not known yet: AUC ${three(estimated.auc)} (${range}) estimated from scores against ${three(yardstick.value)}; ${waiting} (acts from ${three(limits.minDrop)})`;
  return { ...base, basis: 'estimated', conclusion: 'unknown', final: false, auc: estimated.auc, drop: yardstick.value - estimated.auc, text };
}

const figure = (value: number | null, se: number | null): Figure | null => (value === null || se === null ? null : { value, se });
const three = (value: number): string => value.toFixed(3);

/** `16,204`. */
export function thousands(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
