import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** What a program reaches. */
export interface Closure {
  /** Files, as paths from the root, sorted. */
  readonly files: readonly string[];
  /** Names of packages, sorted. */
  readonly packages: readonly string[];
}

/** Imports by value, static or not, and files that are named beside `import.meta.url`. Types are stripped, and need no file. */
const REFERENCES =
  /^\s*(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)|\bnew URL\('([^']+)',\s*import\.meta\.url\)/gm;

/** All that the entries reach, over any number of steps. @throws Error for an import that leads to no file */
export function closureOf(root: string, entries: readonly string[]): Closure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string, from: string): void => {
    if (files.has(path)) return;
    if (!existsSync(join(root, path))) throw new Error(`${from} reaches ${path}, and there is no such file`);
    files.add(path);
    if (!path.endsWith('.ts')) return;
    for (const [, imported, lazy, beside] of readFileSync(join(root, path), 'utf8').matchAll(REFERENCES)) {
      const name = imported ?? lazy ?? beside ?? '';
      if (beside !== undefined || name.startsWith('.')) visit(normalize(join(dirname(path), name)), path);
      else if (!name.startsWith('node:')) packages.add(packageOf(name));
    }
  };
  for (const entry of entries) visit(entry, 'the image');
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/** `@aws-sdk/client-s3/dist` is of @aws-sdk/client-s3. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
