import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ArgsError, messageOf } from '../../runtime/errors.ts';

/** The Pulumi CLI, with the engine in it. */
export interface PulumiCli {
  readonly path: string;
  /** `3.250.0` */
  readonly version: string;
  /** False for one that was built from source: it cannot run Node programs by itself. */
  readonly hasLanguageHost: boolean;
}

/** Before it error hooks saw some errors only, and a destroy with hooks went on without them. What CI rehearses with. */
const FLOOR = [3, 250] as const;

const GET_IT = `Install it (https://www.pulumi.com/docs/install/), or build the one that the tests use: sh test/servers/install.sh pulumi`;

/**
 * The operator's own CLI on PATH, else the one that `test/servers/install.sh pulumi` built.
 * @throws ArgsError when there is none, or one that is too old.
 */
export async function findPulumi(env: Readonly<Record<string, string | undefined>>): Promise<PulumiCli> {
  const built = join(env.WEIR_TOOLS ?? join(env.HOME ?? homedir(), '.cache', 'weir-tools'), 'bin');
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const path = executable('pulumi', [...folders, built]);
  if (path === null) throw new ArgsError('pulumi', `the Pulumi CLI is neither on PATH nor in ${built}`, GET_IT);
  const version = await versionOf(path);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== FLOOR[0] || minor < FLOOR[1]) {
    throw new ArgsError(path, `this is Pulumi ${version}, and a rehearsal needs ${FLOOR.join('.')} or a later 3.x`, GET_IT);
  }
  return { path, version, hasLanguageHost: executable('pulumi-language-nodejs', [dirname(realpathSync(path)), ...folders]) !== null };
}

async function versionOf(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, ['version'], { env: { PULUMI_SKIP_UPDATE_CHECK: 'true' }, timeout: 30_000 });
    return stdout.trim().replace(/^v/, '');
  } catch (cause) {
    throw new ArgsError(path, `it does not say its version: ${messageOf(cause)}`, GET_IT, { cause });
  }
}

function executable(name: string, folders: readonly string[]): string | null {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {} // not in this one
  }
  return null;
}
