import { columns } from '../table.ts';
import type { Kept } from './destroy.ts';
import type { Turn } from './order.ts';
import { some } from './phase.ts';
import type { Rehearsal } from './rehearse.ts';
import { topicOf } from './urn.ts';

/** The last words of every report. */
export const NO_CLOUD = 'No cloud was asked: stand-ins accept every input. This shows what the engine and the program do, not what providers answer.';

/** What a person reads. */
export function rehearsalText(rehearsal: Rehearsal): string {
  const { stack, cli, resources, phases } = rehearsal;
  const findings = phases.flatMap((phase) => phase.findings.map((words) => `${phase.name}: ${words}`));
  const wrong = findings.length === 1 ? '1 thing went wrong' : `${findings.length} things went wrong`;
  const seconds = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  return [
    `${stack}: ${findings.length === 0 ? 'everything went as it should' : wrong}    ${resources} resources, Pulumi ${cli.version}, ${seconds.toFixed(0)} s`,
    '',
    columns(phases.flatMap(({ name, seconds, said, findings }) => phaseRows(name, seconds, [...said, ...some(findings).flatMap(wrongLines)]))),
    '',
    ...orderLines(rehearsal),
    ...keptLines(rehearsal.kept),
    NO_CLOUD,
  ].join('\n');
}

function phaseRows(name: string, seconds: number, lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line, index) => (index === 0 ? [`  ${name}`, `${seconds.toFixed(1)} s`, line] : ['', '', line]));
}

/** What a program throws comes with a stack, in lines of its own. */
function wrongLines(words: string): readonly string[] {
  const [first = '', ...rest] = words.split('\n').filter((line) => line.trim() !== '');
  return [`WRONG  ${first}`, ...some(rest, STACK_LINES).map((line) => `       ${line.trim()}`)];
}

const STACK_LINES = 8;

function orderLines({ created, deleted }: Pick<Rehearsal, 'created' | 'deleted'>): readonly string[] {
  if (created.length === 0) return [];
  const text = (turns: readonly Turn[]): string => turns.map(({ topic, resources }) => `${topic} ${resources}`).join(', ');
  return [`  came    ${text(created)}`, ...(deleted.length === 0 ? [] : [`  went    ${text(deleted)}`]), ''];
}

/** Data is many resources: a line for each topic and reason, with the first names. */
function keptLines(kept: readonly Kept[]): readonly string[] {
  if (kept.length === 0) return [];
  const groups = Map.groupBy(kept, (one) => `${whyKept(one)}\n${topicOf(one.urn)}`);
  const rows = [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, ones]) => {
      const [why = '', topic = ''] = key.split('\n');
      const names = ones.slice(0, NAMED).map(({ name }) => name);
      return ['  kept', topic, String(ones.length), why, `${names.join(', ')}${ones.length > NAMED ? `, and ${ones.length - NAMED} more` : ''}`];
    });
  return [columns(rows), ''];
}

/** Names of what is kept that fit a line. */
const NAMED = 2;

function whyKept({ by, dropped }: Kept): string {
  if (!dropped) return 'stay in the cloud, whatever dataPolicy says:';
  return by === 'protect' ? 'refuse the destroy until dataPolicy is drop:' : 'stay in the cloud until dataPolicy is drop:';
}

/** The same facts, all of them. */
export function rehearsalJson(rehearsal: Rehearsal): Readonly<Record<string, unknown>> {
  const findings = rehearsal.phases.flatMap((phase) => phase.findings.map((problem) => ({ phase: phase.name, problem })));
  return { ...rehearsal, findings, note: NO_CLOUD };
}
