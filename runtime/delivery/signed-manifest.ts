import { canonicalJson, sha256Of } from '../canonical-json.ts';
import { isSigned } from '../registry/keys.ts';
import type { Manifest } from '../registry/port.ts';
import { parseManifest, parseRecord } from '../registry/read.ts';
import { MANIFEST, RECORD } from './place.ts';
import { type ObjectSource, Refused } from './port.ts';

/** What one version may be. */
export interface Bounds {
  readonly maxFiles: number;
  /** All files together. */
  readonly maxBytes: number;
}

export interface Wanted {
  readonly prefix: string;
  /** `sha256:` + hex of the canonical manifest: what the controller has admitted. */
  readonly digest: string;
  /** Folder of the registry's public keys, `<key id>.pub`; null: the digest alone decides. */
  readonly keys: string | null;
  readonly bounds: Bounds;
}

/** A thousand files with long names; more is no manifest. */
const MOST_BYTES = 4 << 20;

/**
 * The manifest of a version, when it is the one that the digest names and, with keys, one of them signed it.
 * @throws Refused for another one, and for one that no pod may load: too much, or files that would lie outside of its folder
 */
export async function signedManifest(source: ObjectSource, { prefix, digest, keys, bounds }: Wanted): Promise<Manifest> {
  const manifest = parseManifest(`${prefix}${MANIFEST}`, await textOf(source, `${prefix}${MANIFEST}`));
  const text = canonicalJson(manifest);
  const found = sha256Of(text);
  if (found !== digest) throw new Refused(`${prefix}${MANIFEST} has the digest ${found}, and ${digest} is wanted`);
  if (keys !== null) {
    const { signature } = parseRecord(`${prefix}${RECORD}`, await textOf(source, `${prefix}${RECORD}`));
    if (!isSigned(keys, text, signature)) {
      throw new Refused(`${prefix}${RECORD} is no signature of this manifest by a key in ${keys} (key ${JSON.stringify(signature.keyId)})`);
    }
  }
  assertBounds(manifest, bounds);
  return manifest;
}

/** Bytes of all files. */
export function bytesOf({ files }: Pick<Manifest, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function assertBounds(manifest: Manifest, { maxFiles, maxBytes }: Bounds): void {
  const { files } = manifest;
  if (files.length > maxFiles) throw new Refused(`the manifest lists ${files.length} files, and at most ${maxFiles} are taken`);
  if (files.some(({ bytes }) => bytes < 0) || bytesOf(manifest) > maxBytes) {
    throw new Refused(`the manifest lists ${bytesOf(manifest)} bytes, and at most ${maxBytes} are taken (--max-bytes)`);
  }
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size < files.length) throw new Refused('the manifest lists a file twice');
  const taken = [MANIFEST, RECORD].find((name) => paths.has(name));
  if (taken !== undefined) throw new Refused(`the manifest lists ${taken}, which is a name of the registry's own`);
  const folder = files.find(({ path }) => foldersOf(path).some((above) => paths.has(above)));
  if (folder !== undefined) throw new Refused(`the manifest lists ${folder.path} below a file`);
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

async function textOf(source: ObjectSource, key: string): Promise<string> {
  const { pieces } = await source.open(key, 0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > MOST_BYTES) throw new Refused(`${key} has more than ${MOST_BYTES} bytes`);
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}
