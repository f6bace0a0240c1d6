import type { Problem } from '../../runtime/model/read/problem.ts';

/** How bad a problem is: an error unless it says otherwise. */
export const levelOf = ({ level = 'error' }: Pick<Problem, 'level'>): 'error' | 'warning' => level;

/** `2 problems`, `1 problem and 3 warnings`, `no problems`. */
export function countsText(problems: readonly Problem[]): string {
  const warnings = problems.filter((problem) => levelOf(problem) === 'warning').length;
  const errors = problems.length - warnings;
  if (warnings === 0) return errors === 0 ? 'no problems' : counted(errors, 'problem');
  return `${errors === 0 ? 'no problems' : counted(errors, 'problem')} and ${counted(warnings, 'warning')}`;
}

/** `1 file`, `14 files`, `10,000 files`. */
export const counted = (count: number, what: string): string => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
