import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { canonicalJson } from '../../runtime/canonical-json.ts';
import { readIfThere, writeWhole } from '../../runtime/files.ts';
import { computeFeatures, DUCKDB_OPTIONS, writeFeatures } from './features.ts';
import { REPLAY_START, sha256OfFile, sourcePath } from './source.ts';

/** Feature files of the cache folder. */
export interface FeatureFiles {
  /** January and February: training and hold-out. */
  readonly training: string;
  /** From 1 March on: what the replay asks. */
  readonly replay: string;
  /** `sha256:` + hex of the source file. */
  readonly sourceSha256: string;
}

/** Computes the features unless the cache has them from the same source by the same code. A run that was killed starts over. */
export async function ensureFeatures(cache: string): Promise<FeatureFiles> {
  const source = sourcePath();
  const files = { training: join(cache, 'training.parquet'), replay: join(cache, 'features.parquet'), sourceSha256: await sha256OfFile(source) };
  const marker = join(cache, 'features.json');
  const identity = canonicalJson({ source: files.sourceSha256, code: codeId(['features.ts', 'source.ts']) });
  if (readIfThere(marker) === identity && existsSync(files.training) && existsSync(files.replay)) return files;
  mkdirSync(cache, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { ...DUCKDB_OPTIONS, temp_directory: join(cache, 'spill') });
  try {
    const connection = await instance.connect();
    await computeFeatures(connection, `read_parquet('${source.replaceAll("'", "''")}', file_row_number = true)`);
    await writeFeatures(connection, `event_time < TIMESTAMP '${REPLAY_START}'`, files.training);
    await writeFeatures(connection, `event_time >= TIMESTAMP '${REPLAY_START}'`, files.replay);
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
  writeWhole(marker, identity); // last: only whole files are ever found again
  return files;
}

/** `sha256:` + hex over the named files of this folder, all of its code by default: the lineage's `code`. */
export function codeId(names: readonly string[] = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts'))): string {
  const hash = createHash('sha256');
  for (const name of names.toSorted()) hash.update(`${name}\n`).update(readFileSync(join(import.meta.dirname, name)));
  return `sha256:${hash.digest('hex')}`;
}
