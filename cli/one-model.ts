import { ArgsError } from '../runtime/errors.ts';
import { profileOf } from '../runtime/model/layers/profiles.ts';
import type { LoadedFolder, LoadedModel } from '../runtime/model/loaded.ts';
import { loadFile } from '../runtime/model/read/load.ts';
import { problemText } from '../runtime/model/read/problem.ts';
import type { Context } from './context.ts';
import { modelFile } from './model-place.ts';
import type { ProfileFlag } from './profile.ts';
import { kindOf } from './read-path.ts';

export interface OneModelFlags extends ProfileFlag {
  /** The folder of tenants that TENANT/NAME lies in. */
  readonly dir: string;
  readonly json?: boolean;
}

/** The model that a command is about, with what lies around it. */
export interface OneModel {
  readonly file: string;
  readonly loaded: LoadedModel;
  readonly folder: LoadedFolder;
}

/**
 * Reads the model of a path or of TENANT/NAME. Null for a file that is not right: its problems are told, as `weir validate` tells them.
 * Throws ArgsError for what is no model file.
 */
export function oneModel(context: Pick<Context, 'out'>, given: string, { profile, dir, json = false }: OneModelFlags): OneModel | null {
  const file = modelFile(given, dir);
  kindOf(file); // ours to read
  const folder = loadFile(file, { profile: profileOf(profile) });
  const [loaded] = folder.models;
  if (loaded !== undefined) return { file, loaded, folder };
  if (folder.problems.length === 0) throw new ArgsError(file, 'is not a model file', 'Name a file of <tenant>/models/.');
  context.out(json ? JSON.stringify({ file, problems: folder.problems }, null, 2) : folder.problems.map(problemText).join('\n'));
  return null;
}
