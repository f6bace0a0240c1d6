import { percent } from '../quality/checks.ts';
import type { DriftVerdict, QualityResult } from '../types.ts';
import { isoOf } from '../windows.ts';

/** One line on a drifted feature: how large, how sure, which values. Without a verdict only its name. */
export function driftWords(feature: string, state: string, openedAt: number, verdict: DriftVerdict | undefined): string {
  const head = `${feature} ${state === 'critical' ? 'CRITICAL' : state} since ${isoOf(openedAt).slice(0, 16)}Z`;
  const statistics = verdict?.statistics;
  if (statistics == null) return head;
  const [low, high] = statistics.ci;
  const top = verdict?.attribution[0];
  const where = top === undefined ? '' : `; ${percent(top.share)} of it: ${top.bin} (${percent(top.reference)} -> ${percent(top.current)})`;
  return `${head}: PSI ${statistics.psiCorrected.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})${where}`;
}

/** One line on a failed check. */
export function qualityWords(result: QualityResult | undefined, name: string): string {
  return result === undefined ? name : `${name}: ${result.text}`;
}
