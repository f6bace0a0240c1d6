import type { Finding } from '../../../runtime/model/read/locate.ts';
import type { Settings } from '../settings-file.ts';

/** What the schema cannot say: a rule between settings. It is told at the setting that a person would change. */
export type Rule = (settings: Settings) => readonly Finding[];

/** One finding if the condition holds. */
export function when(broken: boolean, finding: () => Finding): readonly Finding[] {
  return broken ? [finding()] : [];
}
