import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { ArgsError } from '../../runtime/errors.ts';

/** Where the flights come from: US DOT on-time data of January to June 2001, 3,000,000 rows, shipped by npm. */
export const SOURCE_URI = 'npm:vega-datasets@3.2.1/data/flights-3m.parquet';

/** Training ends and the replay begins here, on the data's own clock. */
export const REPLAY_START = '2001-03-01 00:00:00';

/** Models learn from January; February is the hold-out: four whole weeks, because days differ more among themselves than models do. */
export const HOLDOUT_START = '2001-02-01 00:00:00';

/** Path of the installed file: the package exports its JavaScript only, so it is found beside its package.json. */
export function sourcePath(): string {
  const found = findPackageJSON('vega-datasets', import.meta.url);
  if (found === undefined) throw new ArgsError('vega-datasets', 'is not installed', 'Run: npm ci');
  return join(found, '../data/flights-3m.parquet');
}

/** `sha256:` + hex of a file, read in pieces. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const stream: AsyncIterable<Uint8Array> = createReadStream(path);
  for await (const piece of stream) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}
