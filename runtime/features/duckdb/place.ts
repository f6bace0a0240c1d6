import { realpathSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ArgsError, hasCode } from '../../errors.ts';
import type { ServiceView } from '../catalogue.ts';

/** A view's file as it lies on the disk now. */
export interface Place {
  /** Without links. */
  readonly path: string;
  /** Changes when the file does. */
  readonly stamp: string;
}

/**
 * Finds the file of a view in its tenant's folder. Throws ArgsError when there is none, and when a link leads out of the folder: a tenant's
 * files reach nobody else's.
 */
export function placeOf(view: ServiceView, folder: string): Place {
  const { file } = view.source;
  if (file === undefined) {
    throw new ArgsError(
      `views.${view.name}.source`,
      'names no file',
      'The local platform reads a Parquet or CSV file: source: {file: data/name.csv}.',
    );
  }
  const shown = join(folder, file);
  const remedy = `Put it below ${folder}, where features.yaml lies.`;
  try {
    const path = realpathSync(shown);
    if (!path.startsWith(realpathSync(folder) + sep)) throw new ArgsError(shown, 'is a link that leads out of the folder of its tenant', remedy);
    const stat = statSync(path);
    if (!stat.isFile()) throw new ArgsError(shown, 'is not a file', remedy);
    return { path, stamp: stampOf(stat) };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].some((code) => hasCode(error, code))) {
      throw new ArgsError(shown, 'is not there, or not to be read', remedy, { cause: error });
    }
    throw error;
  }
}

const stampOf = ({ mtimeMs, size, ino }: Stats): string => `${mtimeMs}:${size}:${ino}`;
