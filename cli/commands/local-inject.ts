import type { Command } from 'commander';
import { ArgsError, messageOf } from '../../runtime/errors.ts';
import { assertInjection, INJECTION_NAMES, INJECTIONS } from '../../runtime/local/injections.ts';
import type { InjectionName } from '../../runtime/local/view.ts';
import { type Cli, command, runs } from '../command.ts';
import { type CommonOptions, stateOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { existingState, type RunningPlatform, runningPlatform } from '../platform.ts';

interface Flags extends CommonOptions {
  readonly off?: boolean;
}

/** `weir local inject NAME`: breaks something in the running platform's world, or mends it again. */
export function injectCommand(cli: Cli): Command {
  const names = INJECTION_NAMES.map((name) => `  ${name.padEnd(13)} ${INJECTIONS[name].text}`).join('\n');
  return command('inject <name>', 'break something in the world of the running platform, and watch what it does', [
    'local inject km',
    'local inject km --off',
  ])
    .option('--off', 'mend it again')
    .addHelpText('after', `\nNames:\n${names}`)
    .action(runs(cli, (name: string, flags: Flags) => inject(cli, assertInjection(name), flags)));
}

async function inject({ context }: Cli, name: InjectionName, flags: Flags): Promise<ExitCode> {
  const state = stateOf(context, flags);
  const platform = runningPlatform(existingState(state));
  if (platform === null) throw new ArgsError(state, 'no platform runs on this state folder', 'Start it: weir local');
  const active = flags.off !== true;
  await post(platform, { name, active });
  const { text } = INJECTIONS[name];
  context.out(flags.json === true ? JSON.stringify({ name, active, text }) : `${name} is ${active ? `on: ${text}` : 'off'}`);
  return EXIT.fine;
}

/** As the page does it: the platform lets its own origin write, and no other. */
async function post({ port }: RunningPlatform, body: { readonly name: string; readonly active: boolean }): Promise<void> {
  const origin = `http://127.0.0.1:${port}`;
  const headers = { origin, 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/api/inject`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => {
    throw new ArgsError(origin, `the platform does not answer: ${messageOf(error)}`, 'Look at its output; weir local starts it again.', {
      cause: error,
    });
  });
  if (!answer.ok)
    throw new ArgsError(
      origin,
      `the platform refused with ${answer.status}: ${(await answer.text()).slice(0, 500)}`,
      'Use the Weir that runs there.',
    );
}
