import { Command, InvalidArgumentError } from 'commander';
import type { Context } from './context.ts';

/** What a command is made with. `exit` takes its result: commander's actions return nothing. */
export interface Cli {
  readonly context: Context;
  exit(code: number): void;
}

/** A command with the options that all have. `examples` are shown below its help, without the leading `weir`. */
export function command(nameAndArgs: string, description: string, examples: readonly string[]): Command {
  return filesCommand(nameAndArgs, description, examples).option(
    '--state <dir>',
    'the state folder of the platform (default: $WEIR_STATE, else .weir)',
  );
}

/** A command about tenants' files alone: no platform has to be there. */
export function filesCommand(nameAndArgs: string, description: string, examples: readonly string[]): Command {
  const made = new Command(nameAndArgs.split(' ')[0]).description(description).option('--json', 'the same facts as JSON on standard output');
  return withExamples(made, nameAndArgs, examples);
}

function withExamples(made: Command, nameAndArgs: string, examples: readonly string[]): Command {
  for (const argument of nameAndArgs.split(' ').slice(1)) made.argument(argument);
  return made.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ weir ${example}`).join('\n')}`);
}

/**
 * Runs a command's work and keeps its exit code. `work` gets the arguments, then the options; those of the parents count too, so that
 * `weir local --state X reset` never resets another folder.
 */
export function runs<Args extends readonly unknown[], Flags extends object>(cli: Cli, work: (...args: [...Args, Flags]) => Promise<number> | number) {
  return async (...given: [...Args, Flags, Command]): Promise<void> => {
    const command = given.at(-1);
    if (!(command instanceof Command)) throw new Error('an action was called without its command');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- commander's own order of an action's arguments
    const args = [...given.slice(0, -2), { ...command.optsWithGlobals(), ...command.opts() }] as unknown as [...Args, Flags];
    cli.exit(await work(...args));
  };
}

/** A whole number of an option, from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`);
  };
}
