import type { ArgsError } from '../../../runtime/errors.ts';
import { atValue, type Finding } from '../../../runtime/model/read/locate.ts';
import type { Settings } from '../settings-file.ts';

/** What the schema cannot say: a rule between settings. It is told at the setting that a person would change. */
export type Rule = (settings: Settings) => readonly Finding[];

/** One finding if the condition holds. */
export function when(broken: boolean, finding: () => Finding): readonly Finding[] {
  return broken ? [finding()] : [];
}

/** What a component refuses, told at the setting that it names: its plan would say the same of one mistake at a time. */
export function refused(problems: readonly ArgsError[]): readonly Finding[] {
  return problems.map(({ path, problem, remedy }) => atValue(path.split('.'), problem, remedy));
}
