import { copyFile, mkdir, rename } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkMounted } from '../delivery/check.ts';
import { deliver } from '../delivery/deliver.ts';
import { placeOf } from '../delivery/place.ts';
import { type ObjectSource, Refused } from '../delivery/port.ts';
import { sizeText, startProgress } from '../delivery/progress.ts';
import { createS3Source } from '../delivery/s3.ts';
import { type Bounds, bytesOf, signedManifest } from '../delivery/signed-manifest.ts';
import { ArgsError } from '../errors.ts';
import type { Manifest } from '../registry/port.ts';
import { type Command, EXIT, type Surroundings } from './command.ts';
import type { Given } from './flags.ts';

/** `delivery: sync` is for versions of up to 20 GB (30-platform, 4); larger ones are mounted. */
const MOST_BYTES = 20e9;
/** What the registry takes in at most (runtime/registry/tree.ts). */
const MOST_FILES = 1_000;

/** The init container of a model's pods (runtime/model/render/delivery.ts). */
export const fetchCommand: Command = {
  name: 'fetch',
  summary: "brings a version's files to a pod, each checked against the signed manifest",
  flags: [
    { name: 'manifest', value: 's3://…/manifest.json', meaning: 'where the version lies: its files are beside the manifest' },
    { name: 'digest', value: 'sha256:…', meaning: 'what the manifest must hash to' },
    { name: 'to', value: 'folder', meaning: 'where the files appear, all at once' },
    { name: 'check', value: 'folder', meaning: 'bring nothing: the files are mounted here, and are held against the manifest' },
    { name: 'copy', value: 'file', many: true, meaning: 'put this file beside the folder, such as config.pbtxt; may be repeated' },
    {
      name: 'keys',
      value: 'folder',
      meaning: 'public keys of the registry, <key id>.pub: one of them must have signed; without it the digest decides',
    },
    { name: 'max-bytes', value: 'bytes', meaning: `the most that a version may have; default ${sizeText(MOST_BYTES)}` },
  ],
  variables: [
    { name: 'AWS_REGION', meaning: 'region of the bucket; required' },
    { name: 'AWS_…', meaning: 'credentials, as the AWS SDK finds them: in a pod those of its service account' },
  ],
  run: async (given, around) => {
    const asked = askedOf(given, around);
    try {
      return await fetchVersion(asked, around);
    } catch (error) {
      if (around.stop.aborted) return EXIT.interrupted;
      if (!(error instanceof Refused)) throw error;
      around.say(`fetch: refused: ${error.message}`);
      return EXIT.refused;
    }
  },
};

interface Asked {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly digest: string;
  readonly to: string;
  readonly check: string | null;
  readonly copies: readonly string[];
  readonly keys: string | null;
  readonly bounds: Bounds;
}

function askedOf(given: Given, { env }: Surroundings): Asked {
  const place = placeOf(given.required('manifest'));
  const digest = given.required('digest');
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new ArgsError('--digest', `is "${digest}"`, 'Give sha256: and 64 hex digits.');
  const to = given.required('to');
  if (!isAbsolute(to) || dirname(to) === to) throw new ArgsError('--to', `is "${to}"`, 'Give the absolute path of a folder of its own.');
  const region = env.AWS_REGION ?? '';
  if (region === '') throw new ArgsError('AWS_REGION', 'is not set', 'Set it to the region of the bucket.');
  const bounds = { maxFiles: MOST_FILES, maxBytes: given.number('max-bytes', 1, MOST_BYTES) };
  return { ...place, region, digest, to, check: given.value('check'), copies: given.values('copy'), keys: given.value('keys'), bounds };
}

async function fetchVersion(asked: Asked, around: Surroundings): Promise<number> {
  const source = createS3Source({ ...asked, stop: around.stop });
  try {
    await bring(source, asked, around);
    return EXIT.fine;
  } finally {
    source.close();
  }
}

async function bring(source: ObjectSource, asked: Asked, { say, stop }: Surroundings): Promise<void> {
  const { prefix, digest, to, check, keys, bounds } = asked;
  const monotonic = (): number => performance.now();
  const started = monotonic();
  const manifest = await signedManifest(source, { prefix, digest, keys, bounds });
  const total = { files: manifest.files.length, bytes: bytesOf(manifest) };
  say(`fetch: ${manifest.model} ${manifest.version}, ${total.files} files, ${sizeText(total.bytes)}, ${keys === null ? 'by its digest' : 'signed'}`);
  const progress = startProgress({ what: 'fetch', ...total, monotonic, say });
  const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal: stop });
  if (check !== null) await checkMounted(check, manifest, bounds, progress);
  const deps = { source, bounds, progress, pause: wait, say: (line: string) => say(`fetch: ${line}`), stop };
  const brought = check === null ? await deliver(deps, { prefix, digest, manifest, to }) : await mountPoint(to);
  for (const file of asked.copies) await copyBeside(file, to);
  const seconds = ((monotonic() - started) / 1_000).toFixed(1);
  say(`fetch: ${wordsOf(manifest, check ?? to, check !== null || !brought)} (${seconds} s)`);
}

const wordsOf = ({ files }: Manifest, folder: string, already: boolean): string =>
  `${folder} ${already ? 'holds' : 'has got'} ${files.length} files, each as the manifest says`;

/** What is mounted elsewhere is mounted once more here, for the server: its folder must be there. */
async function mountPoint(to: string): Promise<boolean> {
  await mkdir(to, { recursive: true });
  return true;
}

/** Whole or not at all: the server may be looking. */
async function copyBeside(file: string, to: string): Promise<void> {
  const target = join(dirname(to), basename(file));
  await mkdir(dirname(to), { recursive: true });
  await copyFile(file, `${target}.tmp`);
  await rename(`${target}.tmp`, target);
}
