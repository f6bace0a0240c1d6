import type { Coverage, Profile } from '../types.ts';
import { mergeRows } from './row.ts';

/** Two profiles share offsets: adding them would count records twice. */
export class OverlapError extends Error {
  override readonly name = 'OverlapError';
}

export const EMPTY_PROFILE: Profile = { coverage: [], rows: [], decodeErrors: 0, unreferenced: 0 };

/** Adds profiles of disjoint offset ranges. Commutes and associates. Throws OverlapError when ranges overlap. */
export function mergeProfiles(...profiles: readonly Profile[]): Profile {
  return {
    coverage: uniteCoverage(profiles.flatMap((profile) => profile.coverage)),
    rows: mergeRows(profiles.flatMap((profile) => profile.rows)),
    decodeErrors: profiles.reduce((sum, profile) => sum + profile.decodeErrors, 0),
    unreferenced: profiles.reduce((sum, profile) => sum + profile.unreferenced, 0),
  };
}

/** Sorted ranges, neighbours joined. Throws OverlapError when an offset is covered twice. */
export function uniteCoverage(ranges: readonly Coverage[]): Coverage[] {
  const sorted = [...ranges].sort((a, b) => (a.topic === b.topic ? a.partition - b.partition || a.first - b.first : a.topic < b.topic ? -1 : 1));
  const united: Coverage[] = [];
  for (const range of sorted) {
    const before = united.at(-1);
    if (before === undefined || before.topic !== range.topic || before.partition !== range.partition || before.last + 1 < range.first) {
      united.push(range);
      continue;
    }
    if (range.first <= before.last) throw new OverlapError(`${rangeText(before)} and ${rangeText(range)} share offsets`);
    united[united.length - 1] = { ...before, last: range.last };
  }
  return united;
}

const rangeText = ({ topic, partition, first, last }: Coverage): string => `${topic}/${partition}/${first}-${last}`;
