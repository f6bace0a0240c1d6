import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT_CODES } from '../../exit.ts';
import { buildProgram } from '../../main.ts';

/** `docs/cli.md`: what every command says of itself. */
export function cliPage(): string {
  const pages = leaves(buildProgram({ context: SILENT, exit: () => undefined }), []).map(({ path, command }) => {
    return [`## weir ${path.join(' ')}`, '', '```text', helpOf(command), '```', ''].join('\n');
  });
  const codes = EXIT_CODES.map(([code, text]) => `| ${code} | ${text} |`);
  return [
    '<!-- made by `npm run generate`; edit cli/commands instead -->',
    '# The weir command',
    '',
    '`npm run weir -- rollout status` runs it from a checkout. Commands about rollouts, the registry and drift read the state folder, so they answer',
    'while the platform is down, too. What they ask of it then waits until it runs again.',
    '',
    '`--json` prints the same facts as one JSON document on standard output. Colour appears on a terminal only, and not when `NO_COLOR` is set; it says',
    'nothing that the words do not say. Progress and errors go to standard error: a mistake with what to do next, a bug with its stack.',
    '',
    '| exit code | meaning |',
    '|---|---|',
    ...codes,
    '',
    ...pages,
  ].join('\n');
}

interface Leaf {
  readonly path: readonly string[];
  readonly command: Command;
}

/** Commands that do something, depth first, in the order of the help; groups only name their children. */
function leaves(command: Command, path: readonly string[]): readonly Leaf[] {
  const children = command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
  const works = command.commands.length === 0 || command.options.length > 1;
  return path.length > 0 && works ? [{ path, command }, ...children] : children;
}

/** As `--help` prints it, examples included. */
function helpOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (text) => void parts.push(text) }).outputHelp();
  return parts.join('').trimEnd();
}

/** Commands are only described here, never run. */
const SILENT: Context = {
  out: () => undefined,
  note: () => undefined,
  terminal: false,
  paint: (_style, text) => text,
  confirm: async () => false,
  ask: async () => null,
  now: () => 0,
  wait: async () => undefined,
  env: {},
};
