import { spawnSync } from 'node:child_process';
import { ArgsError } from '../../runtime/errors.ts';

/** A file of a commit, by its path below the folder that was asked for. */
export interface CommittedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Far more than any tree of small files. */
const MOST_BYTES = 2 ** 30;

/**
 * The commit that a person named, as its full hash. Throws ArgsError outside of a repository and for a name that git does not know.
 * @param directory Inside of the repository.
 */
export function commitOf(directory: string, ref: string): string {
  git(directory, ['rev-parse', '--git-dir'], (said) => {
    const unsafe = said.includes('dubious ownership');
    const remedy = unsafe ? 'Do as git says: it trusts the folders of their owner alone.' : 'Run it in a checkout: it compares files with a commit.';
    return new ArgsError(directory, unsafe ? said : 'is in no git repository', remedy);
  });
  const unknown = (): ArgsError =>
    new ArgsError('--base', `git knows no commit "${ref}"`, `Name a branch, tag or commit that is here; git fetch brings others.`);
  return git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], unknown)
    .toString('utf8')
    .trim();
}

/** The plain files below a folder as of a commit; none when the commit has no such folder. The work tree is not touched. */
export function filesOf(directory: string, commit: string, isWanted: (path: string) => boolean): readonly CommittedFile[] {
  const failed = (said: string): ArgsError => new ArgsError(directory, `git cannot list ${commit}: ${said}`, 'Try git fsck.');
  const listed = git(directory, ['ls-tree', '-r', '-z', commit], failed).toString('utf8').split('\0');
  const blobs = listed.flatMap((entry) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
    const isPlain = mode.startsWith('100'); // a link may lead anywhere
    return isPlain && isWanted(path) ? [{ id, path }] : [];
  });
  if (blobs.length === 0) return [];
  const output = git(directory, ['cat-file', '--batch'], failed, `${blobs.map(({ id }) => id).join('\n')}\n`);
  return contentsOf(output, blobs);
}

/** `<id> blob <size>\n<bytes>\n` for each that was asked for, in that order. */
function contentsOf(output: Buffer, blobs: readonly { readonly path: string }[]): readonly CommittedFile[] {
  let at = 0;
  return blobs.map(({ path }) => {
    const end = output.indexOf('\n', at);
    const size = Number(output.subarray(at, end).toString('latin1').split(' ')[2]);
    if (!Number.isInteger(size)) throw new Error(`git cat-file answered otherwise than documented for ${path}`);
    const bytes = output.subarray(end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    return { path, bytes };
  });
}

function git(directory: string, args: readonly string[], failure: (said: string) => ArgsError, input = ''): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', directory, ...args], { input, maxBuffer: MOST_BYTES });
  if (error !== undefined) throw new ArgsError('git', `cannot be run: ${error.message}`, 'Install git, or put it on the PATH.', { cause: error });
  if (status !== 0) throw failure(stderr.toString('utf8').trim());
  return stdout;
}
