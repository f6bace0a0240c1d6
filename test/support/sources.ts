import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Every TypeScript file below a folder, as paths from the root. */
export function sourcesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
    .sort();
}

export interface Import {
  /** A path from the root for files of the project, else the package or `node:` name. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Static and dynamic imports of a file, and the workers it starts by `new URL('…', import.meta.url)`. */
export function importsOf(path: string): Import[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)|new URL\('([^']+\.ts)',\s*import\.meta\.url\)/gm;
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[2] ?? match[3] ?? match[4] ?? '';
    const target = name.startsWith('.') || match[4] !== undefined ? relative(ROOT, resolve(ROOT, dirname(path), name)) : name;
    return { target, typeOnly: match[1] !== undefined };
  });
}
