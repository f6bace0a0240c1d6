import type { Problem } from '../../runtime/model/read/problem.ts';
import { levelOf } from './level.ts';

/** Problems as workflow commands of GitHub Actions, one line each: they become annotations on the changed lines of a pull request. */
export function githubText(problems: readonly Problem[]): string {
  return problems.map(workflowCommand).join('\n');
}

function workflowCommand(problem: Problem): string {
  const { file, line, column, path, source, suggestion, remedy } = problem;
  const properties: Readonly<Record<string, string | number>> = {
    file,
    line,
    endLine: line,
    col: column,
    endColumn: column + (source?.length ?? 1),
    title: path === '' ? 'weir validate' : path,
  };
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const hint = suggestion === null ? remedy : `did you mean "${suggestion}"? ${remedy}`;
  return `::${levelOf(problem)} ${listed.join(',')}::${escapeData(`${problem.problem}\n${hint}`)}`;
}

/** What would end the line, or be read as an escape (actions/toolkit, `escapeData`). */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll(UNSEEN, '\u{fffd}');

/** What a log would act on or read backwards: escape sequences, marks of direction. Told as in the text format. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** In a property the separators too (`escapeProperty`). */
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
