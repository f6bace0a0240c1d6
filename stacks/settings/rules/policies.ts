import { RULES } from '../../../policies/catalogue.ts';
import { type ConfigProblem, configProblems } from '../../../policies/config.ts';
import type { Finding } from '../../../runtime/model/read/locate.ts';
import { nearest } from '../../../runtime/model/read/suggest.ts';
import type { Settings } from '../settings-file.ts';
import type { Rule } from './rule.ts';

/** What the pack itself would refuse to start with, at its line. */
export const POLICY_RULES: readonly Rule[] = [known];

function known({ policies }: Settings): readonly Finding[] {
  if (policies === undefined) return [];
  return configProblems(policies, RULES).map(({ path, problem, remedy }) => ({
    path: ['policies', ...path],
    at: 'value',
    problem,
    remedy,
    ...suggestionFor({ problem }, IDS),
  }));
}

const IDS: readonly string[] = RULES.map(({ id }) => id);

/** The rule that was meant by a name that none has. */
export function suggestionFor({ problem }: Pick<ConfigProblem, 'problem'>, ids: readonly string[]): Pick<Finding, 'suggestion'> {
  const named = /^there is no rule (.+)$/.exec(problem)?.[1]?.replaceAll('"', '');
  const meant = named === undefined ? null : nearest(named, ids);
  return meant === null ? {} : { suggestion: meant };
}
