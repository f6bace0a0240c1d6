import { ArgsError } from '../errors.ts';

/** A version in the serving bucket. */
export interface VersionPlace {
  readonly bucket: string;
  /** Ends in `/`: the files lie below it, by their paths in the manifest. */
  readonly prefix: string;
}

/** Beside the files, at the version's prefix: the manifest, and who signed it (runtime/registry/read.ts, VersionRecord). */
export const MANIFEST = 'manifest.json';
export const RECORD = 'record.json';

/** @throws ArgsError unless it is `s3://<bucket>/<prefix>/manifest.json` */
export function placeOf(manifest: string): VersionPlace {
  const [, bucket, prefix] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/((?:[^/]+\/)+)manifest\.json$/.exec(manifest) ?? [];
  if (bucket !== undefined && prefix !== undefined) return { bucket, prefix };
  throw new ArgsError('--manifest', `is "${manifest}"`, `Give s3://<bucket>/<prefix>/${MANIFEST}.`);
}
