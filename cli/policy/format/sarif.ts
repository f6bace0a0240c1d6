import packageJson from '../../../package.json' with { type: 'json' };
import type { Finding } from '../../../policies/judge.ts';
import type { Rule, Severity } from '../../../policies/rule.ts';
import type { Problem } from '../../../runtime/model/read/problem.ts';
import { artifact, SARIF_SCHEMA } from '../../format/sarif.ts';
import type { PolicyReport } from '../report.ts';
import type { Place } from '../source.ts';
import { fingerprints, nameOf, problemOf, shown } from './facts.ts';

/**
 * A SARIF 2.1.0 log with one run (OASIS, sarif-v2.1.0) for code scanning: every rule that ran, so that what is mended closes. What is waived is none of it, and closes too
 * until its waiver ends: GitHub reads no `suppressions`, and would show it as open (github/codeql-action#1230).
 */
export function sarifReport({ source, rules, verdict }: PolicyReport): string {
  const { findings, ran } = verdict;
  const kept = new Set(heaviest(findings));
  const cut = findings.length - kept.size;
  const told = new Set([...ran, ...findings.map(({ rule }) => rule)]);
  const levels = new Map(findings.map(({ rule, level }) => [rule, level]));
  const listed = rules.filter((rule) => told.has(rule));
  const indices = new Map(listed.map((rule, index) => [rule, index]));
  const prints = fingerprints(findings);
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
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: [...unread.map(notification), ...(cut === 0 ? [] : [cutNote(cut)])],
          },
        ],
        results: findings
          .map((finding, index) => ({ finding, print: prints[index] ?? '' }))
          .filter(({ finding }) => kept.has(finding))
          .map(({ finding, print }) => ({
            ruleId: finding.rule.id,
            ruleIndex: indices.get(finding.rule) ?? -1,
            level: levelOf(finding.level),
            message: { text: messageOf(finding) },
            locations: [location(finding, source.placeOf(finding) ?? { file: source.title })],
            partialFingerprints: { primaryLocationLineHash: `${print}:1`, 'weirPolicy/v1': print }, // GitHub reads the first, and would make one of the line alone
          })),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

/** Code scanning refuses a run with more, and shows 5,000 of them (docs.github.com, SARIF support for code scanning). */
const MOST = 25_000;

/** What is mandatory first, then the worse, where not all can stay. */
function heaviest<T extends Finding>(all: readonly T[]): readonly T[] {
  if (all.length <= MOST) return all;
  const rank = ({ level, rule }: Finding): number => (level === 'mandatory' ? 0 : 100) - Number(SCORES[rule.severity]);
  return all.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

const cutNote = (cut: number): object => ({
  level: 'warning',
  message: {
    text: `${cut.toLocaleString('en')} findings of less weight are left out, since code scanning takes ${MOST.toLocaleString('en')}: --format json has all.`,
  },
});

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

/** The resource is named besides. */
function location({ resource: { urn, name } }: Finding, place: Place): object {
  return { physicalLocation: physical(place), logicalLocations: [{ fullyQualifiedName: shown(urn), name: shown(name), kind: 'resource' }] };
}

/** Code scanning refuses all of a log in which one result has no file or no line. */
function physical({ file, line = 1, column }: Place): object {
  return { artifactLocation: artifact(file), region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
}

function notification({ file, line, column, problem, remedy }: Problem): object {
  return {
    level: 'error',
    message: { text: shown(`${problem}. ${remedy}`) },
    locations: [{ physicalLocation: physical({ file, line, column }) }],
  };
}
