import type { Command } from 'commander';
import { ArgsError } from '../../runtime/errors.ts';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { type Cli, filesCommand, runs } from '../command.ts';
import type { CommonOptions } from '../context.ts';
import { type Side, sideAt, sideHere } from '../diff/base.ts';
import { compare, type Diff } from '../diff/compare.ts';
import { commitOf } from '../diff/git.ts';
import { diffText } from '../diff/text.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { counted, levelOf } from '../format/level.ts';
import { type ProfileFlag, profileOption } from '../profile.ts';
import { countProgress } from '../progress.ts';
import { kindOf } from '../read-path.ts';
import { EXAMPLE_ENVIRONMENT } from '../render/environment.ts';

interface DiffFlags extends CommonOptions, ProfileFlag {
  readonly base: string;
}

/** `weir diff --base REF`: what the files as they lie here change for whom, against a commit. */
export function diffCommand(cli: Cli): Command {
  const examples = ['diff --base origin/main', 'diff --base HEAD~1 tenants --profile prod', 'diff --base v1.4 --json'];
  return filesCommand(
    'diff [dir]',
    'what changes for whom between a git commit and the files here: values, rollouts, objects (default: tenants)',
    examples,
  )
    .requiredOption('--base <ref>', 'a branch, tag or commit to compare with')
    .addOption(profileOption())
    .addHelpText(
      'after',
      '\nIt ends with 0 when nothing changes, with 1 for changes, with 2 when it cannot compare. Both sides are read by this version of Weir,\nthe commit with the platform defaults of the schema beside its files.',
    )
    .action(runs(cli, (dir: string | undefined, flags: DiffFlags) => diff(cli, dir ?? 'tenants', flags)));
}

async function diff({ context }: Cli, dir: string, { base: ref, profile, json = false }: DiffFlags): Promise<ExitCode> {
  if (kindOf(dir) !== 'folder') throw new ArgsError(dir, 'is a file', 'Name the folder of tenants.');
  const commit = commitOf(dir, ref);
  const options = { profile: profileOf(profile), onFile: countProgress(context, 'files read') };
  const here = sideHere(dir, options);
  const base = sideAt(dir, commit, options);
  if (here.folder.files.length + base.folder.files.length === 0)
    throw new ArgsError(
      dir,
      `holds no model files, neither here nor in ${ref}`,
      'Name the folder of tenants: <tenant>/models/<model>.yaml lie below it.',
    );
  const result = compare(base, here, { environment: EXAMPLE_ENVIRONMENT, slot: 'a', hash: await loadHash64() });
  const errors = errorsOf(here);
  const isSame = result.models.length + result.tenants.length === 0;
  if (json) context.out(JSON.stringify({ base: ref, commit, dir, profile, problems: errors, ...result }, null, 2));
  else context.out(textOf(result, { ref, commit, dir, profile }));
  if (errors > 0) context.note(`${counted(errors, 'problem')} in the files here: weir validate ${dir}`);
  if (errorsOf(base) > 0) context.note(`${counted(errorsOf(base), 'problem')} in the files of ${ref}: what those files said is not compared`);
  return isSame && errors === 0 ? EXIT.fine : EXIT.findings;
}

const errorsOf = ({ folder }: Side): number => folder.problems.filter((problem) => levelOf(problem) === 'error').length;

interface Compared {
  readonly ref: string;
  readonly commit: string;
  readonly dir: string;
  readonly profile: string;
}

function textOf(result: Diff, { ref, commit, dir, profile }: Compared): string {
  const head = `${dir} against ${ref} (${commit.slice(0, 9)}), profile ${profile}`;
  return `${head}\n\n${diffText(result, dir)}`.replace(/\n{3,}/g, '\n\n');
}
