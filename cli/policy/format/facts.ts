import { createHash } from 'node:crypto';
import type { Finding, Verdict } from '../../../policies/judge.ts';
import { keyOf } from '../../../policies/resource.ts';
import type { Rule } from '../../../policies/rule.ts';
import { BY_DESIGN } from '../../../policies/waivers.ts';
import { withoutSecrets } from '../../../runtime/model/read/blot.ts';
import { counted } from '../../format/level.ts';
import type { PolicyReport } from '../report.ts';
import type { Place, Source } from '../source.ts';

/** A rule that is broken, with all that breaks it. */
export interface Group {
  readonly rule: Rule;
  readonly level: Finding['level'];
  /** In the order of their places, where there are any. */
  readonly rows: readonly Row[];
}

export interface Row {
  readonly finding: Finding;
  readonly place: Place | null;
}

/** What is mandatory first, then the worse; otherwise in the order of the rules. */
export function groupsOf({ source, verdict: { findings } }: PolicyReport): readonly Group[] {
  const order = ['critical', 'high', 'medium', 'low'];
  const rank = ({ rule, level }: Group): number => (level === 'mandatory' ? 0 : order.length) + order.indexOf(rule.severity);
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  const groups = [...byRule].map(([rule, found]): Group => ({ rule, level: found[0]?.level ?? 'mandatory', rows: rowsOf(found, source) }));
  return groups.sort((a, b) => rank(a) - rank(b));
}

function rowsOf(findings: readonly Finding[], { placeOf }: Source): readonly Row[] {
  const rows = findings.map((finding) => ({ finding, place: placeOf(finding) }));
  const file = ({ place }: Row): string => place?.file ?? '';
  const order = (a: Row, b: Row): number => (file(a) === file(b) ? (a.place?.line ?? 0) - (b.place?.line ?? 0) : file(a) < file(b) ? -1 : 1);
  return rows.sort(order);
}

/** `3 violations of 2 rules, 1 advisory finding, 2 waived (eks-logs for 12 more days)`. */
export function summaryOf({ source, today, verdict: { findings, waived } }: PolicyReport): string {
  const violations = findings.filter(({ level }) => level === 'mandatory');
  const broken = new Set(violations.map(({ rule }) => rule)).size;
  const advisory = findings.length - violations.length;
  const accepted = waived.filter(({ waiver }) => waiver.expires !== BY_DESIGN);
  const unread = new Set(source.unread?.map(({ file }) => file)).size;
  const none = unread === 0 ? 'no violations' : 'no violations in the rest';
  return [
    ...(unread === 0 ? [] : [`${counted(unread, 'file')} not read`]), // first: nobody may take it for a good end
    violations.length === 0 ? none : `${counted(violations.length, 'violation')} of ${counted(broken, 'rule')}`,
    ...(advisory === 0 ? [] : [counted(advisory, 'advisory finding')]),
    ...(accepted.length === 0 ? [] : [`${accepted.length} waived${endingText(accepted, today)}`]),
  ].join(', ');
}

/** A pipeline that stops on a day without a change is told of a month before. */
const SOON_DAYS = 30;

function endingText(accepted: Verdict['waived'], today: Date): string {
  const days = ({ waiver }: Verdict['waived'][number]): number =>
    Math.round((Date.parse(waiver.expires) - Date.parse(today.toISOString().slice(0, 10))) / DAY);
  const soon = accepted.filter((each) => days(each) <= SOON_DAYS).sort((a, b) => days(a) - days(b));
  const [first] = soon;
  if (first === undefined) return '';
  const others = new Set(soon.map(({ waiver }) => waiver)).size - 1;
  const left = days(first) === 0 ? 'ends today' : `for ${counted(days(first), 'more day')}`;
  return ` (${first.rule.id} ${left}${others === 0 ? '' : `, ${others} more within ${SOON_DAYS} days`})`;
}

const DAY = 86_400_000;

/** `9 rules on 412 resources, profile prod`. */
export function scopeOf({ source, profile, verdict }: PolicyReport): string {
  return `${counted(verdict.ran.length, 'rule')} on ${counted(source.resources.length, 'resource')}, profile ${profile}`;
}

/** As a person names it: `aws:eks/cluster:Cluster prod-eks`, `apps/Deployment shop/web`. */
export function nameOf({ resource: { type, name, urn, props } }: Pick<Finding, 'resource'>): string {
  if (!type.startsWith('kubernetes:')) return shown(`${type} ${name}`);
  const own = /^k8s:.+:([^:]*)$/.exec(urn)?.[1]; // an object from a file has its namespace there
  return shown(`${keyOf(type)} ${own ?? named(props) ?? name}`);
}

function named(props: unknown): string | undefined {
  if (typeof props !== 'object' || props === null || !('metadata' in props)) return undefined;
  const { metadata } = props;
  if (typeof metadata !== 'object' || metadata === null || !('name' in metadata) || typeof metadata.name !== 'string') return undefined;
  return 'namespace' in metadata && typeof metadata.namespace === 'string' ? `${metadata.namespace}/${metadata.name}` : metadata.name;
}

/** What is wrong, as it follows the resource's name; a waiver that has run out is said with it. */
export function problemOf({ problem, expired }: Finding): string {
  const ended = expired === null ? '' : ` (its waiver ended on ${expired.expires}: ask ${expired.owner})`;
  return shown(`${problem}${ended}`);
}

/** `stacks/Pulumi.prod.yaml:12:5`; empty where nobody knows the line. */
export function placeText(place: Place | null): string {
  if (place?.line === undefined) return '';
  return shown([place.file, place.line, ...(place.column === undefined ? [] : [place.column])].join(':'));
}

/** `3 empty files`, `1 empty file`: reasons are plurals. */
export function skippedText({ reason, count }: Source['skipped'][number]): string {
  const singular = reason
    .replace(/entries|patches/, (word) => (word === 'entries' ? 'entry' : 'patch'))
    .replace(/\b(file|document|template|resource|link|folder)s\b/, '$1');
  return shown(`${count.toLocaleString('en')} ${count === 1 ? singular : reason}`);
}

/** Why a finding is none: `until 2026-12-03, platform: reason`, or what a rule excepts by itself. */
export function waiverText({ waiver: { expires, owner, reason } }: Verdict['waived'][number]): string {
  return expires === BY_DESIGN ? `by design: ${reason}` : `until ${expires}, ${owner}: ${reason}`;
}

/** Names and values come from anybody's file: nothing of them may act on a terminal or a log, or be a secret. */
export const shown = (text: string): string => withoutSecrets(text).replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u{fffd}');

/**
 * The same for the same finding in every run, whatever happens around it: of the rule, the resource and the property, without lines. Several of one property are
 * told apart by their order.
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, resource, path }) => {
    const key = `${rule.id}\n${resource.urn}\n${path}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash('sha256').update(`${key}\n${nth}`).digest('hex').slice(0, 32);
  });
}
