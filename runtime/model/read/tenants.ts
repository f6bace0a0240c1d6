import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ArgsError, hasCode, messageOf } from '../../errors.ts';
import { keyOf, type ModelSpec } from '../types.ts';
import { type Problem, sortProblems } from './problem.ts';
import { type ReadModel, readModelFile } from './read.ts';
import type { SchemaCheck } from './schema-check.ts';
import { compileModelCheck } from './schemas.ts';
import { MAX_BYTES } from './yaml.ts';

export interface ReadTenants {
  /** The models whose files are right, sorted by key. */
  readonly specs: readonly ModelSpec[];
  readonly problems: readonly Problem[];
  /** Every model file that was found, right or wrong, as absolute paths. */
  readonly files: readonly string[];
}

/**
 * Reads `<directory>/<tenant>/models/*.yaml`. A folder without `models/` is no tenant. One wrong file does not hide the others.
 * Throws ArgsError when the folder cannot be listed.
 */
export function readTenants(directory: string): ReadTenants {
  const check = compileModelCheck();
  const specs = new Map<string, { readonly spec: ModelSpec; readonly path: string }>();
  const problems: Problem[] = [];
  const files: string[] = [];
  for (const { tenant, path } of modelFiles(directory, problems)) {
    files.push(resolve(path));
    const result = readFile(path, tenant, check);
    if (result.kind === 'problems') {
      problems.push(...result.problems);
      continue;
    }
    const key = keyOf(result.spec);
    const other = specs.get(key);
    if (other === undefined) specs.set(key, { spec: result.spec, path });
    else problems.push(whole(path, `model "${result.spec.name}" is in ${other.path} already`, 'A tenant has one file per model.', 'model'));
  }
  return { specs: [...specs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { spec }]) => spec), problems: sortProblems(problems), files };
}

/** The files that `readTenants` would read, as absolute paths: cheap enough to look every second whether one changed. */
export function listModelFiles(directory: string): readonly string[] {
  return modelFiles(directory, []).map(({ path }) => resolve(path));
}

/** Reads one model file of this tenant, whatever it turns out to be. */
export function readFile(path: string, tenant: string, check: SchemaCheck = compileModelCheck()): ReadModel {
  const text = readText(path);
  return typeof text === 'string' ? readModelFile(path, text, tenant, check) : { kind: 'problems', problems: [{ ...text, file: path }] };
}

/** What is wrong with a file as a whole. */
function whole(file: string, problem: string, remedy: string, path = ''): Problem {
  return { file, line: 1, column: 1, path, problem, remedy, suggestion: null, source: null };
}

const TENANT = /^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/; // a DNS label: the tenant becomes a host name and a namespace

/** Looks three levels deep and no deeper, so that no loop of links can hold it. */
function modelFiles(directory: string, problems: Problem[]): readonly { readonly tenant: string; readonly path: string }[] {
  const found: { tenant: string; path: string }[] = [];
  for (const { name: tenant } of entries(directory)) {
    const models = join(directory, tenant, 'models');
    if (statOf(models)?.isDirectory() !== true) continue;
    if (!TENANT.test(tenant)) {
      problems.push(
        whole(join(directory, tenant), `"${tenant}" is not a DNS name`, 'Lower-case letters, digits and dashes, at most 50, such as payments'),
      );
      continue;
    }
    for (const { name } of entries(models)) {
      if (name.endsWith('.yml')) problems.push(whole(join(models, name), 'this file is not read', `Name it ${name.replace(/yml$/, 'yaml')}.`));
      if (name.endsWith('.yaml')) found.push({ tenant, path: join(models, name) });
    }
  }
  return found;
}

function entries(directory: string): readonly Dirent[] {
  try {
    const all = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new ArgsError(directory, `this folder cannot be listed: ${messageOf(error)}`, 'Name a folder of tenants: <tenant>/models/<model>.yaml', {
      cause: error,
    });
  }
}

/** Null for a broken link or a loop of links. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENOTDIR', 'EACCES'].some((code) => hasCode(error, code))) return null;
    throw error;
  }
}

/** A regular file of UTF-8: reading a pipe would never end. */
function readText(path: string): string | Omit<Problem, 'file'> {
  const stat = statOf(path);
  if (stat === null) return whole(path, 'this file cannot be read', 'It is a broken link, a loop of links, or not yours to read.');
  if (!stat.isFile()) return whole(path, 'this is not a regular file', 'Put a text file in its place.');
  if (stat.size > MAX_BYTES)
    return whole(path, `${Math.ceil(stat.size / 1024)} KiB is too large for a model file`, `Keep it below ${MAX_BYTES / 1024} KiB.`);
  const bytes = readFileSync(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ...whole(path, 'this file is not UTF-8 text', 'Save it as UTF-8.'), line: badLine(bytes) };
  }
}

/** The line of the first byte that is not UTF-8. */
function badLine(bytes: Buffer): number {
  const decoded = bytes.toString('utf8'); // wrong bytes become U+FFFD
  return decoded.slice(0, Math.max(0, decoded.indexOf('\u{fffd}'))).split('\n').length;
}
