import type { Problem } from '../../../runtime/model/read/problem.ts';
import { workflowCommand } from '../../format/github.ts';
import type { PolicyReport } from '../report.ts';
import type { Place } from '../source.ts';
import { groupsOf, nameOf, problemOf, type Row, scopeOf, shown, summaryOf } from './facts.ts';

/** Annotations of a workflow run, the worst first: GitHub shows ten errors and ten warnings of a step. What is waived is none; the last line sums up. */
export function githubReport(report: PolicyReport): string {
  const { source, verdict } = report;
  return [
    ...(source.unread ?? []).map(unreadText),
    ...groupsOf(report).flatMap(({ rows }) => rows.map(annotation)),
    ...verdict.unused.map(({ rule, urn }) =>
      workflowCommand('warning', { title: rule }, `The waiver for ${urn} covers nothing here.\nTake it out, or mend its pattern.`),
    ),
    `${shown(source.title)}: ${summaryOf(report)} (${scopeOf(report)})`,
  ].join('\n');
}

function unreadText({ file, line, column, problem, remedy }: Problem): string {
  return workflowCommand('error', { file, line, endLine: line, col: column, title: 'weir policy check' }, `${problem}\n${remedy}`);
}

function annotation({ finding, place }: Row): string {
  const { rule, level, path } = finding;
  const at = place === null ? {} : { file: place.file, ...where(place) };
  const what = [nameOf(finding), shown(path), problemOf(finding)].filter((part) => part !== '').join(' ');
  return workflowCommand(level === 'mandatory' ? 'error' : 'warning', { ...at, title: `${rule.id}: ${rule.title}` }, `${what}\n${rule.remedy}`);
}

const where = ({ line, column }: Place): Readonly<Record<string, number>> => ({
  ...(line === undefined ? {} : { line, endLine: line }),
  ...(line === undefined || column === undefined ? {} : { col: column }),
});
