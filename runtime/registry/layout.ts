import { join } from 'node:path';

/** Where a directory registry keeps what. */
export interface Layout {
  readonly keys: string;
  readonly models: string;
  /** Half-made versions, one folder per push: `<process id>-<random>`. */
  readonly staging: string;
  aliases(model: string): string;
  tags(model: string, version: string): string;
  versions(model: string): string;
  version(model: string, version: string): VersionLayout;
}

/** One version: `files/` as they were pushed, the canonical manifest, and the record (signature, time) that the digest leaves out. */
export interface VersionLayout {
  readonly root: string;
  readonly files: string;
  readonly manifest: string;
  readonly record: string;
}

export function layoutOf(root: string): Layout {
  const versions = (model: string) => join(root, 'models', model, 'versions');
  return {
    keys: join(root, 'keys'),
    models: join(root, 'models'),
    staging: join(root, 'staging'),
    aliases: (model) => join(root, 'models', model, 'aliases.json'),
    tags: (model, version) => join(root, 'models', model, 'tags', `${version}.json`),
    versions,
    version: (model, version) => versionLayout(join(versions(model), version)),
  };
}

export function versionLayout(root: string): VersionLayout {
  return { root, files: join(root, 'files'), manifest: join(root, 'manifest.json'), record: join(root, 'record.json') };
}
