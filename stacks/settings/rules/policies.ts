import { RULES } from '../../../policies/catalogue.ts';
import { configProblems } from '../../../policies/config.ts';
import type { Finding } from '../../../runtime/model/read/locate.ts';
import { nearest } from '../../../runtime/model/read/suggest.ts';
import type { Settings } from '../settings-file.ts';
import type { Rule } from './rule.ts';

/** What the pack itself would refuse to start with, at its line. */
export const POLICY_RULES: readonly Rule[] = [known];

function known({ policies }: Settings): readonly Finding[] {
  if (policies === undefined) return [];
  return configProblems(policies, RULES).map(({ path, problem, remedy }) => {
    const finding: Finding = { path: ['policies', ...path], at: 'value', problem, remedy };
    const named = /^there is no rule (.+)$/.exec(problem)?.[1]?.replaceAll('"', '');
    const meant =
      named === undefined
        ? null
        : nearest(
            named,
            RULES.map(({ id }) => id),
          );
    return meant === null ? finding : { ...finding, suggestion: meant };
  });
}
