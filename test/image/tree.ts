import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lock } from '../../cli/image/lock.ts';
import { type Size, settle } from '../../cli/image/settle.ts';
import { sha256Of } from '../../runtime/canonical-json.ts';
import { ROOT } from '../support/sources.ts';
import { layContext } from './dockerfile.ts';

/** 2026-11-21. */
export const EPOCH = 1_795_219_200;

export interface Tree extends Size {
  readonly path: string;
  readonly lock: Lock;
}

/**
 * The image's tree, made as the Dockerfile makes it: from what it copies and nothing else, by the script that it runs. Packages are those of the
 * checkout, which `npm ci` has laid by the same lock at the same places.
 */
export function makeTree(folder: string): Tree {
  const [context, path] = [join(folder, 'src'), join(folder, 'app')];
  layContext(context);
  execFileSync(process.execPath, [join(context, 'cli/image/index.ts'), 'stage', path]);
  const lock: Tree['lock'] = JSON.parse(readFileSync(join(path, 'package-lock.json'), 'utf8'));
  const places = Object.keys(lock.packages).filter((place) => place !== '');
  for (const place of places) {
    cpSync(join(ROOT, place), join(path, place), {
      recursive: true,
      filter: (from) => !from.slice(join(ROOT, place).length).includes('/node_modules'),
    });
  }
  return { path, lock, ...settle(path, EPOCH) };
}

/** One hash over every file's path, mode, time and content. */
export function fingerprint(folder: string): string {
  const lines = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { mode, mtimeMs } = lstatSync(join(folder, name));
      const content = lstatSync(join(folder, name)).isDirectory() ? '' : sha256Of(readFileSync(join(folder, name)));
      return `${name} ${mode.toString(8)} ${mtimeMs} ${content}`;
    });
  return sha256Of(lines.join('\n'));
}
