import { configProblems, type PolicyConfig } from '../../policies/config.ts';
import type { Rule } from '../../policies/rule.ts';
import { ArgsError } from '../../runtime/errors.ts';
import { type Problem, sortProblems } from '../../runtime/model/read/problem.ts';
import { readText, statOf } from '../../runtime/model/read/text.ts';
import { readYaml } from '../../runtime/model/read/yaml.ts';
import { suggestionFor } from '../../stacks/settings/rules/policies.ts';

export type ReadConfig = { readonly kind: 'read'; readonly config: PolicyConfig } | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/**
 * Levels, parameters and waivers from a file of their own, the same as `weir:policies` of a stack file. Every mistake at its line.
 * @throws ArgsError when there is no such file
 */
export function readConfig(file: string, rules: readonly Rule[]): ReadConfig {
  if (statOf(file) === null) throw new ArgsError(file, 'there is no such file', 'It has `rules` and `waivers`: docs/policy-check.md has one.');
  const text = readText(file);
  if (typeof text !== 'string') return { kind: 'wrong', problems: [text] };
  const { yaml, problems: syntax } = readYaml(file, text);
  if (yaml === null) return { kind: 'wrong', problems: syntax };
  const config = yaml.data ?? {}; // an empty file says nothing
  if (isStackFile(config)) throw new ArgsError(file, 'is a stack file', STACK_FILE);
  const known = rules.map(({ id }) => id);
  const wrong = configProblems(config, rules).map((problem) => yaml.locate({ at: 'value', ...problem, ...suggestionFor(problem, known) }));
  const problems = sortProblems([...syntax, ...yaml.misread.map((finding) => yaml.locate(finding)), ...wrong]);
  return problems.length === 0 && isConfig(config, problems) ? { kind: 'read', config } : { kind: 'wrong', problems };
}

const STACK_FILE =
  '`weir plan ENV --policy` reads it. A file for --config has what stands below weir:policies in it, rules and waivers, at its first column.';

const isStackFile = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'config' in value && !('rules' in value) && !('waivers' in value);

const isConfig = (value: unknown, problems: readonly Problem[]): value is PolicyConfig => typeof value === 'object' && problems.length === 0;
