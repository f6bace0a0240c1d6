import { counted } from '../../format/level.ts';
import { escaped } from '../../format/markdown.ts';
import { type PolicyReport, stops } from '../report.ts';
import { type Group, groupsOf, nameOf, placeText, problemOf, type Row, scopeOf, shown, skippedText, summaryOf } from './facts.ts';
import { besideText } from './text.ts';

/** GitHub refuses comments above 65,536 characters. */
const LONGEST = 60_000;
/** Of that for what is not a violation: it stands below, folded. */
const BESIDE = 15_000;
/** A file's name or a problem may be as long as its writer wants. */
const CELL = 300;

/** For a comment on a pull request: violations in sight, the rest folded. What does not fit is counted. */
export function markdownReport(report: PolicyReport): string {
  const { source } = report;
  const groups = groupsOf(report);
  const advisory = groups.filter(({ level }) => level === 'advisory');
  const act = stops(report) ? '\n\n**Somebody has to act before this is merged.**' : '';
  const head = `### weir policy ${cell(source.title)}: ${summaryOf(report)}\n\n${scopeOf(report)}.${act}`;
  const unread = (source.unread ?? []).map(
    ({ file, line, problem, remedy }) => `- **cannot be read** ${cell(`${file}:${line} ${problem}. ${remedy}`)}`,
  );
  const beside = [...besideText(report), ...source.skipped.map((each) => ['skipped', skippedText(each)])];
  const folded = [
    ...(advisory.length === 0 ? [] : [folding(counted(countOf(advisory), 'advisory finding'), tableOf(advisory, BESIDE))]),
    ...(beside.length === 0 ? [] : [folding('Waived, undecided, left out', bounded(beside.map(listed), BESIDE).join('\n'))]),
  ];
  const told = [head, ...bounded(unread, BESIDE)];
  const room = LONGEST - [...told, ...folded].join('\n\n').length;
  const mandatory = groups.filter(({ level }) => level === 'mandatory');
  return [...told, tableOf(mandatory, room), ...folded].filter((part) => part !== '').join('\n\n');
}

const folding = (summary: string, text: string): string => `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
const countOf = (groups: readonly Group[]): number => groups.reduce((sum, { rows }) => sum + rows.length, 0);
const listed = ([key = '', text = '']: readonly string[]): string => `- **${key}** ${cell(text)}`;

/** The remedies stand below the table, each once. */
function tableOf(groups: readonly Group[], room: number): string {
  if (groups.length === 0) return '';
  const remedies = bounded(
    groups.map(({ rule }) => `- **${rule.id}** (${rule.severity}): ${escaped(rule.title)}. ${escaped(rule.remedy)}`),
    room / 2,
  ).join('\n');
  const head = ['| rule | resource | what is wrong | where |', '|---|---|---|---|'];
  const rows = groups.flatMap((group) => group.rows.map(rowText));
  return `${[...head, ...bounded(rows, room - remedies.length - 200)].join('\n')}\n\n${remedies}`;
}

function rowText({ finding, place }: Row): string {
  const what = [shown(finding.path), problemOf(finding)].filter((part) => part !== '').join(' ');
  return `| ${[finding.rule.id, nameOf(finding), what, placeText(place)].map(cell).join(' | ')} |`;
}

/** The first lines that fit, and how many do not. */
function bounded(lines: readonly string[], room: number): readonly string[] {
  let left = room;
  const at = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return at < 0 ? lines : [...lines.slice(0, at), '', `and ${(lines.length - at).toLocaleString('en')} more: \`--format json\` has all.`];
}

const cell = (text: string): string => escaped(text.length > CELL ? `${text.slice(0, CELL - 1)}…` : text);
