import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { DEFAULT_PORT, type LocalOptions, type TourVariant } from '../../runtime/local/options.ts';
import { type Cli, command, runs, wholeNumber } from '../command.ts';
import { type CommonOptions, type Context, stateOf } from '../context.ts';
import { injectCommand } from './local-inject.ts';
import { resetCommand } from './local-reset.ts';

interface Flags extends CommonOptions {
  readonly headless?: boolean;
  readonly exit?: boolean;
  readonly tour?: boolean;
  readonly port: number;
  readonly tenants?: string;
  readonly replay?: string;
  readonly time?: string;
  readonly rate?: number;
  readonly variant: TourVariant;
}

/** `weir local`: the whole platform on this machine. */
export function localCommand(cli: Cli): Command {
  const examples = [
    'local --tour',
    'local --headless --tour --exit',
    'local --tenants tenants --replay requests.parquet --time requested_at --rate 200',
    'local inject km',
    'local reset',
  ];
  return command('local', 'run the whole platform on this machine: the flights example, or your own models', examples)
    .option('--tour', 'play the tour: a rollout, a bad version, drift, a crash')
    .option('--headless', 'open no browser')
    .option('--exit', 'end after the tour, with its exit code')
    .option('--port <n>', 'loopback port of gateway and page; 0 is any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
    .option('--tenants <dir>', 'serve the models of this folder instead of the example')
    .option('--replay <file>', 'replay the rows of this Parquet file as requests')
    .option('--time <column>', 'column of event time in the replayed file')
    .option('--rate <n>', 'requests per second of the replay (default: 600)', wholeNumber(1, 100_000))
    .addOption(
      new Option('--variant <name>', 'of the tour: in shadow, the bad version is convicted before any traffic')
        .choices(['steps', 'shadow'])
        .default('steps'),
    )
    .addCommand(injectCommand(cli))
    .addCommand(resetCommand(cli))
    .action(
      runs(cli, async (flags: Flags) => {
        const options = localOptions(cli.context, flags);
        const { runLocal } = await import('../../runtime/local/supervisor.ts'); // brings DuckDB and ONNX Runtime: only when needed
        return runLocal(options);
      }),
    );
}

/** Flags that contradict each other are a mistake, told before anything starts. */
export function localOptions(context: Pick<Context, 'env'>, flags: Flags): LocalOptions {
  const { tenants, replay, time, rate, tour = false } = flags;
  if (replay !== undefined && time === undefined) throw new ArgsError('--time', 'is missing', 'Name the column of event time in the --replay file.');
  if (time !== undefined && replay === undefined) throw new ArgsError('--time', `"${time}" is a column of no file`, 'Add --replay FILE.');
  if (tour && tenants !== undefined) throw new ArgsError('--tour', 'plays on the flights example only', 'Leave out --tenants or --tour.');
  if (flags.exit === true && !tour) throw new ArgsError('--exit', 'ends after the tour, and none is played', 'Add --tour.');
  if (flags.variant !== 'steps' && !tour) throw new ArgsError('--variant', 'is a variant of the tour', 'Add --tour.');
  return {
    headless: flags.headless ?? false,
    exit: flags.exit ?? false,
    tour,
    port: flags.port,
    state: stateOf(context, flags),
    ...(tenants === undefined ? {} : { tenants: resolve(tenants) }),
    ...(replay === undefined ? {} : { replay: resolve(replay) }),
    ...(time === undefined ? {} : { time }),
    ...(rate === undefined ? {} : { rate }),
    variant: flags.variant,
    json: flags.json ?? false,
  };
}
