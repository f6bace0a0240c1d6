import { ArgsError } from '../../../runtime/errors.ts';
import type { Problem } from '../../../runtime/model/read/problem.ts';
import { wholeFile } from '../../../runtime/model/read/text.ts';
import { counted } from '../../format/level.ts';
import { skippedText } from '../format/facts.ts';
import type { Place, Source } from '../source.ts';
import { MANIFEST_BYTES, sizeText, TOTAL_BYTES } from './limits.ts';
import { type Manifest, type PlacedResource, readManifest } from './manifest.ts';
import { type ManifestFile, manifestFiles } from './manifest-files.ts';
import { readText, STDIN, STDIN_NAME } from './read-text.ts';
import { LastDocument } from './yaml-document.ts';

const EMPTY = 'empty files';
const SPLIT = 'Split it, or give JSON of fewer namespaces.';

/**
 * Kubernetes objects from files, folders, patterns and standard input. One file that cannot be read hides no other; `onFile` is called after each.
 * @throws ArgsError when there is no object at all
 */
export async function readManifests(given: readonly string[], onFile: () => void = () => undefined): Promise<Source> {
  const { files, skipped: passedOver } = manifestFiles(given);
  const gathered = new Gathered();
  const last = new LastDocument();
  for (const [reason, count] of passedOver.map(({ reason, count }) => [reason, count] as const)) gathered.skip(reason, count);
  for (const file of files) {
    gathered.take(file, await readOne(file, last));
    onFile();
  }
  const { resources, places, unread, skipped } = gathered;
  if (resources.length === 0 && unread.length === 0) throw nothingIn(given, skipped);
  return {
    title: titleOf(files),
    resources,
    tells: [],
    placeOf: ({ resource, path }) => places.get(resource.urn)?.(path) ?? null,
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })),
    unread,
  };
}

type ReadOne =
  | { readonly kind: 'manifest'; readonly manifest: Manifest; readonly size: number }
  | { readonly kind: 'unread'; readonly problem: Problem };

async function readOne({ file }: ManifestFile, last: LastDocument): Promise<ReadOne> {
  try {
    const text = await readText(file, MANIFEST_BYTES, SPLIT);
    return { kind: 'manifest', manifest: readManifest(nameOf(file), text, last), size: text.length };
  } catch (error) {
    if (!(error instanceof ArgsError)) throw error;
    return { kind: 'unread', problem: wholeFile(error.path, error.problem, error.remedy) };
  }
}

const nameOf = (file: string): string => (file === STDIN ? STDIN_NAME : file);

/** What has been read of several files. */
class Gathered {
  readonly resources: PlacedResource['resource'][] = [];
  readonly places = new Map<string, (path: string) => Place>();
  readonly unread: Problem[] = [];
  readonly skipped = new Map<string, number>();
  #size = 0;

  take({ file, found }: ManifestFile, read: ReadOne): void {
    if (read.kind === 'unread') {
      this.unread.push(read.problem);
      return;
    }
    this.#size += read.size;
    if (this.#size > TOTAL_BYTES)
      throw new ArgsError(nameOf(file), `would be more than ${sizeText(TOTAL_BYTES)} together`, 'Judge the folders one by one.');
    const { manifest } = read;
    if (manifest.template && found) this.skip('templates of Helm: `helm template CHART | weir policy check -`', 1);
    else this.unread.push(...manifest.problems);
    if (manifest.resources.length + manifest.problems.length + manifest.skipped.length === 0) this.skip(EMPTY, 1);
    for (const reason of manifest.skipped) this.skip(`documents: ${reason}`, 1);
    for (const placed of manifest.resources) this.#add(placed, nameOf(file));
  }

  skip(reason: string, count: number): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + count);
  }

  /** Several objects may bear one name, such as those of two overlays: the first keeps it, others have their file with it. */
  #add({ resource, placeOf }: PlacedResource, file: string): void {
    const urns = [resource.urn, `${resource.urn}@${file}`];
    let urn = urns.find((each) => !this.places.has(each));
    for (let nth = 2; urn === undefined; nth++) {
      const next = `${resource.urn}@${file}#${nth}`;
      urn = this.places.has(next) ? undefined : next;
    }
    this.places.set(urn, placeOf);
    this.resources.push(urn === resource.urn ? resource : { ...resource, urn });
  }
}

function titleOf(files: readonly ManifestFile[]): string {
  const [only] = files;
  return files.length === 1 && only !== undefined ? nameOf(only.file) : counted(files.length, 'manifest');
}

function nothingIn(given: readonly string[], skipped: ReadonlyMap<string, number>): ArgsError {
  if (given.join() === STDIN && [...skipped.keys()].join() === EMPTY) {
    return new ArgsError(STDIN_NAME, 'is empty', 'The command before the pipe wrote no object: mind what it said.');
  }
  const told = [...skipped].map(([reason, count]) => skippedText({ reason, count })).join('; ');
  const what = told === '' ? '' : `, but ${told}`;
  return new ArgsError(
    given.join(' '),
    `holds no Kubernetes object${what}`,
    'Name manifests with apiVersion and kind, a state with --state, or a preview with --plan.',
  );
}
