import type { JudgeInput } from '../judge-types.ts';
import { zoneName } from '../reference/zone.ts';
import type { QualityResult } from '../types.ts';

/** The check's name in records, metrics and reports. */
export const ZONE_CHECK = 'zone';

/**
 * A warning when the model file names another zone than the one whose hours the reference counts: verdicts go on by the reference, since its
 * counts cannot be moved to other hours, and nobody shall believe otherwise. None when both are one zone, whatever its name.
 * @param n rows of the window
 */
export function checkZone({ spec, reference }: Pick<JudgeInput, 'spec' | 'reference'>, n: number): readonly QualityResult[] {
  const { zone } = spec.drift;
  const { slotZone } = reference;
  if (zone === undefined || zone === slotZone) return [];
  const asked = zoneName(zone);
  if (asked !== null && asked === zoneName(slotZone)) return [];
  const remedy = asked === null ? `${zone} is no zone of this machine` : `a version pushed with --zone ${zone} is compared by it`;
  const text = `windows are compared by hours of ${slotZone}, as the reference of this version was built; the model file says ${zone}: ${remedy}`;
  return [{ check: ZONE_CHECK, feature: null, observed: 1, bound: 0, n, level: 'warn', text, sql: null }];
}
