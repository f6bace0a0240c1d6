import { globSync, readdirSync } from 'node:fs';
import { join, normalize, resolve } from 'node:path';
import { ArgsError, messageOf } from '../../../runtime/errors.ts';
import { statOf } from '../../../runtime/model/read/text.ts';
import { patchesOf } from './kustomize.ts';
import { FILES } from './limits.ts';
import { STDIN } from './read-text.ts';

/** What was named, and what lies below it. */
export interface ManifestFiles {
  /** Each once, as a person may name it. */
  readonly files: readonly ManifestFile[];
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
}

export interface ManifestFile {
  readonly file: string;
  /** Found in a folder: what is no manifest there is nobody's mistake. */
  readonly found: boolean;
}

/** Files, folders, patterns and `-`. @throws ArgsError for what is not there, and for too many */
export function manifestFiles(given: readonly string[]): ManifestFiles {
  const walk: Walk = { files: [], skipped: new Map() };
  for (const path of given) {
    if (path === STDIN) walk.files.push({ file: STDIN, found: false });
    else for (const each of expanded(path)) named(each, walk);
  }
  const once = new Map(walk.files.map((each) => [each.file === STDIN ? STDIN : resolve(each.file), each]));
  return { files: [...once.values()], skipped: [...walk.skipped].map(([reason, count]) => ({ reason, count })) };
}

interface Walk {
  readonly files: ManifestFile[];
  readonly skipped: Map<string, number>;
}

/** A shell without matches hands the pattern on, and some never expand it. */
function expanded(path: string): readonly string[] {
  if (statOf(path) !== null) return [path];
  const matches = /[*?[{]/.test(path) ? globSync(path, { exclude: (name) => name === 'node_modules' || name === '.git' }).sort() : [];
  if (matches.length > 0) return matches;
  throw new ArgsError(
    path,
    /[*?[{]/.test(path) ? 'matches no file' : 'there is no such file or folder',
    'Name manifests, folders of them, or - for standard input.',
  );
}

function named(path: string, walk: Walk): void {
  const stat = statOf(path);
  if (stat?.isDirectory() === true) inFolder(path, walk);
  else if (stat?.isFile() === true || stat?.isFIFO() === true) walk.files.push({ file: path, found: false });
  else throw new ArgsError(path, 'is no file', 'Name manifests, folders of them, or - for standard input.');
}

/** @param charted Inside of a chart: the templates of its own charts are rendered with it. */
function inFolder(folder: string, walk: Walk, charted = false): void {
  const entries = entriesOf(folder);
  const names = new Set(entries.map(({ name }) => name));
  const chart = names.has('Chart.yaml');
  const patches = patchesOf(folder, names);
  for (const entry of entries) {
    const path = normalize(join(folder, entry.name));
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isSymbolicLink()) {
      skip(walk, 'links in folders'); // may lead round, and out of what was named
    } else if (entry.isDirectory()) {
      if (!chart || entry.name !== 'templates') inFolder(path, walk, charted || chart);
      else if (!charted) skip(walk, `folders of templates: \`helm template ${folder} | weir policy check -\``);
    } else if (entry.isFile() && isManifest(entry.name, chart)) {
      if (patches.has(resolve(path))) skip(walk, `patches: \`kubectl kustomize ${folder} | weir policy check -\``);
      else walk.files.push({ file: path, found: true });
    }
    if (walk.files.length > FILES)
      throw new ArgsError(folder, `holds more than ${FILES.toLocaleString('en')} files`, 'Name the folders of manifests in it.');
  }
}

/** A chart's own files are none. */
const isManifest = (name: string, chart: boolean): boolean =>
  /\.(ya?ml|json)$/i.test(name) && !(chart && /^(Chart|values.*)\.(ya?ml|json)$/.test(name));

const skip = ({ skipped }: Walk, reason: string): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new ArgsError(folder, `cannot be listed: ${messageOf(error)}`, 'Ask for read permission, or name its files.', { cause: error });
  }
}
