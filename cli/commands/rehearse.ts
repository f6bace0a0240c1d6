import { type Command, Option } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { type Problem, problemText } from '../../runtime/model/read/problem.ts';
import { type Cli, filesCommand, runs, wholeNumber } from '../command.ts';
import type { CommonOptions, Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { countsText } from '../format/level.ts';
import type { Change } from '../rehearse/life.ts';
import type { Failing } from '../rehearse/resume.ts';

interface Flags extends CommonOptions {
  readonly dir: string;
  readonly change?: string;
  readonly failEvery?: number;
  readonly failures?: number;
  readonly seed: number;
  readonly keep?: boolean;
}

/** How often it says that it is still at work. */
const STILL_MILLISECONDS = 10_000;

/** `weir rehearse ENV`: the life of an environment, by the real engine, without a cloud. */
export function rehearseCommand(cli: Cli): Command {
  const examples = ['rehearse dev', 'rehearse prod --failures 20 --seed 7', 'rehearse staging --change network.nat=zone'];
  return filesCommand(
    'rehearse <env>',
    'run the real Pulumi engine over an environment, offline: up, a change, failures on the way, destroy',
    examples,
  )
    .option('--change <key=value>', 'the setting that is changed once everything is up (default: another owner, which tags everything)')
    .option('--fail-every <n>', 'let every n-th creation fail once (default: so that eight do)', wholeNumber(1, 10_000))
    .addOption(new Option('--failures <count>', 'let so many random creations fail once').argParser(wholeNumber(1, 10_000)).conflicts('failEvery'))
    .option('--seed <n>', 'which ones are random: the same seed, the same ones', wholeNumber(0, 1_000_000_000), 1)
    .option('--keep', 'leave the temporary folder, with state and event logs, and say where it is')
    .option('--dir <folder>', 'the folder that Pulumi.yaml lies in', '.')
    .addHelpText(
      'after',
      '\nIt reads no credentials and no state of yours, changes no file, and ends with 1 when something went another way than it should.',
    )
    .action(runs(cli, (env: string, flags: Flags) => rehearseEnvironment(cli.context, env, flags)));
}

async function rehearseEnvironment(context: Context, stack: string, flags: Flags): Promise<ExitCode> {
  const change = flags.change === undefined ? {} : { change: changeOf(flags.change) };
  const failing = failingOf(flags);
  const { findPulumi } = await import('../rehearse/pulumi-cli.ts'); // brings gRPC and Pulumi's SDK: only when needed
  const { openWorkspace } = await import('../rehearse/workspace.ts');
  const { rehearse } = await import('../rehearse/rehearse.ts');
  const { rehearsalJson, rehearsalText } = await import('../rehearse/report.ts');
  const { settingsProblems } = await import('../rehearse/settings-problems.ts');
  const problems = settingsProblems(flags.dir, stack, change.change);
  if (problems.length > 0) return refused(context, problems, flags);
  const cli = await findPulumi(context.env);
  const workspace = openWorkspace({ project: flags.dir, cli, env: context.env });
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  using still = stillAtWork(context);
  try {
    const { signal } = interrupt;
    const options = {
      stack,
      cli,
      workspace,
      signal,
      now: () => context.now(),
      progress: (words: string) => still.begin(words),
    };
    const rehearsal = await rehearse({ ...options, ...change, ...failing });
    context.out(flags.json === true ? JSON.stringify(rehearsalJson(rehearsal), null, 2) : rehearsalText(rehearsal));
    return rehearsal.phases.some(({ findings }) => findings.length > 0) ? EXIT.findings : EXIT.fine;
  } catch (error) {
    if (interrupt.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    if (flags.keep === true) context.note(`kept: ${workspace.folder}`);
    else workspace[Symbol.dispose]();
  }
}

function refused(context: Context, problems: readonly Problem[], { json = false }: Flags): ExitCode {
  if (json) context.out(JSON.stringify({ problems }, null, 2));
  else context.out([...problems.map(problemText), '', `${countsText(problems)}: there is nothing to rehearse`].join('\n'));
  return EXIT.cannot;
}

/** `owner=search-team`, `network.nat=zone`. */
function changeOf(text: string): Change {
  const [, setting, value] = /^([\w.:-]+)=(.*)$/s.exec(text) ?? [];
  if (setting === undefined || value === undefined) throw new ArgsError('--change', `"${text}" is no key=value`, 'Write it as network.nat=zone.');
  return { setting, value };
}

function failingOf({ failEvery, failures, seed }: Flags): { readonly failing?: Failing } {
  if (failEvery !== undefined) return { failing: { kind: 'every', n: failEvery } };
  return failures === undefined ? {} : { failing: { kind: 'random', count: failures, seed } };
}

/** Says what begins, and every ten seconds that it is still at it. */
function stillAtWork({ note, now }: Pick<Context, 'note' | 'now'>): Disposable & { begin(words: string): void } {
  let current = { words: 'begins', began: now() };
  const timer = setInterval(() => note(`${current.words} … ${Math.round((now() - current.began) / 1_000)} s`), STILL_MILLISECONDS);
  const begin = (words: string): void => {
    current = { words, began: now() };
    note(`${words} …`);
  };
  return { begin, [Symbol.dispose]: () => clearInterval(timer) };
}
