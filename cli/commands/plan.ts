import { type Command, Option } from 'commander';
import { problemText } from '../../runtime/model/read/problem.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions, Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { countsText } from '../format/level.ts';
import { assumptionsOf } from '../plan/cost.ts';
import { assumptionsText } from '../plan/cost-text.ts';
import { factsOf } from '../plan/facts.ts';
import { PROGRAM, recordStack } from '../plan/record-stack.ts';
import { readStackFile } from '../plan/stack-file.ts';
import { planText } from '../plan/text.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;

interface PlanFlags extends CommonOptions {
  readonly stacks: string;
  readonly format: (typeof FORMATS)[number];
  readonly assumptions?: boolean;
}

/** `weir plan ENV`: what `pulumi up` would make, and what it costs, without a cloud. */
export function planCommand(cli: Cli): Command {
  const examples = [
    'plan dev',
    'plan prod --base origin/main',
    'plan prod --base origin/main --format markdown',
    'plan staging --graph staging.html',
  ];
  return filesCommand('plan <env>', 'the resources of an environment, their price and what changes, without a cloud or credentials', examples)
    .option('--stacks <dir>', 'the folder of the stack files, Pulumi.<env>.yaml', 'stacks')
    .option('--assumptions', 'list what the price assumes of use, and the settings that change it')
    .addOption(new Option('--format <name>', 'markdown: for a comment on a pull request').choices(FORMATS).default('text'))
    .addHelpText(
      'after',
      '\nIt ends with 0 when nothing needs a person, with 1 when somebody has to act first (a version without support, data that a replacement would\nlose), with 2 when the settings are wrong or their program cannot be recorded.',
    )
    .action(runs(cli, (env: string, flags: PlanFlags) => plan(cli, env, flags)));
}

async function plan({ context }: Cli, env: string, flags: PlanFlags): Promise<ExitCode> {
  const read = readStackFile(flags.stacks, env);
  if (read.kind === 'wrong') return refused(context, read.problems, flags);
  const { stackFile } = read;
  const recording = await recordStack(stackFile, { folder: flags.stacks, program: PROGRAM });
  const facts = factsOf(stackFile, recording, new Date(context.now()));
  if (flags.json === true || flags.format === 'json') context.out(JSON.stringify(facts, null, 2));
  else context.out([planText(facts), ...(flags.assumptions === true ? ['', assumptionsText(assumptionsOf(stackFile.settings))] : [])].join('\n'));
  return facts.findings.some(({ level }) => level === 'error') ? EXIT.findings : EXIT.fine;
}

/** Wrong settings have no plan: every mistake at its line, and that is all. */
function refused(context: Context, problems: Parameters<typeof countsText>[0], { json = false }: PlanFlags): ExitCode {
  if (json) context.out(JSON.stringify({ problems }, null, 2));
  else context.out([...problems.map(problemText), '', `${countsText(problems)}: there is no plan of these settings`].join('\n'));
  return EXIT.cannot;
}
