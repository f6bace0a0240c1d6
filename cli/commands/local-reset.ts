import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { lockDirectory } from '../../runtime/files-lock.ts';
import { layoutOf } from '../../runtime/local/state-folder.ts';
import { type Cli, command, runs } from '../command.ts';
import { type CommonOptions, stateOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { assertMark, runningPlatform } from '../platform.ts';

interface Flags extends CommonOptions {
  readonly yes?: boolean;
}

/** `weir local reset`: empties the state folder. */
export function resetCommand(cli: Cli): Command {
  return command('reset', 'remove all state: models, log, registry, drift', ['local reset', 'local reset --yes --state /tmp/weir'])
    .option('-y, --yes', 'do not ask')
    .action(runs(cli, (flags: Flags) => reset(cli, flags)));
}

async function reset({ context }: Cli, flags: Flags): Promise<ExitCode> {
  const state = stateOf(context, flags);
  assertMark(state); // a folder without Weir's mark is never touched
  const running = runningPlatform(layoutOf(state));
  if (running !== null) throw new ArgsError(state, `a platform runs on this state folder, pid ${running.pid}`, 'Stop it first (Ctrl-C).');
  if (flags.yes !== true && !(await agreed(context, state))) return EXIT.cannot;
  const lock = await lockDirectory(state); // a platform that starts meanwhile is refused, or refuses us
  try {
    for (const name of readdirSync(state).filter(isMade)) rmSync(join(state, name), { recursive: true, force: true });
  } finally {
    lock.release();
  }
  rmSync(join(state, 'lock'), { recursive: true, force: true });
  rmSync(join(state, 'format'), { force: true }); // the mark goes last: a reset that was cut short can be repeated
  const left = readdirSync(state);
  if (left.length === 0) rmdirSync(state);
  if (flags.json === true) context.out(JSON.stringify({ state, kept: left }));
  else context.out(`${state} is empty${left.length === 0 ? '' : `, but for what Weir did not make: ${left.join(', ')}`}`);
  return EXIT.fine;
}

async function agreed(context: Cli['context'], state: string): Promise<boolean> {
  if (!context.terminal) throw new ArgsError('--yes', 'is missing, and nobody is there to ask', 'Add --yes to remove all state without a question.');
  return context.confirm(`Remove all state in ${state}?`);
}

/** Everything in a state folder that Weir writes, by name: nothing else is removed. Lock and mark go last, by themselves. */
const MADE: ReadonlySet<string> = new Set([
  ...Object.entries(layoutOf('.')).flatMap(([key, path]) => (key === 'root' ? [] : [basename(path)])),
  'epoch.json',
  'injections.json',
]);

/** A process that was killed while it replaced a file leaves its temporary copy. */
const isMade = (name: string): boolean => MADE.has(name.replace(/\.\d+\.\d+\.tmp$/, ''));
