import { type Level, PROFILES, type Profile, type Rule } from '../../policies/rule.ts';

/** What a rule is in a profile while nobody configures it. */
export const levelIn = ({ level, exempt }: Rule, profile: Profile): Level => (exempt?.[profile] === undefined ? (level ?? 'mandatory') : 'disabled');

/** `mandatory`, `advisory`, `mandatory but in dev, small`. */
export function levelsText(rule: Rule): string {
  const not = PROFILES.filter((profile) => levelIn(rule, profile) === 'disabled');
  return [rule.level ?? 'mandatory', ...(not.length === 0 ? [] : [`but in ${not.join(', ')}`])].join(' ');
}
