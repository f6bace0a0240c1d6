import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closureOf } from './closure.ts';
import { type Lock, type Pack, type Part, partOf } from './lock.ts';

/** The first process of every container. */
const ENTRY = 'runtime/commands/weir.ts';

/**
 * Lays the image's tree: the sources that its entry reaches, and the package.json and package-lock.json by which `npm ci` installs the packages that
 * those import. Nothing of Pulumi, of the command line or of tests is reached, so none of it comes along.
 * @returns what the lock holds
 */
export function stage(root: string, to: string): Part {
  const { files, packages } = closureOf(root, [ENTRY]);
  const part = partOf(readPack(root), readLock(root), packages);
  for (const file of [...files, 'LICENSE']) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(root, file), join(to, file));
  }
  writeFileSync(join(to, 'package.json'), json(part.pack));
  writeFileSync(join(to, 'package-lock.json'), json(part.lock));
  return part;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function readPack(root: string): Pack {
  const pack: Pack = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return pack;
}

function readLock(root: string): Lock {
  const lock: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return lock;
}
