import packageJson from '../../../package.json' with { type: 'json' };
import type { Finding, Verdict } from '../../../policies/judge.ts';
import type { Rule, Severity } from '../../../policies/rule.ts';
import type { Problem } from '../../../runtime/model/read/problem.ts';
import { artifact, SARIF_SCHEMA } from '../../format/sarif.ts';
import type { PolicyReport } from '../report.ts';
import type { Place } from '../source.ts';
import { fingerprints, nameOf, problemOf, shown, waiverText } from './facts.ts';

/** A SARIF 2.1.0 log with one run (OASIS, sarif-v2.1.0) for code scanning: every rule that ran, so that what is mended closes; what is waived as suppressed. */
export function sarifReport({ source, rules, verdict }: PolicyReport): string {
  const { findings, waived, ran } = verdict;
  const all = [...findings, ...waived];
  const told = new Set([...ran, ...all.map(({ rule }) => rule)]);
  const levels = new Map(all.map(({ rule, level }) => [rule, level]));
  const listed = rules.filter((rule) => told.has(rule));
  const indices = new Map(listed.map((rule, index) => [rule, index]));
  const prints = fingerprints(all);
  const unread = source.unread ?? [];
  const { version } = packageJson;
  const log = {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'weir policy',
            version,
            semanticVersion: version,
            informationUri: 'https://weir.dev',
            rules: listed.map((rule) => descriptor(rule, levels.get(rule) ?? rule.level ?? 'mandatory')),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: unread.length === 0, toolExecutionNotifications: unread.map(notification) }],
        results: [
          ...findings.map((finding) => ({ finding, suppressions: [] })),
          ...waived.map((finding) => ({ finding, suppressions: [suppression(finding)] })),
        ].map(({ finding, suppressions }, index) => ({
          ruleId: finding.rule.id,
          ruleIndex: indices.get(finding.rule) ?? -1,
          level: levelOf(finding.level),
          message: { text: messageOf(finding) },
          locations: [location(finding, source.placeOf(finding))],
          partialFingerprints: { 'weirPolicy/v1': prints[index] ?? '' },
          suppressions,
        })),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

/** GitHub grades by this number (0 to 10; above 9 critical, from 7 high, from 4 medium): the middle of each grade. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

const levelOf = (level: Finding['level']): 'error' | 'warning' => (level === 'mandatory' ? 'error' : 'warning');
const sentence = (text: string): string => `${text.replace(/^./, (letter) => letter.toUpperCase())}.`;

function descriptor({ id, title, reason, remedy, severity, ids }: Rule, level: Finding['level']): object {
  const also = ids.length === 0 ? '' : `\n\nThe same rule elsewhere: ${ids.join(', ')}.`;
  return {
    id,
    name: id,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: reason },
    help: { text: `${remedy}${also}`, markdown: `${reason}\n\n**What to do.** ${remedy}${also}` },
    defaultConfiguration: { level: levelOf(level) },
    properties: { 'security-severity': SCORES[severity], precision: 'high', tags: ['security', 'policy'], ids },
  };
}

function messageOf(finding: Finding): string {
  const what = [nameOf(finding), shown(finding.path), problemOf(finding)].filter((part) => part !== '').join(' ');
  return `${what}.\n${finding.rule.remedy}`;
}

/** Code scanning asks for a file; the resource is named besides. */
function location({ resource: { urn, name } }: Finding, place: Place | null): object {
  const logicalLocations = [{ fullyQualifiedName: shown(urn), name: shown(name), kind: 'resource' }];
  return place === null ? { logicalLocations } : { physicalLocation: physical(place), logicalLocations };
}

function physical({ file, line, column }: Place): object {
  if (line === undefined) return { artifactLocation: artifact(file) };
  return { artifactLocation: artifact(file), region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
}

function suppression(accepted: Verdict['waived'][number]): object {
  return { kind: 'external', status: 'accepted', justification: shown(waiverText(accepted)) };
}

function notification({ file, line, column, problem, remedy }: Problem): object {
  return {
    level: 'error',
    message: { text: shown(`${problem}. ${remedy}`) },
    locations: [{ physicalLocation: physical({ file, line, column }) }],
  };
}
