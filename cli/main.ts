import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { ArgsError } from '../runtime/errors.ts';
import type { Cli } from './command.ts';
import { diffCommand } from './commands/diff.ts';
import { driftCommand } from './commands/drift.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { localCommand } from './commands/local.ts';
import { planCommand } from './commands/plan.ts';
import { policyCommand } from './commands/policy.ts';
import { registryCommand } from './commands/registry.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { renderCommand } from './commands/render.ts';
import { rolloutCommand } from './commands/rollout.ts';
import { validateCommand } from './commands/validate.ts';
import { type Context, processContext } from './context.ts';
import { EXIT, EXIT_CODES } from './exit.ts';

/** Runs one command line and gives the exit code. Throws nothing: what goes wrong is printed. */
export async function main(args: readonly string[], context: Context = processContext()): Promise<number> {
  let code: number = EXIT.fine;
  const program = buildProgram({ context, exit: (given) => (code = given) });
  const json = args.includes('--json');
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(context, error, json);
  }
}

/** Every command; docs/cli.md is made from it. */
export function buildProgram(cli: Cli): Command {
  const program = new Command('weir')
    .description('Moves traffic between model versions, watches their data, and closes the gate by itself.')
    .enablePositionalOptions() // `registry push --version 9` is not a question for ours
    .version(packageJson.version, '-V, --version', 'the version of Weir')
    .addHelpText('after', `\nExit codes:\n${EXIT_CODES.map(([code, text]) => `  ${String(code).padEnd(4)} ${text}`).join('\n')}`);
  const commands = [
    initCommand,
    validateCommand,
    explainCommand,
    renderCommand,
    diffCommand,
    planCommand,
    policyCommand,
    rehearseCommand,
    localCommand,
    rolloutCommand,
    registryCommand,
    driftCommand,
  ];
  for (const made of commands) program.addCommand(made(cli));
  configure(program, cli.context);
  return program;
}

/** Errors are thrown, not ended on: one place prints them. Every level of commands alike. */
function configure(command: Command, context: Context): void {
  command.helpOption('-h, --help', 'this help');
  if (command.commands.length > 0) command.helpCommand('help [command]', 'help of a command');
  command.exitOverride().configureOutput({
    writeOut: (text) => context.out(text.trimEnd()),
    writeErr: (text) => context.note(text.trimEnd()),
    outputError: () => undefined,
  });
  command.configureHelp({ helpWidth: 110, showGlobalOptions: false }); // as wide everywhere, so that the docs are what a person sees
  for (const child of command.commands) configure(child, context);
}

function report(context: Context, error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return reportUsage(context, error, json);
  if (error instanceof ArgsError) {
    const { path, problem, remedy } = error;
    context.note(json ? JSON.stringify({ error: { path, problem, remedy } }) : `${context.paint('red', 'weir:')} ${path}  ${problem}\n  ${remedy}`);
    return EXIT.cannot;
  }
  // A mistake of Weir's own: everything that helps to find it.
  context.note(`weir: this is a bug of Weir\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.cannot;
}

function reportUsage(context: Context, error: CommanderError, json: boolean): number {
  if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') return EXIT.fine;
  if (error.code === 'commander.help') return EXIT.cannot; // a group without its command: its help was printed
  const problem = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  context.note(
    json ? JSON.stringify({ error: { path: '', problem, remedy: 'Add --help.' } }) : `weir: ${problem}\n  Add --help to see what is known.`,
  );
  return EXIT.cannot;
}
