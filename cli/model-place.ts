import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ArgsError } from '../runtime/errors.ts';
import { nearest } from '../runtime/model/read/suggest.ts';
import { statOf } from '../runtime/model/read/text.ts';

/** A model's file: of a path, or of `tenant/name` below the folder of tenants. Throws ArgsError for neither. */
export function modelFile(given: string, dir: string): string {
  const stat = statOf(given);
  if (stat?.isFile() === true) return given;
  const [tenant, model, ...others] = given.split('/');
  const isName = tenant !== undefined && model !== undefined && others.length === 0 && !given.endsWith('.yaml');
  if (!isName) {
    const problem = stat === null ? 'there is no such file' : 'is a folder';
    throw new ArgsError(given, problem, 'Name a model file, or TENANT/NAME of a model below --dir.');
  }
  const file = join(dir, tenant, 'models', `${model}.yaml`);
  if (existsSync(file)) return file;
  const known = modelsOf(join(dir, tenant, 'models'));
  const suggestion = nearest(model, known);
  const meant = suggestion === null ? '' : `Did you mean ${tenant}/${suggestion}? `;
  throw new ArgsError(given, `is no model: there is no ${file}`, `${meant}Name a file, or TENANT/NAME of a model below --dir.`);
}

function modelsOf(folder: string): readonly string[] {
  if (statOf(folder)?.isDirectory() !== true) return [];
  return readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));
}

/** The folder of tenants that a model's file lies in. */
export const tenantsOf = (file: string): string => dirname(dirname(dirname(resolve(file))));
