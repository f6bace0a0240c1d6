import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgsError, hasCode } from '../errors.ts';
import { readIfThere, writeWhole } from '../files.ts';

/** Ed25519 over the canonical manifest: the key's id and the signature in base64. */
export interface Signature {
  readonly keyId: string;
  readonly value: string;
}

const PRIVATE = 'signing.key';

/**
 * Signs with the folder's Ed25519 key, made at first use: `signing.key` (PKCS 8, mode 0600) and `<key id>.pub` beside it. Public keys
 * stay when the private one is replaced, so that older versions still verify.
 * @throws ArgsError when others may read the private key.
 */
export function signWith(keys: string, content: string): Signature {
  const key = privateKey(keys);
  return { keyId: idOf(createPublicKey(key)), value: sign(null, Buffer.from(content), key).toString('base64') };
}

/** True when this signature is over this content, by a key of this folder. */
export function isSigned(keys: string, content: string, signature: Signature): boolean {
  if (!/^[0-9a-f]{16}$/.test(signature.keyId)) return false;
  const pem = readIfThere(join(keys, `${signature.keyId}.pub`));
  if (pem === null) return false;
  const key = createPublicKey(pem);
  // The id is the key's own hash: a foreign key under a known name does not pass.
  return idOf(key) === signature.keyId && verify(null, Buffer.from(content), key, Buffer.from(signature.value, 'base64'));
}

function privateKey(keys: string): KeyObject {
  const path = join(keys, PRIVATE);
  const pem = readIfThere(path) ?? createKey(keys, path);
  if ((statSync(path).mode & 0o077) !== 0) throw new ArgsError(path, 'other users may read the signing key', `Run: chmod 600 ${path}`);
  return createPrivateKey(pem);
}

function createKey(keys: string, path: string): string {
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const pair = generateKeyPairSync('ed25519');
  writeWhole(join(keys, `${idOf(pair.publicKey)}.pub`), pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'w' });
  try {
    linkSync(draft, path); // unlike rename it never replaces: of two processes that start together one key wins
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8');
}

function idOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}
