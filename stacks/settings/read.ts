import { ArgsError } from '../../runtime/errors.ts';
import { compileDefaults } from '../../runtime/model/layers/defaults.ts';
import { isMap, merge, type Tree, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { type Finding, pathText } from '../../runtime/model/read/locate.ts';
import { compileCheck } from '../../runtime/model/read/schema-check.ts';
import type { JsonSchema } from '../../runtime/model/schema-types.ts';
import { type CloudProfile, profileValues } from './profiles.ts';
import { findingsOf } from './rules.ts';
import settingsSchema from './settings.v1alpha1.json' with { type: 'json' };
import type { Settings, SettingsFile } from './settings-file.ts';

const SCHEMA: JsonSchema = settingsSchema;

/** Settings as a stack file says them: values below `weir:`, without the prefix. */
export interface Given {
  /** The stack's name: it names the environment unless a setting does. */
  readonly stack: string;
  readonly values: TreeMap;
}

/** What was read: whole settings, or every mistake at once. */
export type ReadSettings =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'wrong'; readonly findings: readonly Finding[] };

/** Checks settings against the schema and the rules between them, and fills what is not said from the profile. Pure. */
export function readSettings(given: Given): ReadSettings {
  return settingsReader()(given);
}

/** The same for many: the schema is compiled once. */
export function settingsReader(): (given: Given) => ReadSettings {
  const check = compileCheck(SCHEMA);
  const fill = compileDefaults(SCHEMA);
  return ({ stack, values }) => {
    const wrong = check(values);
    if (!isSettingsFile(values, wrong)) return { kind: 'wrong', findings: wrong };
    const settings = fill(withProfile(values, stack));
    if (!isSettings(settings)) throw new Error("settings without a profile's values");
    const findings = findingsOf(settings);
    return findings.length > 0 ? { kind: 'wrong', findings } : { kind: 'settings', settings };
  };
}

const isSettingsFile = (values: TreeMap, wrong: readonly Finding[]): values is TreeMap & SettingsFile => isMap(values) && wrong.length === 0;

/** What the file says, above the profile's values. */
function withProfile(file: SettingsFile, stack: string): Tree {
  const { zones, ...values } = profileValues(file.profile ?? 'small');
  const named = { environment: file.upstream ?? stack, network: { zones: zonesOf(file.region, zones) }, karpenter: karpenterOf(file), usage: {} };
  return merge(merge(named, values), file);
}

/** Nodes of a cluster that another team owns are that team's. */
const karpenterOf = ({ existing }: Pick<SettingsFile, 'existing'>): Settings['karpenter'] => (existing?.cluster === undefined ? 'on' : 'off');

/** Every section is there once a profile has been merged: test/settings/profiles.test.ts holds every other field against the schema. */
const isSettings = (tree: Tree): tree is Settings => isMap(tree) && isMap(tree.cluster) && isMap(tree.network);

/** The first zones of a region: accounts that lack one name their own. */
function zonesOf(region: string, count: 2 | 3): readonly string[] {
  return ['a', 'b', 'c'].slice(0, count).map((letter) => `${region}${letter}`);
}

/** A mistake as people read it: the key as they write it, what is wrong, and what to do. */
export function mistakeOf({ path, problem, remedy, suggestion }: Finding): {
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
} {
  return { key: `weir:${pathText(path)}`, problem, remedy: suggestion === undefined ? remedy : `Did you mean "${suggestion}"? ${remedy}`.trimEnd() };
}

/** Every mistake as one error: the first is its path and problem, the others follow in its remedy. */
export function settingsError(findings: readonly Finding[]): ArgsError {
  const [first, ...others] = findings.map(mistakeOf);
  if (first === undefined) throw new Error('no mistake, no error');
  const rest = others.map(({ key, problem, remedy }) => `\n${key}  ${problem}\n  ${remedy}`).join('');
  return new ArgsError(first.key, first.problem, `${first.remedy}${rest}`);
}

/** Where the settings differ from what their profile says. */
export interface Difference {
  readonly path: string;
  readonly profile: unknown;
  readonly value: unknown;
}

/** Settings of the file that the profile, or a default, says otherwise: what a reader of the plan should know. */
export function differences(settings: Settings, values: TreeMap): readonly Difference[] {
  const profile: CloudProfile = settings.profile;
  const { zones, ...below } = profileValues(profile);
  const base = compileDefaults(SCHEMA)(
    merge({ profile, karpenter: karpenterOf(settings), network: { zones: zonesOf(settings.region, zones) } }, below),
  );
  return leaves(values).flatMap(({ path, value }) => {
    const usual = path.reduce<Tree>((tree, key) => (isMap(tree) ? tree[key] : undefined), base);
    return usual === undefined || JSON.stringify(usual) === JSON.stringify(value) ? [] : [{ path: path.join('.'), profile: usual, value }];
  });
}

function leaves(tree: Tree, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly value: unknown }[] {
  return isMap(tree) ? Object.entries(tree).flatMap(([key, child]) => leaves(child, [...path, key])) : [{ path, value: tree }];
}
