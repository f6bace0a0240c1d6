import { type Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { ArgsError } from '../../runtime/errors.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { type Problem, problemText, sortProblems } from '../../runtime/model/read/problem.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { githubText } from '../format/github.ts';
import { counted, countsText, levelOf } from '../format/level.ts';
import { sarifText } from '../format/sarif.ts';
import { type ProfileFlag, profileOption } from '../profile.ts';
import { countProgress } from '../progress.ts';
import { readPath } from '../read-path.ts';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;

interface ValidateFlags extends CommonOptions, ProfileFlag {
  readonly format: (typeof FORMATS)[number];
}

/** `weir validate [PATH…]`: what is wrong with tenants' files, before anything is started. */
export function validateCommand(cli: Cli): Command {
  const examples = [
    'validate',
    'validate tenants --profile prod',
    'validate tenants/payments/models/fraud.yaml --json',
    'validate --format github',
    'validate --format sarif > weir.sarif',
  ];
  return filesCommand('validate [path...]', 'check tenants: folders of them with all that lies between, or single files (default: tenants)', examples)
    .addOption(profileOption())
    .addOption(new Option('--format <name>', 'github: annotations of a workflow run; sarif: code scanning').choices(FORMATS).default('text'))
    .addHelpText(
      'after',
      '\nIt ends with 0 when nothing is wrong or there are only warnings, with 1 for problems, with 2 when a path cannot be read.',
    )
    .action(runs(cli, (paths: readonly string[], flags: ValidateFlags) => validate(cli, paths, flags)));
}

/** What was checked, and how it went. */
interface Result {
  readonly files: number;
  readonly problems: readonly Problem[];
  readonly seconds: number;
}

function validate({ context }: Cli, given: readonly string[], flags: ValidateFlags): ExitCode {
  const started = context.now();
  const paths = given.length === 0 ? ['tenants'] : given;
  const options = { profile: profileOf(flags.profile), onFile: countProgress(context, 'files read') };
  const read = paths.map((path) => readPath(path, options));
  const files = new Set(read.flatMap(({ folder }) => folder.files)).size;
  const problems = sortProblems(read.flatMap((one) => one.problems));
  if (files + problems.length === 0) throw new ArgsError(paths.join(' '), 'holds no model files', 'They are <tenant>/models/<model>.yaml below it.');
  const result = { files, problems, seconds: (context.now() - started) / 1000 };
  context.out(textOf(flags.json === true ? 'json' : flags.format, result, flags, context.paint));
  return problems.some((problem) => levelOf(problem) === 'error') ? EXIT.findings : EXIT.fine;
}

function textOf(format: ValidateFlags['format'], result: Result, { profile }: ProfileFlag, paint: Cli['context']['paint']): string {
  const { files, problems } = result;
  if (format === 'sarif') return sarifText(problems, packageJson.version);
  if (format === 'json') {
    const errors = problems.filter((problem) => levelOf(problem) === 'error').length;
    return JSON.stringify({ profile, files, errors, warnings: problems.length - errors, problems }, null, 2);
  }
  if (problems.length === 0) return summary(result);
  if (format === 'github') return [githubText(problems), summary(result)].join('\n');
  return [...problems.map((problem) => painted(paint, problem)), '', summary(result)].join('\n');
}

function summary({ files, problems, seconds }: Result): string {
  const took = `(${seconds.toFixed(1)} s)`;
  if (problems.length === 0) return `${counted(files, 'file')}, no problems ${took}`;
  const wrong = new Set(problems.map(({ file }) => file)).size;
  return `${countsText(problems)} in ${wrong.toLocaleString('en')} of ${counted(files, 'file')} ${took}`;
}

/** Colour repeats what the carets say. */
function painted(paint: Cli['context']['paint'], problem: Problem): string {
  const [head = '', ...rest] = problemText(problem).split('\n');
  return [paint('bold', head), ...rest.map((line) => line.replace(/\^+/, (carets) => paint('red', carets)))].join('\n');
}
