import { cpSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { openStateFolder } from '../../runtime/local/state-folder.ts';
import { DirectoryRegistry } from '../../runtime/registry/directory.ts';
import { FILES, type RegisteredVersion } from '../../runtime/registry/port.ts';
import { type Cli, command, runs } from '../command.ts';
import { type CommonOptions, stateOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { referenceFor } from '../reference.ts';
import { readSignature } from '../signature.ts';

export interface PushFlags extends CommonOptions {
  readonly model: string;
  readonly version: string;
  readonly reference?: string;
  readonly time?: string;
  readonly label?: string;
  readonly score?: string;
  readonly zone?: string;
  readonly categorical?: readonly string[];
  readonly metric: Readonly<Record<string, number>>;
  readonly code: string;
}

/** `weir registry push DIR`: a folder becomes an immutable, signed version. */
export function pushCommand(cli: Cli): Command {
  const examples = [
    'registry push build/fraud --model fraud --version 9',
    'registry push build/fraud --model fraud --version 9 --reference training.parquet --time requested_at --label fraud --metric auc=0.91',
  ];
  return command('push <dir>', `push a folder with ${FILES.model} and ${FILES.signature} as a new version`, examples)
    .requiredOption('--model <name>', 'name of the model in the registry')
    .requiredOption('--version <version>', 'the new version; versions never change')
    .option('--reference <file>', 'Parquet file of the training rows: what drift compares with')
    .option('--time <column>', 'its column of event time')
    .option('--label <column>', 'its column of the truth; with it the score is calibrated')
    .option('--score <column>', 'its column of the score (default: the only numeric output)')
    .option('--zone <name>', 'time zone of the hours and weekdays that windows are compared by: drift.zone of the model file (default: UTC)')
    .option('--categorical <inputs...>', 'inputs of whole numbers that are codes, not quantities')
    .option('--metric <name=value>', 'a hold-out figure for the manifest; may be repeated', metric, {})
    .option('--code <text>', 'where the training code is, such as a commit', 'not recorded')
    .action(runs(cli, (directory: string, flags: PushFlags) => push(cli, resolve(directory), flags)));
}

function metric(text: string, before: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9_]{0,62})=(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write it as NAME=NUMBER, such as auc=0.91');
  return { ...before, [name]: Number(value) };
}

/** Requests with the answers that training got for them: what a server must answer before it sees traffic. */
const GOLDEN_EXAMPLE =
  '{"kind": "weir.registry/GoldenSet", "v": 1, "tolerance": 1e-6, "cases": [{"inputs": {"amount": 12.5}, "outputs": {"score": 0.02}}]}';

async function push({ context }: Cli, directory: string, flags: PushFlags): Promise<ExitCode> {
  const trained = statSync(join(directory, FILES.model), { throwIfNoEntry: false });
  if (trained?.isFile() !== true) throw new ArgsError(directory, `holds no ${FILES.model}`, 'Name the folder that the training wrote.');
  const signature = readSignature(join(directory, FILES.signature));
  const reference = await referenceFor(directory, signature, flags);
  const folder = openStateFolder(stateOf(context, flags));
  const registry = new DirectoryRegistry({ directory: folder.registry, now: () => context.now() });
  const data = reference === null ? [] : [reference.source];
  const lineage = { code: flags.code, data, parameters: {}, trainedAt: trained.mtime.toISOString() };
  const { model, version } = flags;
  const send = (from: string): Promise<RegisteredVersion> => registry.push({ directory: from, model, version, lineage, metrics: flags.metric });
  const pushed = reference === null ? await send(directory) : await withFile(directory, FILES.reference, reference.text, send);
  if (flags.json === true) context.out(JSON.stringify(pushed, null, 2));
  else context.out(told(pushed, existsSync(join(directory, FILES.golden))));
  return EXIT.fine;
}

function told({ model, version, digest, hasReference }: RegisteredVersion, hasGolden: boolean): string {
  const noReference = '\n  it has no reference: a rollout refuses it. Push a version with --reference FILE.parquet --time COLUMN';
  const noGolden = `\n  it has no ${FILES.golden}: the gate GoldenSet refuses it. Push a version with one beside ${FILES.model}: ${GOLDEN_EXAMPLE}`;
  return `${model} ${version} is registered: ${digest}${hasReference ? '' : noReference}${hasGolden ? '' : noGolden}`;
}

/** A copy of the folder with one file more, for as long as `use` takes: the person's own folder stays as it is. */
async function withFile<Result>(directory: string, name: string, text: string, use: (copy: string) => Promise<Result>): Promise<Result> {
  const copy = mkdtempSync(join(tmpdir(), 'weir-push-'));
  try {
    cpSync(directory, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, name), text);
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
