import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

/** CycloneDX, as far as it is read here. */
export interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl?: string }[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/**
 * The packages of a staged tree as CycloneDX, from its lock alone: npm writes it, and gives each a random number and the present time, which are put
 * to what follows from the content, so that equal trees have equal lists. What the base image holds is not in it: the builder lists that (docs/image.md).
 * @param npm The command, found on PATH.
 */
export function sbomOf(tree: string, epoch: number, npm = 'npm'): Bom {
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
  const bom: Bom = JSON.parse(execFileSync(npm, args, { cwd: tree, encoding: 'utf8', maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'inherit'] }));
  const { serialNumber: _, metadata, ...rest } = bom;
  const dated = { ...metadata, timestamp: new Date(epoch * 1_000).toISOString() };
  const hash = createHash('sha256')
    .update(JSON.stringify({ ...rest, metadata: dated }))
    .digest('hex');
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)]; // RFC 9562: version 8 is for own rules
  return { ...rest, serialNumber: `urn:uuid:${parts.join('-')}`, metadata: dated };
}
