import { resourcesOf } from '../../../policies/fixtures.ts';
import { keyOf, type Resource } from '../../../policies/resource.ts';
import type { Rule } from '../../../policies/rule.ts';
import { type Seen, seenBy } from './trace.ts';
import { changedAt, others, valueAt } from './values.ts';

/** One change of one property, of one option, or of one resource as a whole. */
export interface Mutation {
  /** In words, for the golden: `aws:eks/cluster:Cluster prod-cluster-eks  vpcConfig.endpointPublicAccess  false -> true`. */
  readonly text: string;
  /** The plainest first: a value for another, a value where none was, a part that is gone, a part for another, a resource. */
  readonly rank: number;
  /** All resources before it: the fixture is among them where the graph has no subject. */
  readonly before: readonly Resource[];
  /** All resources after it. */
  readonly resources: () => readonly Resource[];
  /** The one that has changed; null where one came or went. */
  readonly changed: Resource | null;
}

/** The key of the envelope around a secret: no property of anybody's. */
const ENVELOPE = '4dabf18193072939515e22adb298388d';

/**
 * Changes of what a rule looks at, made from what it reads and from the values that its failing fixture has at the same place. Where the graph has no subject of the
 * rule, its passing fixture is put into it first.
 */
export function mutationsFor(rule: Rule, graph: readonly Resource[]): readonly Mutation[] {
  const subjects = new Set(rule.kind === 'resource' ? rule.on : []);
  const missing = rule.kind === 'resource' && !graph.some(({ type }) => subjects.has(keyOf(type)));
  const resources = missing ? [...graph, ...resourcesOf(rule.pass, 'prod')] : graph;
  const bad = resourcesOf(rule.fail);
  const byUrn = new Map(resources.map((resource, index) => [resource.urn, { resource, index }]));
  const ofProperties = seenBy(rule, resources).flatMap(({ urn, path }: Seen): readonly Mutation[] => {
    const found = byUrn.get(urn);
    if (found === undefined || path.includes(ENVELOPE)) return [];
    const { resource, index } = found;
    const before = valueAt(resource.props, path);
    return [...fixtureValues(bad, resource, path), ...others(before)].map((value): Mutation => {
      const changed: Resource = { ...resource, props: changedAt(resource.props, path, value) };
      const text = `${resource.type} ${resource.name}${missing ? ' (of the fixture)' : ''}  ${path.join('.')}  ${told(before, value)}`;
      return { text, rank: rankOf(before, value), before: resources, changed, resources: () => resources.with(index, changed) };
    });
  });
  return [...ofProperties, ...(rule.kind === 'graph' ? ofOptions(rule.needs ?? [], resources, bad) : [])].toSorted((a, b) => a.rank - b.rank);
}

const isPart = (value: unknown): boolean => typeof value === 'object' && value !== null;

function rankOf(before: unknown, after: unknown): number {
  if (!isPart(before) && !isPart(after)) return before === undefined ? 1 : 0;
  return isPart(after) ? 3 : 2;
}

/** What only a rule over the graph sees: flags beside the properties, a resource that is not there, one too many. */
function ofOptions(needs: readonly string[], resources: readonly Resource[], bad: readonly Resource[]): readonly Mutation[] {
  const ofEach = resources.flatMap((resource, index): readonly Mutation[] => {
    const named = `${resource.type} ${resource.name}`;
    const flags = (['protect', 'retainOnDelete', 'remote'] as const).filter((name) => needs.includes(name));
    return [
      ...flags.map((name): Mutation => {
        const value = resource.options[name] !== true;
        const changed = { ...resource, options: { ...resource.options, [name]: value } };
        return {
          text: `${named}  ${name}  ${!value} -> ${value}`,
          rank: 0,
          before: resources,
          changed,
          resources: () => resources.with(index, changed),
        };
      }),
      { text: `${named}  is taken out`, rank: 4, before: resources, changed: null, resources: () => resources.toSpliced(index, 1) },
    ];
  });
  const coming = bad.map(
    (extra): Mutation => ({
      text: `${extra.type} ${extra.name}  comes in`,
      rank: 5,
      before: resources,
      changed: null,
      resources: () => [...resources, extra],
    }),
  );
  return [...ofEach, ...coming];
}

/** What the failing fixture has at the same place, whichever element of a list, and what it has under the same name anywhere. */
function fixtureValues(bad: readonly Resource[], { type }: Resource, path: readonly string[]): readonly unknown[] {
  const places = [path, path.map((key) => (/^\d+$/.test(key) ? '0' : key))];
  const same = bad.filter((each) => keyOf(each.type) === keyOf(type)).flatMap(({ props }) => places.flatMap((place) => valueAt(props, place) ?? []));
  const key = path.findLast((each) => !/^\d+$/.test(each)) ?? '';
  return [...same, ...bad.flatMap(({ props }) => scalarsNamed(props, key))];
}

/** Texts, numbers and booleans that stand under a name, however deep. */
function scalarsNamed(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => (key === name && !isPart(inner) ? [inner] : scalarsNamed(inner, name)));
}

/** Two values, from where they begin to differ. */
function told(before: unknown, after: unknown): string {
  const [from, to] = [textOf(before), textOf(after)];
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  const start = from.length > LONGEST && to.length > LONGEST ? Math.max(0, same - 20) : 0;
  return `${cut(from, start)} -> ${cut(to, start)}`;
}

const LONGEST = 70;
const textOf = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
const cut = (text: string, start: number): string =>
  `${start > 0 ? '…' : ''}${text.slice(start, start + LONGEST)}${text.length > start + LONGEST ? '…' : ''}`;
