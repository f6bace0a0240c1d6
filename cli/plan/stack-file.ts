import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgsError, hasCode } from '../../runtime/errors.ts';
import { isList, isMap, type Tree, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { atKey, atValue, type Finding, type Path, pathText } from '../../runtime/model/read/locate.ts';
import { type Problem, sortProblems } from '../../runtime/model/read/problem.ts';
import { nearest } from '../../runtime/model/read/suggest.ts';
import { MISSING } from '../../runtime/model/read/words.ts';
import { readYaml, type YamlFile } from '../../runtime/model/read/yaml.ts';
import { readSettings } from '../../stacks/settings/read.ts';
import type { Settings } from '../../stacks/settings/settings-file.ts';

/** Stands where a value is encrypted: a plan has no key, and needs none. */
export const STAND_IN = 'stand-in-of-a-secret';
const PREFIX = 'weir:';

/** Settings that Pulumi encrypts: all others are read as they stand. */
const SECRETS: readonly string[] = [`${PREFIX}registryCredentials`];

/** Keys of a stack file that are Pulumi's own. */
const PULUMIS = ['config', 'secretsprovider', 'encryptedkey', 'encryptionsalt', 'environment'];

/** A stack's settings as its file says them. */
export interface StackFile {
  readonly stack: string;
  /** As a person may name it. */
  readonly file: string;
  readonly settings: Settings;
  /** What the file says below `weir:`, without the prefix; encrypted values are stand-ins. */
  readonly values: TreeMap;
  /** As Pulumi hands them to the program: text by key with its namespace. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` that are encrypted, or hold something that is. */
  readonly secretKeys: readonly string[];
  /** What hinders nothing. */
  readonly warnings: readonly Problem[];
}

export type ReadStackFile =
  | { readonly kind: 'read'; readonly stackFile: StackFile }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/**
 * Reads `Pulumi.<stack>.yaml` with every mistake at its line.
 * @throws ArgsError when there is no such file, naming those that are there.
 */
export function readStackFile(folder: string, stack: string): ReadStackFile {
  const file = join(folder, `Pulumi.${stack}.yaml`);
  return parseStackFile(file, stack, textOf(folder, file, stack));
}

function textOf(folder: string, file: string, stack: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) throw noSuchStack(folder, file, stack);
    throw new ArgsError(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'Mind its rights and kind.', {
      cause: error,
    });
  }
}

function noSuchStack(folder: string, file: string, stack: string): ArgsError {
  const known = stacksIn(folder);
  if (known.length === 0) return new ArgsError(folder, 'holds no stack files', 'They are Pulumi.<env>.yaml: name their folder with --stacks.');
  const meant = nearest(stack, known);
  const there = `There are: ${known.join(', ')}.`;
  return new ArgsError(file, `there are no settings of "${stack}"`, meant === null ? there : `Did you mean "${meant}"? ${there}`);
}

/** Names of the stacks that have a file, in order. */
export function stacksIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? [])
      .sort();
  } catch {
    return []; // no folder, no files: the caller says so
  }
}

/** Reads the text of a stack file. `file` is only told. */
export function parseStackFile(file: string, stack: string, text: string): ReadStackFile {
  const { yaml, problems: syntax } = readYaml(file, text);
  if (yaml === null) return { kind: 'wrong', problems: sortProblems(syntax) };
  const { values, config, secretKeys, findings } = contentOf(yaml.data);
  const read = readSettings({ stack, values });
  const wrong = read.kind === 'wrong' ? withoutEchoes(read.findings.map(inFile), [...findings, ...yaml.misread]) : [];
  const days = daysWithoutQuotes(yaml, yaml.data);
  const told = [...findings, ...yaml.misread, ...days, ...wrong].map((finding) => problemOf(yaml, finding));
  const warnings = told.filter(({ level }) => level === 'warning');
  const problems = sortProblems([...syntax, ...told.filter(({ level }) => level !== 'warning')]);
  if (problems.length > 0 || read.kind === 'wrong') return { kind: 'wrong', problems: [...problems, ...warnings] };
  return { kind: 'read', stackFile: { stack, file, settings: read.settings, values, config, secretKeys, warnings } };
}

/** One mistake is told once: a number that was misread does not fit either, and what stands under a wrong key is missing under the right one. */
function withoutEchoes(findings: readonly Finding[], told: readonly Finding[]): readonly Finding[] {
  const places = new Set(told.map(({ path }) => pathText(path)));
  const meant = new Set(told.map(({ path }) => String(path.at(-1)).replace(PREFIX, '').split('.')[0]));
  const isEcho = ({ path, problem }: Finding): boolean =>
    places.has(pathText(path)) || (problem === MISSING && path.length === 2 && meant.has(String(path[1]).replace(PREFIX, '')));
  return findings.filter((finding) => !isEcho(finding));
}

/** Pulumi reads YAML in which a bare day is a moment in time: the program would get `2027-06-30 00:00:00 +0000 UTC`. */
function daysWithoutQuotes(yaml: YamlFile, value: unknown, path: Path = []): readonly Finding[] {
  if (isMap(value)) return Object.entries(value).flatMap(([key, child]) => daysWithoutQuotes(yaml, child, [...path, key]));
  if (isList(value)) return value.flatMap((child, index) => daysWithoutQuotes(yaml, child, [...path, index]));
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value) || yaml.written(path) !== value) return [];
  return [atValue(path, `${value} without quotes is a moment in time to Pulumi, and no text`, `Write it in quotes: "${value}".`)];
}

/** `network.cidr` of the settings is `cidr` below the key `weir:network` of the file. */
const inFile = (finding: Finding): Finding => ({ ...finding, path: filePath(finding.path) });

const filePath = ([first, ...rest]: Path): Path => (first === undefined ? ['config'] : ['config', `${PREFIX}${first}`, ...rest]);

/** Told as people and `pulumi config` write it, without `config`. */
function problemOf(yaml: YamlFile, finding: Finding): Problem {
  const said = finding.path[0] === 'config' ? pathText(finding.path.slice(1)) : pathText(finding.path);
  return { ...yaml.locate(finding), path: said };
}

interface Content {
  readonly values: TreeMap;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly findings: readonly Finding[];
}

function contentOf(data: unknown): Content {
  const whole = data ?? {};
  if (!isMap(whole)) return { ...NOTHING, findings: [{ ...NO_MAP, path: [] }] };
  const findings = Object.keys(whole).flatMap(topFinding);
  const config = whole.config ?? {};
  if (!isMap(config)) return { ...NOTHING, findings: [...findings, { ...NO_MAP, path: ['config'] }] };
  const told = Object.entries(config).flatMap(keyFinding);
  const refused = new Set(told.flatMap(({ path, level }) => (level === 'warning' ? [] : [path.at(-1)])));
  const taken = Object.entries(config).filter(([key]) => !refused.has(key));
  return {
    values: Object.fromEntries(taken.flatMap(([key, value]) => (key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), opened(value)]] : []))),
    config: Object.fromEntries(taken.map(([key, value]) => [key, configText(opened(value))])),
    secretKeys: taken.flatMap(([key, value]) => (holdsSecret(value) ? [key] : [])),
    findings: [...findings, ...told],
  };
}

const NOTHING = { values: {}, config: {}, secretKeys: [] };
const NO_MAP = { at: 'value', problem: 'this is no map of settings', remedy: 'Write keys such as `weir:profile: dev` below `config:`.' } as const;

function topFinding(key: string): readonly Finding[] {
  if (key === 'environment')
    return [{ ...atKey([key], 'values of a Pulumi ESC environment are not seen here', 'Write settings below `config:`.'), level: 'warning' }];
  if (PULUMIS.includes(key)) return [];
  const suggestion = nearest(key, PULUMIS) ?? (key.startsWith(PREFIX) ? 'config' : null);
  const finding = atKey([key], `"${key}" is no part of a stack file`, `Settings stand below \`config:\`, such as \`${PREFIX}profile: dev\`.`);
  return [suggestion === null || key.startsWith(PREFIX) ? finding : { ...finding, suggestion }];
}

/** Mistakes in the form of a key, before its value is looked at. */
function keyFinding([key, value]: readonly [string, Tree]): readonly Finding[] {
  const path = ['config', key];
  if (!key.includes(':')) return [atKey(path, `"${key}" has no namespace: Pulumi refuses the file`, `Write \`${PREFIX}${key}\`.`)];
  if (key.startsWith(PREFIX) && key.includes('.')) {
    const [section = '', ...fields] = key.split('.');
    const remedy = `Write \`${fields.join('.')}\` below \`${section}:\`, as \`pulumi config set --path ${key} …\` does.`;
    return [atKey(path, `"${key}" is one key to Pulumi, not a place in a section`, remedy)];
  }
  if (key.startsWith(PREFIX) && !SECRETS.includes(key) && holdsSecret(value)) {
    const remedy = `Write it in clear: only ${SECRETS.join(', ')} is secret.`;
    return [atKey(path, 'is encrypted, or holds a value that is, and a plan has no key', remedy)];
  }
  if (key === SECRETS[0] && isSecure(value)) {
    const remedy = `Encrypt each value by itself: \`pulumi config set --secret --path ${key}.dockerHub.username …\`.`;
    return [atKey(path, 'is encrypted as a whole, and its form cannot be checked', remedy)];
  }
  if (key.startsWith(PREFIX) || key.startsWith('pulumi:')) return [];
  const remedy = 'Weir gives its provider all that it needs: leave it out, or use a setting of Weir.';
  return [{ ...atKey(path, `"${key}" is not read by this program`, remedy), level: 'warning' }];
}

/** `{secure: …}` is how Pulumi writes an encrypted value. */
const isSecure = (value: Tree): boolean => isMap(value) && Object.keys(value).join() === 'secure';

function holdsSecret(value: Tree): boolean {
  if (isSecure(value)) return true;
  if (isList(value)) return value.some(holdsSecret);
  return isMap(value) && Object.values(value).some(holdsSecret);
}

function opened(value: Tree): Tree {
  if (isSecure(value)) return STAND_IN;
  if (isList(value)) return value.map(opened);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, opened(child)])) : value;
}

const configText = (value: Tree): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
