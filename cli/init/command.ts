import type { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import type { CommonOptions } from '../context.ts';
import { columns } from '../table.ts';
import type { Answers, Question } from './question.ts';

/** Options of both commands; the answers come beside them, by the names of the questions. */
export interface InitFlags extends CommonOptions {
  readonly dir: string;
}

/** The questions as flags of a command, and where it writes. */
export function withQuestions(made: Command, questions: readonly Question[]): Command {
  for (const { name, text, example, usual } of questions)
    made.option(`--${name} <${name}>`, `${text}${usual === undefined ? `, such as ${example}` : ` (default: ${usual})`}`);
  return made.option('--dir <folder>', 'the folder of tenants', 'tenants');
}

/** What the flags of a command answer. */
export function answersOfFlags(flags: object, questions: readonly Question[]): Answers {
  const given: Readonly<Record<string, unknown>> = { ...flags };
  return new Map(
    questions.flatMap(({ name }) => {
      const value = given[name.replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase())]; // as commander names options
      return typeof value === 'string' ? [[name, value.trim()] as const] : [];
    }),
  );
}

/** Names become host names and namespaces: the schema's `dnsName`. */
export function assertName(name: string, what: 'tenant' | 'model'): void {
  if (/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/.test(name)) return;
  const remedy = 'Lower-case letters, digits and dashes, at most 50, beginning with a letter and not ending in a dash.';
  throw new ArgsError(what, `"${name}" is not the name of a ${what}`, remedy);
}

/** A command to go on with, and why. */
export type Next = readonly (readonly [command: string, why: string])[];

/** What was written and what to do next. */
export function writtenText(file: string, text: string, next: Next): string {
  const lines = text.trimEnd().split('\n').length;
  const steps = columns(next.map(([command, why], index) => [index === 0 ? '  next' : '', command, why]));
  return `${file}  written: ${lines} lines\n${steps}`;
}
