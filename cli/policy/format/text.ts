import type { Finding, Verdict } from '../../../policies/judge.ts';
import { BY_DESIGN } from '../../../policies/waivers.ts';
import { problemText } from '../../../runtime/model/read/problem.ts';
import type { Context } from '../../context.ts';
import { counted } from '../../format/level.ts';
import { columns } from '../../table.ts';
import { type PolicyReport, stops } from '../report.ts';
import { type Group, groupsOf, nameOf, placeText, problemOf, type Row, scopeOf, shown, skippedText, summaryOf, waiverText } from './facts.ts';

/** More of one rule would push the next one off the screen. */
const MOST = 20;

/** For people: what is broken, by rule, with the remedy once; then what was not judged, and why. */
export function textReport(report: PolicyReport, paint: Context['paint']): string {
  const { source, verdict } = report;
  const summary = summaryOf(report);
  const head = `${shown(source.title)}: ${stops(report) ? paint('red', summary) : summary}     ${scopeOf(report)}`;
  const groups = groupsOf(report);
  const unread = (source.unread ?? []).map(problemText).join('\n');
  const rest = [...besideText(verdict), ...source.skipped.map((each) => ['skipped', skippedText(each)])];
  const [first] = groups;
  const next = first === undefined ? '' : `weir policy explain ${first.rule.id}: why, with an example that is right`;
  return [head, unread, ...groups.map((group) => groupText(group, paint)), columns(rest.map(([key = '', text = '']) => [`  ${key}`, text])), next]
    .filter((part) => part !== '')
    .join('\n\n');
}

function groupText({ rule, level, rows }: Group, paint: Context['paint']): string {
  const placed = rows.some(({ place }) => placeText(place) !== '');
  const shownRows = rows.slice(0, MOST).map((row) => rowText(row, placed));
  const more = rows.length > MOST ? [`  and ${(rows.length - MOST).toLocaleString('en')} more: --format json has all`] : [];
  const grade = level === 'advisory' ? `${rule.severity}, advisory` : rule.severity;
  return [`${paint('bold', rule.id)} (${grade}): ${rule.title}`, `  do: ${rule.remedy}`, columns(shownRows), ...more].join('\n');
}

/** Without places no column stands empty for them. */
function rowText({ finding, place }: Row, placed: boolean): readonly string[] {
  const cells = [...(placed ? [placeText(place)] : []), nameOf(finding), shown(finding.path), problemOf(finding)];
  return cells.map((cell, index) => (index === 0 ? `  ${cell}` : cell));
}

/** What is accepted, and what nobody judged: key and words. */
export function besideText({ waived, unused, undecided, leftOut }: Verdict): readonly (readonly string[])[] {
  const byWaiver = Map.groupBy(waived, ({ waiver }) => waiver);
  const byWhy = Map.groupBy(leftOut, ({ why }) => why);
  return [
    ...[...byWaiver.values()].flatMap((of) =>
      of.slice(0, 1).map((first) => [waivedKey(first), shown(`${first.rule.id} ${ofText(of)} ${waiverText(first)}`)]),
    ),
    ...unused.map(({ rule, urn }) => ['unused', shown(`the waiver of ${rule} for ${urn} covers nothing: take it out`)]),
    ...undecidedText(undecided),
    ...[...byWhy].map(([why, rules]) => ['left out', `${why}: ${some(rules.map(({ rule }) => rule.id))}`]),
  ];
}

const waivedKey = ({ waiver }: Verdict['waived'][number]): string => (waiver.expires === BY_DESIGN ? 'excepted' : 'waived');

const ofText = (findings: readonly Finding[]): string =>
  findings.length === 1 && findings[0] !== undefined ? `of ${nameOf(findings[0])}` : `of ${findings.length} findings`;

function undecidedText(undecided: Verdict['undecided']): readonly (readonly string[])[] {
  if (undecided.length === 0) return [];
  const told = undecided.map(({ rule, resource, path }) => shown(`${rule.id} at ${path} of ${resource.name}`));
  const verb = undecided.length === 1 ? 'is' : 'are';
  return [['undecided', `${counted(undecided.length, 'value')} ${verb} secret, or not known before up: ${some(told)}`]];
}

/** The first few of many, and how many more. */
function some(texts: readonly string[]): string {
  const few = texts.slice(0, 5).join(', ');
  return texts.length > 5 ? `${few} and ${texts.length - 5} more` : few;
}
