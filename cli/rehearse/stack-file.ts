import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isScalar, isSeq, parse, parseDocument, type YAMLMap } from 'yaml';
import { ArgsError } from '../../runtime/errors.ts';

/** Settings of ours are keys of this namespace. */
const NAMESPACE = 'weir';

/** A stack's file of settings, in the copy of the project that a rehearsal works on. */
export interface StackFile {
  readonly path: string;
  /** Where a value lies that only the real backend can decrypt, as Pulumi writes paths: `weir:alerts.token`. They are taken out. */
  readonly secrets: readonly string[];
  /** The value of a setting of ours, such as `upstream` or `network.nat`; undefined when the file does not say. */
  get(setting: string): unknown;
}

interface ProjectFile {
  readonly name: string;
  readonly stackConfigDir?: string;
  readonly main?: string;
}

/** Pulumi.yaml of a project. @throws ArgsError when there is none. */
export function readProject(folder: string): ProjectFile {
  const path = join(folder, 'Pulumi.yaml');
  if (!existsSync(path)) throw new ArgsError(path, 'is not there', 'Run weir in the folder that Pulumi.yaml lies in.');
  const read: ProjectFile = parse(readFileSync(path, 'utf8'));
  return read;
}

/** The folder of the stack files. */
export function stackFolder(project: string): string {
  return join(project, readProject(project).stackConfigDir ?? '.');
}

/**
 * Makes a stack's file one that a new backend can take: without the key of the real one, and without what only that key decrypts.
 * @throws ArgsError when there is no such file.
 */
export function openStackFile(project: string, stack: string): StackFile {
  const folder = stackFolder(project);
  const path = join(folder, `Pulumi.${stack}.yaml`);
  if (!existsSync(path)) {
    const others = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    const told = join(readProject(project).stackConfigDir ?? '.', `Pulumi.${stack}.yaml`); // in the project, not in its copy
    throw new ArgsError(told, `there are no settings of "${stack}"`, others.length === 0 ? 'Write it.' : `There are: ${others.join(', ')}.`);
  }
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const key of ['encryptionsalt', 'encryptedkey', 'secretsprovider']) document.delete(key);
  const secrets: string[] = [];
  const config = document.get('config');
  if (isMap(config)) takeSecrets(config, '', secrets);
  writeFileSync(path, String(document));
  return { path, secrets, get: (setting) => plain(readDocument(path).getIn(keysOf(setting))) };
}

/** Sets one value, written as YAML would have it. */
export function setSetting(file: StackFile, setting: string, value: string): void {
  writeFileSync(file.path, withSetting(readFileSync(file.path, 'utf8'), setting, value));
}

/** The text of a stack file in which one setting has another value. */
export function withSetting(text: string, setting: string, value: string): string {
  const document = parseDocument(text);
  document.setIn(keysOf(setting), parse(value));
  return String(document);
}

const readDocument = (path: string): Document => parseDocument(readFileSync(path, 'utf8'));
const plain = (value: unknown): unknown => (isMap(value) || isSeq(value) ? value.toJSON() : value);

/** `network.nat` is the key `nat` of the value of `weir:network`; a key of another namespace is given with it, `aws:region`. */
function keysOf(setting: string): readonly string[] {
  const [first = '', ...rest] = setting.split('.');
  return ['config', first.includes(':') ? first : `${NAMESPACE}:${first}`, ...rest];
}

/** A map whose one key is `secure` is a value that was encrypted. */
function takeSecrets(map: YAMLMap, path: string, found: string[]): void {
  for (const pair of map.items.slice()) {
    const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    const here = path === '' ? name : `${path}.${name}`;
    if (!isMap(pair.value)) continue;
    if (!pair.value.has('secure')) takeSecrets(pair.value, here, found);
    else {
      map.delete(pair.key);
      found.push(here);
    }
  }
}
