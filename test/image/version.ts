import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson, sha256Of } from '../../runtime/canonical-json.ts';
import { signWith } from '../../runtime/registry/keys.ts';
import type { Manifest } from '../../runtime/registry/port.ts';

/** A version as its promotion leaves it in the serving bucket: the files, the manifest and its record at one prefix. */
export interface PromotedVersion {
  readonly prefix: string;
  readonly digest: string;
  readonly manifest: Manifest;
  /** By key. */
  readonly objects: Readonly<Record<string, Buffer>>;
}

/** @param keys Folder that the signing key is made in. @param change Of the manifest, before it is signed. */
export function promoted(keys: string, files: Readonly<Record<string, Buffer>>, change: Partial<Manifest> = {}): PromotedVersion {
  const entries = Object.entries(files).map(([path, content]) => ({ path, sha256: sha256Of(content), bytes: content.length }));
  const lineage = { code: 'test', data: [], parameters: {}, trainedAt: '2026-11-01T00:00:00.000Z' };
  const manifest: Manifest = { kind: 'weir.registry/Manifest', v: 1, model: 'fraud', version: '8', files: entries, lineage, metrics: {}, ...change };
  const text = canonicalJson(manifest);
  const digest = sha256Of(text);
  const prefix = `models/payments/fraud/${digest.slice('sha256:'.length)}/`;
  const record = { signature: signWith(keys, text), createdAt: '2026-11-02T00:00:00.000Z' };
  const all = { ...files, 'manifest.json': Buffer.from(text), 'record.json': Buffer.from(JSON.stringify(record)) };
  return { prefix, digest, manifest, objects: Object.fromEntries(Object.entries(all).map(([path, content]) => [`${prefix}${path}`, content])) };
}

/** Lays objects as files below a folder. */
export function layOut(folder: string, objects: Readonly<Record<string, Buffer>>): void {
  for (const [key, content] of Object.entries(objects)) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), content);
  }
}

/** The sha256 of files below a folder, by path. */
export function hashesIn(folder: string, paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, sha256Of(readFileSync(join(folder, path)))]));
}

/** The sha256 of contents, by path. */
export function hashesOf(files: Readonly<Record<string, Buffer>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, sha256Of(content)]));
}
