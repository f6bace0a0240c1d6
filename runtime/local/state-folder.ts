import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ArgsError } from '../errors.ts';
import { readIfThere, writeWhole } from '../files.ts';

/** The state folder's layout; everything below it is Weir's, and `weir local reset` empties it. */
export interface StateFolder {
  readonly root: string;
  readonly objects: string;
  readonly log: string;
  readonly registry: string;
  readonly drift: string;
  readonly lake: string;
  readonly routes: string;
  readonly bundles: string;
  readonly tenants: string;
  readonly cache: string;
  /** `{pid, port, startedAt}` of the running platform. */
  readonly run: string;
  readonly replay: string;
  readonly clock: string;
}

const FORMAT = { kind: 'weir.local/State', v: 1 } as const;

export function layoutOf(root: string): StateFolder {
  const at = (name: string): string => join(root, name);
  return {
    root,
    objects: at('objects'),
    log: at('log'),
    registry: at('registry'),
    drift: at('drift'),
    lake: at('lake'),
    routes: at('routes'),
    bundles: at('bundles'),
    tenants: at('tenants'),
    cache: at('cache'),
    run: at('run.json'),
    replay: at('replay.json'),
    clock: at('clock.json'),
  };
}

/**
 * Opens or makes a state folder. A folder that holds something else is refused, so that a slip of `--state` never mixes with a user's
 * files; so is one of another format version.
 */
export function openStateFolder(root: string): StateFolder {
  const format = readIfThere(join(root, 'format'));
  if (format === null) {
    if (existsSync(root) && readdirSync(root).length > 0) {
      throw new ArgsError(root, 'is not empty and not a state folder of Weir', 'Give an empty folder with --state, or none for .weir.');
    }
    mkdirSync(root, { recursive: true, mode: 0o700 });
    writeWhole(join(root, 'format'), JSON.stringify(FORMAT));
  } else if (format.trim() !== JSON.stringify(FORMAT)) {
    throw new ArgsError(
      join(root, 'format'),
      `${format.trim().slice(0, 80)} is another format than ${JSON.stringify(FORMAT)}`,
      'Use the Weir that made it, or `weir local reset`.',
    );
  }
  return layoutOf(root);
}

/**
 * A tenant's folder as a working copy below `to`, with the schemas that its files name beside it: the tour edits these, never the project's
 * own. What is there already stays.
 */
export function copyTenant(from: string, to: string): void {
  for (const folder of [join(dirname(from), 'schemas'), from]) {
    const copy = join(to, basename(folder));
    if (existsSync(copy)) continue;
    const half = join(to, `.${basename(folder)}.tmp`); // whole or not at all: a start may be cut off anywhere
    rmSync(half, { recursive: true, force: true });
    cpSync(folder, half, { recursive: true });
    renameSync(half, copy);
  }
}
