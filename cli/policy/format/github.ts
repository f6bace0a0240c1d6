import type { Finding } from '../../../policies/judge.ts';
import { githubText, workflowCommand } from '../../format/github.ts';
import type { PolicyReport } from '../report.ts';
import type { Place } from '../source.ts';
import { groupsOf, nameOf, problemOf, scopeOf, shown, summaryOf } from './facts.ts';

/** Annotations of a workflow run, the worst first: GitHub shows ten errors and ten warnings of a step. What is waived is none; the last line sums up. */
export function githubReport(report: PolicyReport): string {
  const { source, verdict } = report;
  const findings = groupsOf(verdict.findings).flatMap((group) => group.findings);
  return [
    ...(source.unread?.length ? [githubText(source.unread)] : []),
    ...findings.map((finding) => annotation(finding, source.placeOf(finding))),
    ...verdict.unused.map(({ rule, urn }) =>
      workflowCommand('warning', { title: rule }, `The waiver for ${urn} covers nothing.\nTake it out, or mend its pattern.`),
    ),
    `${shown(source.title)}: ${summaryOf(report)} (${scopeOf(report)})`,
  ].join('\n');
}

function annotation(finding: Finding, place: Place | null): string {
  const { rule, level, path } = finding;
  const at = place === null ? {} : { file: place.file, ...where(place) };
  const what = [nameOf(finding), shown(path), problemOf(finding)].filter((part) => part !== '').join(' ');
  return workflowCommand(level === 'mandatory' ? 'error' : 'warning', { ...at, title: `${rule.id}: ${rule.title}` }, `${what}\n${rule.remedy}`);
}

const where = ({ line, column }: Place): Readonly<Record<string, number>> => ({
  ...(line === undefined ? {} : { line, endLine: line }),
  ...(line === undefined || column === undefined ? {} : { col: column }),
});
