import type { DriftThresholds } from '../../model/types.ts';
import { THRESHOLDS } from '../policy/level.ts';
import { percent } from '../quality/checks.ts';
import type { DriftVerdict, QualityResult } from '../types.ts';
import { isoOf } from '../windows.ts';

/** One line on a drifted feature: how large, how sure, by which marks when they are the file's own, which values. Without a verdict only its name. */
export function driftWords(feature: string, state: string, openedAt: number, verdict: DriftVerdict | undefined): string {
  const head = `${feature} ${state === 'critical' ? 'CRITICAL' : state} since ${isoOf(openedAt).slice(0, 16)}Z`;
  if (verdict?.statistics == null) return head;
  const { statistics } = verdict;
  const [low, high] = statistics.ci;
  const top = verdict.attribution[0];
  const where = top === undefined ? '' : `; ${percent(top.share)} of it: ${top.bin} (${percent(top.reference)} -> ${percent(top.current)})`;
  return `${head}: PSI ${statistics.psiCorrected.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})${ownMarks(verdict)}${where}`;
}

/** `; warns above 0.2, critical above 0.5`, when the model file has other marks than the platform; else nothing. */
export function ownMarks({ thresholds = THRESHOLDS }: Pick<DriftVerdict, 'thresholds'>): string {
  const { warn, critical } = thresholds;
  return warn === THRESHOLDS.warn && critical === THRESHOLDS.critical ? '' : `; ${marksText(thresholds)}`;
}

/** `warns above 0.1, critical above 0.25`. */
export const marksText = ({ warn, critical }: DriftThresholds): string => `warns above ${warn}, critical above ${critical}`;

/** One line on a failed check. */
export function qualityWords(result: QualityResult | undefined, name: string): string {
  return result === undefined ? name : `${name}: ${result.text}`;
}
