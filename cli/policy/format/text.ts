import { RULES } from '../../../policies/catalogue.ts';
import { ABOUT_WEIR, type Finding, type Verdict } from '../../../policies/judge.ts';
import { keyOf } from '../../../policies/resource.ts';
import { BY_DESIGN } from '../../../policies/waivers.ts';
import { problemText } from '../../../runtime/model/read/problem.ts';
import type { Context } from '../../context.ts';
import { counted } from '../../format/level.ts';
import { columns } from '../../table.ts';
import { type PolicyReport, stops } from '../report.ts';
import type { Source } from '../source.ts';
import { type Group, groupsOf, nameOf, placeText, problemOf, type Row, scopeOf, shown, skippedText, summaryOf, waiverText } from './facts.ts';

/** More of one rule would push the next one off the screen. */
const MOST = 20;

/** For people: what is broken, by rule, with the remedy once; then what was not judged, and why. */
export function textReport(report: PolicyReport, paint: Context['paint']): string {
  const { source } = report;
  const summary = summaryOf(report);
  const head = `${shown(source.title)}: ${stops(report) ? paint('red', summary) : summary}     ${scopeOf(report)}`;
  const groups = groupsOf(report);
  const unread = (source.unread ?? []).map(problemText).join('\n');
  const rest = [...besideText(report), ...source.skipped.map((each) => ['skipped', skippedText(each)])];
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
export function besideText(report: PolicyReport): readonly (readonly string[])[] {
  const { source, profile, verdict } = report;
  const { tells, resources } = source;
  const { waived, unused, undecided, leftOut, disabled } = verdict;
  const unseen = unseenText(report);
  const byWords = Map.groupBy(waived, (each) => shown(`${each.rule.id}\n${waiverText(each)}`)); // several exceptions may have one reason
  const off = disabled.filter((rule) => rule.exempt?.[profile] === undefined).map(({ id }) => id); // what a profile leaves out is in `weir policy list`
  return [
    ...[...byWords.values()].flatMap((of) =>
      of.slice(0, 1).map((first) => [waivedKey(first), shown(`${first.rule.id} ${ofText(of)} ${waiverText(first)}`)]),
    ),
    ...unused.map(({ rule, urn }) => ['unused', shown(`the waiver of ${rule} for ${urn} covers nothing here: take it out, or mend its pattern`)]),
    ...(off.length === 0 ? [] : [['disabled', `by the configuration: ${some(off)}`]]),
    ...undecidedText(undecided),
    ...(unseen === '' ? [] : [['no rule', unseen]]),
    ...(resources.length === 0 ? [] : leftOutTexts(leftOut, tells).map((text) => ['left out', text])),
  ];
}

/** Kinds of objects that no rule knows, such as an Argo Rollout with pods in it: no finding is no praise of them. Of a cloud most kinds have no rule. */
function unseenText({ rules, verdict, source: { resources } }: PolicyReport): string {
  if (rules.length < RULES.length) return '';
  const objects = new Set(resources.filter(({ type }) => type.startsWith('kubernetes:')).map(({ type }) => keyOf(type)));
  const kinds = verdict.unseen.filter(({ key }) => objects.has(key));
  const count = kinds.reduce((sum, each) => sum + each.count, 0);
  return count === 0 ? '' : `${counted(count, 'object')} of kinds that no rule looks at: ${some(kinds.map(({ key }) => shown(key)))}`;
}

/** Of a part of a stack, by name: it can be told whole. What no manifest can tell, and what is about Weir alone, is a count: nobody who named one file meant those rules. */
function leftOutTexts(leftOut: Verdict['leftOut'], tells: Source['tells']): readonly string[] {
  const ofStacks = leftOut.filter(({ why }) => tells.length === 0 && why !== ABOUT_WEIR);
  const ofWeir = leftOut.filter(({ why }) => why === ABOUT_WEIR);
  const counts = [
    ...(ofStacks.length === 0 ? [] : [`${counted(ofStacks.length, 'rule')} about whole stacks: judge those with --state or --plan`]),
    ...(ofWeir.length === 0 ? [] : [`${counted(ofWeir.length, 'rule')} about what Weir makes`]),
  ];
  const byWhy = Map.groupBy(
    leftOut.filter((each) => !ofStacks.includes(each) && !ofWeir.includes(each)),
    ({ why }) => why,
  );
  return [...[...byWhy].map(([why, rules]) => `${why}: ${some(rules.map(({ rule }) => rule.id))}`), ...counts];
}

const waivedKey = ({ waiver }: Verdict['waived'][number]): string => (waiver.expires === BY_DESIGN ? 'excepted' : 'waived');

function ofText(findings: readonly Finding[]): string {
  const [name, ...others] = new Set(findings.map(nameOf));
  return name !== undefined && others.length === 0 ? `of ${name}` : `of ${findings.length} findings`;
}

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
