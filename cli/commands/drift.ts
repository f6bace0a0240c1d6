import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../../runtime/model/duration.ts';
import { type Cli, command, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';

/** What `weir drift report` was asked for. */
export interface DriftFlags extends CommonOptions {
  /** Seconds of event time. */
  readonly since: number;
  readonly sql?: boolean;
}

const DAY = 86_400;

/** `weir drift …`: what the data of a model looks like. */
export function driftCommand(cli: Cli): Command {
  const examples = ['drift report eta', 'drift report flights/eta --since 6h', 'drift report eta --sql', 'drift report eta --json'];
  const report = command('report <model>', 'what changed in the data of a model, whether it harms, and what was done', examples)
    .addOption(new Option('--since <duration>', 'how far back, in event time: from 1h to 3d').argParser(spanOf).default(DAY, '24h'))
    .option('--sql', 'print the statements that count each shown figure again')
    .action(
      runs(cli, async (model: string, flags: DriftFlags) => {
        const { showReport } = await import('../drift-report.ts'); // brings DuckDB: only when needed
        return showReport(cli.context, model, flags);
      }),
    );
  return new Command('drift').description('what the data of the models looks like').addCommand(report);
}

function spanOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== null && seconds >= 3600 && seconds <= 3 * DAY) return seconds;
  throw new InvalidArgumentError('It is a duration from 1h to 3d, such as 24h.');
}
