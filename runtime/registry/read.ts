import { canonicalJson, sha256Of } from '../canonical-json.ts';
import { ArgsError, messageOf } from '../errors.ts';
import { readIfThere } from '../files.ts';
import type { Signature } from './keys.ts';
import type { Layout } from './layout.ts';
import { FILES, type Manifest, type RegisteredVersion } from './port.ts';
import { isSafePath } from './tree.ts';

/** What stands beside a manifest, outside of the digest. */
export interface VersionRecord {
  readonly signature: Signature;
  readonly createdAt: string;
}

/** A registered version as its folder says, or null when there is none. ArgsError names the file that cannot be read. */
export function readVersion(layout: Layout, model: string, version: string): RegisteredVersion | null {
  const at = layout.version(model, version);
  const text = readIfThere(at.manifest);
  if (text === null) return null;
  const manifest = parseManifest(at.manifest, text);
  if (manifest.model !== model || manifest.version !== version) {
    throw new ArgsError(at.manifest, `belongs to ${manifest.model} ${manifest.version}`, 'Folders of the registry are never moved: put it back.');
  }
  const record = parseRecord(at.record, readIfThere(at.record) ?? '');
  return {
    model,
    version,
    digest: sha256Of(canonicalJson(manifest)),
    manifest,
    signature: record.signature,
    createdAt: record.createdAt,
    tags: readStrings(layout.tags(model, version)),
    hasReference: manifest.files.some((file) => file.path === FILES.reference),
  };
}

/** @param place Names it in the error. @throws ArgsError for what is no manifest, or names a file outside of the version's folder */
export function parseManifest(place: string, text: string): Manifest {
  return parse<Manifest>(place, text, isManifest);
}

/** @param place Names it in the error. @throws ArgsError for what is no record */
export function parseRecord(place: string, text: string): VersionRecord {
  return parse<VersionRecord>(place, text, isRecord);
}

/** A small JSON file of strings by name; empty when it is not there. */
export function readStrings(path: string): Readonly<Record<string, string>> {
  const text = readIfThere(path);
  return text === null ? {} : parse<Readonly<Record<string, string>>>(path, text, isStrings);
}

function parse<T>(path: string, text: string, is: (value: unknown) => value is T): T {
  const remedy = 'Restore this file, or remove the version and push it again.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ArgsError(path, `is not JSON: ${messageOf(error)}`, remedy);
  }
  if (!is(value)) throw new ArgsError(path, 'does not have the form of this registry', remedy);
  return value;
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || value.kind !== 'weir.registry/Manifest' || value.v !== 1) return false;
  const { model, version, files, lineage, metrics } = value;
  return (
    typeof model === 'string' && typeof version === 'string' && isObject(lineage) && isObject(metrics) && Array.isArray(files) && files.every(isEntry)
  );
}

function isEntry(value: unknown): boolean {
  if (!isObject(value) || typeof value.path !== 'string' || typeof value.sha256 !== 'string') return false;
  return Number.isSafeInteger(value.bytes) && isSafePath(value.path);
}

function isRecord(value: unknown): value is VersionRecord {
  if (!isObject(value) || typeof value.createdAt !== 'string' || !isObject(value.signature)) return false;
  return typeof value.signature.keyId === 'string' && typeof value.signature.value === 'string';
}

function isStrings(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
