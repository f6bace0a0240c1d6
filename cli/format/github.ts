import type { Problem } from '../../runtime/model/read/problem.ts';
import { levelOf } from './level.ts';

/** Problems as workflow commands of GitHub Actions, one line each: they become annotations on the changed lines of a pull request. */
export function githubText(problems: readonly Problem[]): string {
  return problems.map(problemCommand).join('\n');
}

function problemCommand(problem: Problem): string {
  const { file, line, column, path, source, suggestion, remedy } = problem;
  const properties: Readonly<Record<string, string | number>> = {
    file,
    line,
    endLine: line,
    col: column,
    endColumn: column + (source?.length ?? 1),
    title: path === '' ? 'weir validate' : path,
  };
  const hint = suggestion === null ? remedy : `did you mean "${suggestion}"? ${remedy}`;
  return workflowCommand(levelOf(problem), properties, `${problem.problem}\n${hint}`);
}

/** One annotation: nothing in it can end its line or begin another command. */
export function workflowCommand(
  level: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${listed.join(',')}::${escapeData(message)}`;
}

/** What would end the line, or be read as an escape (actions/toolkit, `escapeData`). */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll(UNSEEN, '\u{fffd}');

/** What a log would act on or read backwards: escape sequences, marks of direction. Told as in the text format. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** In a property the separators too (`escapeProperty`). */
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
