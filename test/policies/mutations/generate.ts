import { resourcesOf } from '../../../policies/fixtures.ts';
import { keyOf, type Resource } from '../../../policies/resource.ts';
import type { Rule } from '../../../policies/rule.ts';
import { seenBy } from './trace.ts';
import { changedAt, others, valueAt } from './values.ts';

/** One change of one property, of one option, or of one resource as a whole. */
export interface Mutation {
  /** In words, for the golden: `aws:eks/cluster:Cluster prod-cluster-eks  vpcConfig.endpointPublicAccess  false -> true`. */
  readonly text: string;
  readonly resources: readonly Resource[];
}

/**
 * Changes of what a rule looks at, made from what it reads and from the values that its failing fixture has at the same place. Where the graph has no subject of the
 * rule, its passing fixture is put into it first.
 */
export function* mutationsFor(rule: Rule, graph: readonly Resource[]): Generator<Mutation> {
  const subjects = new Set(rule.kind === 'resource' ? rule.on : []);
  const missing = rule.kind === 'resource' && !graph.some(({ type }) => subjects.has(keyOf(type)));
  const resources = missing ? [...graph, ...resourcesOf(rule.pass, 'prod')] : graph;
  const bad = resourcesOf(rule.fail);
  const note = missing ? ' (of the fixture)' : '';
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const changed = (resource: Resource, to: Resource): readonly Resource[] => resources.map((each) => (each === resource ? to : each));
  for (const { urn, path } of seenBy(rule, resources)) {
    const resource = byUrn.get(urn);
    if (resource === undefined) continue;
    const before = valueAt(resource.props, path);
    for (const value of [...others(before), ...fixtureValues(bad, resource, path)]) {
      const text = `${resource.type} ${resource.name}${note}  ${path.join('.')}  ${told(before)} -> ${told(value)}`;
      yield { text, resources: changed(resource, { ...resource, props: changedAt(resource.props, path, value) }) };
    }
  }
  if (rule.kind === 'graph') yield* ofOptions(rule, resources, bad);
}

/** What only a rule over the graph sees: flags beside the properties, a resource that is not there, one too many. */
function* ofOptions(rule: Rule, resources: readonly Resource[], bad: readonly Resource[]): Generator<Mutation> {
  const needs = rule.kind === 'graph' ? (rule.needs ?? []) : [];
  for (const [index, resource] of resources.entries()) {
    const named = `${resource.type} ${resource.name}`;
    for (const name of ['protect', 'retainOnDelete', 'remote'] as const) {
      if (!needs.includes(name)) continue;
      const value = resource.options[name] !== true;
      const options = { ...resource.options, [name]: value };
      yield { text: `${named}  ${name}  ${!value} -> ${value}`, resources: resources.with(index, { ...resource, options }) };
    }
    yield { text: `${named}  is taken out`, resources: resources.toSpliced(index, 1) };
  }
  for (const extra of bad) yield { text: `${extra.type} ${extra.name}  comes in`, resources: [...resources, extra] };
}

/** What the failing fixture has at the same place, whichever element of a list. */
function fixtureValues(bad: readonly Resource[], { type }: Resource, path: readonly string[]): readonly unknown[] {
  const places = [path, path.map((key) => (/^\d+$/.test(key) ? '0' : key))];
  return bad.filter((each) => keyOf(each.type) === keyOf(type)).flatMap(({ props }) => places.flatMap((place) => valueAt(props, place) ?? []));
}

const told = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};
