import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArgsError } from '../../runtime/errors.ts';
import { isMap } from '../../runtime/model/layers/tree.ts';
import { commitOf, filesOf } from '../diff/git.ts';
import type { Recording } from '../graph/node.ts';
import { PROGRAM, recordStack, type Tree, treeOf } from './record-stack.ts';
import { readStackFile, type StackFile } from './stack-file.ts';

/** A stack as of a commit. */
export type Base =
  | { readonly kind: 'recorded'; readonly stackFile: StackFile; readonly recording: Recording; readonly notes: readonly string[] }
  /** The commit knows no such stack: everything is new. */
  | { readonly kind: 'none'; readonly why: string }
  /** What it would make cannot be said. */
  | { readonly kind: 'failed'; readonly why: string };

const OURS = dirname(dirname(fileURLToPath(PROGRAM)));

/** The commit that `--base` names; throws ArgsError for one that git does not know. */
export const baseCommit = (folder: string, ref: string): string => commitOf(projectOf(folder), ref);

/** The folder that `stacks` lies in. */
const projectOf = (folder: string): string => dirname(resolve(folder));

/**
 * Records a stack as of a commit: with the commit's own program where it has one, from a temporary copy that is gone afterwards. Packages are those
 * that are installed here.
 */
export async function recordBase(folder: string, commit: string, { stack }: StackFile): Promise<Base> {
  const copy = mkdtempSync(join(tmpdir(), 'weir-plan-'));
  try {
    const tree = copyOf(folder, commit, copy);
    if (!existsSync(join(tree.folder, `Pulumi.${stack}.yaml`))) return { kind: 'none', why: `it has no settings of ${stack}` };
    const read = readStackFile(tree.folder, stack);
    if (read.kind === 'wrong') {
      const [first] = read.problems;
      return { kind: 'failed', why: `its settings have problems: ${first?.path ?? ''} ${first?.problem ?? ''}` };
    }
    return { kind: 'recorded', stackFile: read.stackFile, recording: await recordStack(read.stackFile, tree), notes: notesOf(copy) };
  } catch (error) {
    if (error instanceof ArgsError) return { kind: 'failed', why: firstLines(error.problem) };
    throw error;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What a program may import: everything but tests, pages and what is made for looking at. */
const isWanted = (path: string): boolean => !/^(test|docs|artifacts|bench|examples|node_modules)\//.test(path) && !/\.(md|png|svg)$/.test(path);

function copyOf(folder: string, commit: string, copy: string): Tree {
  for (const { path, bytes } of filesOf(projectOf(folder), commit, isWanted)) {
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    writeFileSync(join(copy, path), bytes);
  }
  symlinkSync(realpathSync(join(OURS, 'node_modules')), join(copy, 'node_modules'));
  return treeOf(join(copy, basename(resolve(folder))));
}

/** Without the stack of an error: the commit is not what is mended here. */
const firstLines = (problem: string): string =>
  problem
    .split('\n')
    .slice(0, 2)
    .map((line) => line.trim())
    .join(' ');

/** Where the copy is not what was committed. */
function notesOf(copy: string): readonly string[] {
  const [old, now] = [dependenciesOf(copy), dependenciesOf(OURS)];
  return old === null || JSON.stringify(old) === JSON.stringify(now) ? [] : ['it was recorded with the packages that are installed here'];
}

function dependenciesOf(folder: string): unknown {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return null;
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isMap(read) ? (read.dependencies ?? null) : null;
}
