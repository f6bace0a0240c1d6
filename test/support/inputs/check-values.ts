import type { Graph, Node } from '../../../cli/graph/node.ts';
import { UNKNOWN } from '../../../cli/graph/secrets.ts';
import type { Constraint, Constraints } from './constraints.ts';
import type { NodeRule, ValueRule } from './rule.ts';
import { ARN_RULES } from './rules-arns.ts';
import { NAME_RULES } from './rules-names.ts';
import { NETWORK_RULES } from './rules-network.ts';
import { NODE_RULES, tagProblem } from './rules-nodes.ts';
import { POLICY_RULES } from './rules-policies.ts';
import { STORE_NODE_RULES } from './rules-store-nodes.ts';
import { STORE_RULES } from './rules-stores.ts';
import { VALUE_RULES } from './rules-values.ts';
import { valuesAt } from './values.ts';

export const ALL_VALUE_RULES: readonly ValueRule[] = [...NAME_RULES, ...VALUE_RULES, ...STORE_RULES, ...ARN_RULES, ...POLICY_RULES];
export const ALL_NODE_RULES: readonly NodeRule[] = [...NETWORK_RULES, ...NODE_RULES, ...STORE_NODE_RULES];

/** A value that a cloud would refuse. */
export interface ValueProblem {
  readonly node: string;
  readonly type: string;
  /** `s3-bucket-name`, or the source of a generated constraint. */
  readonly rule: string;
  readonly path: string;
  readonly problem: string;
}

/** Eight characters that Pulumi puts behind a name that is left out: a hyphen and seven of sixteen. */
const SUFFIX = '-0a1b2c3';

/**
 * Every value of the graph against the tables of rules and against what AWS's service models say.
 * @param answered values that a stand-in cloud made up (cloud.ts): their form says nothing, so only rules that look for an ARN see them.
 */
export function checkValues(graph: Graph, constraints: Constraints, answered: ReadonlySet<string> = new Set()): readonly ValueProblem[] {
  return [...graph.values()].filter((node) => node.custom).flatMap((node) => checkOne(node, graph, constraints, answered));
}

function checkOne(node: Node, graph: Graph, constraints: Constraints, answered: ReadonlySet<string>): readonly ValueProblem[] {
  const of = (rule: string, path: string, problem: string | null): readonly ValueProblem[] =>
    problem === null ? [] : [{ node: node.name, type: node.type, rule, path, problem }];
  const made = (value: unknown) => typeof value === 'string' && answered.has(value);
  const ruled = ALL_VALUE_RULES.filter((rule) => rule.types.includes(node.type)).flatMap((rule) =>
    valuesOf(node, rule.path, rule.named === true)
      .filter(({ value }) => ARN_RULES.includes(rule) || !made(value))
      .flatMap(({ path, value }) => of(rule.id, path, rule.problem(value))),
  );
  const related = ALL_NODE_RULES.filter((rule) => rule.types.includes(node.type)).flatMap((rule) => of(rule.id, '', rule.problem(node, graph)));
  const generated = Object.entries(constraints.types[node.type] ?? {}).flatMap(([path, constraint]) =>
    valuesOf(node, path, path === 'name')
      .filter(({ value }) => !made(value))
      .flatMap((found) => of(constraints.source, found.path, constraintProblem(found.value, constraint))),
  );
  return [...ruled, ...related, ...generated, ...of('tags', 'tags', tagProblem(node))];
}

/** The values at a path; of a name that is left out, the one that Pulumi will make. */
function valuesOf(node: Node, path: string, named: boolean) {
  const found = valuesAt(node.inputs, path).filter(({ value }) => value !== UNKNOWN);
  const leftOut = node.inputs[path] === undefined && node.inputs[`${path}Prefix`] === undefined;
  return named && leftOut ? [{ path, value: `${node.name}${SUFFIX}` }] : found;
}

export function constraintProblem(value: unknown, { min, max, pattern, enum: listed }: Constraint): string | null {
  if (listed !== undefined) return listed.includes(String(value)) ? null : `is "${String(value)}" and must be one of ${listed.join(', ')}`;
  const size = typeof value === 'number' ? value : String(value).length;
  const what = typeof value === 'number' ? '' : ' characters';
  if (min !== undefined && size < min) return `is ${size}${what} and must be ${min} or more`;
  if (max !== undefined && size > max) return `is ${size}${what} and must be ${max} or less`;
  if (pattern === undefined || regex(pattern).test(String(value))) return null;
  return `is "${String(value)}" and must match ${pattern}`;
}

/** A model's pattern is meant of the whole text, written with anchors or without. Java's inline flag for letters' case has no like here. */
function regex(pattern: string): RegExp {
  const flags = pattern.includes('(?i)') ? 'is' : 's';
  return new RegExp(`^(?:${pattern.replaceAll('(?i)', '')})$`, flags);
}
