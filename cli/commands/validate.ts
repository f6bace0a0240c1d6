import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFile, loadFolder } from '../../runtime/model/read/load.ts';
import { type Problem, problemText } from '../../runtime/model/read/problem.ts';
import { type Cli, command, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';

/** `weir validate [PATH…]`: what is wrong with model files, before anything is started. */
export function validateCommand(cli: Cli): Command {
  const examples = ['validate', 'validate tenants examples/flights/tenants', 'validate tenants/payments/models/fraud.yaml --json'];
  return command('validate [path...]', 'check model files: folders of tenants, or single files (default: tenants)', examples).action(
    runs(cli, (paths: readonly string[], options: CommonOptions) => validate(cli, paths, options)),
  );
}

function validate({ context }: Cli, paths: readonly string[], { json = false }: CommonOptions): ExitCode {
  const started = context.now();
  const read = (paths.length === 0 ? ['tenants'] : paths).map(readPath);
  const files = read.flatMap(({ files }) => files);
  const problems = read.flatMap(({ problems }) => problems);
  if (files.length + problems.length === 0)
    throw new ArgsError(paths.join(' ') || 'tenants', 'holds no model files', 'They are <tenant>/models/<model>.yaml below it.');
  const wrong = new Set(problems.map(({ file }) => file)).size;
  if (json) {
    context.out(JSON.stringify({ files: files.length, problems }, null, 2));
  } else {
    for (const problem of problems) context.out(painted(context.paint, problem));
    const seconds = ((context.now() - started) / 1000).toFixed(1);
    const summary =
      problems.length === 0
        ? `${counted(files.length, 'file')}, no problems`
        : `${counted(problems.length, 'problem')} in ${wrong} of ${counted(files.length, 'file')}`;
    context.out(`${problems.length === 0 ? '' : '\n'}${summary} (${seconds} s)`);
  }
  return problems.length === 0 ? EXIT.fine : EXIT.findings;
}

function readPath(path: string): { readonly files: readonly string[]; readonly problems: readonly Problem[] } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new ArgsError(path, 'there is no such file or folder', 'Name a folder of tenants, or a model file.');
  const options = { profile: profileOf('prod') };
  return stat.isDirectory() ? loadFolder(path, options) : loadFile(path, options);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Colour repeats what the carets say. */
function painted(paint: Cli['context']['paint'], problem: Problem): string {
  const [head = '', ...rest] = problemText(problem).split('\n');
  return [paint('bold', head), ...rest.map((line) => line.replace(/\^+/, (carets) => paint('red', carets)))].join('\n');
}
