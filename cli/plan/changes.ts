import { topicOf } from '../../components/cost/graph.ts';
import { dataOf } from '../../components/data-loss.ts';
import { judgeChange, type Verdict } from '../../components/replace-on.ts';
import type { Tree } from '../../runtime/model/layers/tree.ts';
import { LAYERS, topicsOf } from '../../stacks/topics.ts';
import { changesOf, placeOf } from '../diff/fields.ts';
import type { Graph, Node } from '../graph/node.ts';
import { followers } from './followers.ts';
import { movedProvider } from './moved-provider.ts';
import { isResource } from './resources.ts';
import { secretsDiffer, shownTree } from './shown-value.ts';
import { stuck } from './stuck.ts';

/** One property that is another one now; undefined on the side where there is none. Secrets are told as such. */
export interface PropertyChange {
  /** `scalingConfig.maxSize`, `subnetIds[0]`. */
  readonly path: string;
  readonly from: Tree;
  readonly to: Tree;
  readonly verdict: Verdict;
  readonly why: string;
}

export interface ResourceChange {
  /** `mayReplace`: nothing here says whether the change replaces it. `refused`: the cloud will not do it. */
  readonly kind: 'added' | 'removed' | 'replaced' | 'mayReplace' | 'refused' | 'changed';
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly topic: string;
  readonly properties: readonly PropertyChange[];
  /** Why it is replaced or refused, when no property of its own says so. */
  readonly because: string | null;
  /** What is in the resource that goes; null when it holds nothing. */
  readonly data: string | null;
  /** What becomes of the one that goes: `kept`: it stays in the cloud outside of the stack. `refused`: it is protected, and the engine stops. */
  readonly old: 'deleted' | 'kept' | 'refused' | null;
}

/** What an `up` does to a stack that is as the base says. Pure. */
export function compareGraphs(base: Graph, here: Graph): readonly ResourceChange[] {
  const pairs = pairsOf(base, here);
  const matched = new Set(pairs.map(({ old }) => old.urn));
  const own = pairs.flatMap(({ old, node }) => ownChange(old, node, here));
  const moved = pairs.flatMap(({ old, node }) => (isOwnReplaced(own, node) ? [] : movedChange(old, node, { base, here, own })));
  const replaced = new Set([...own, ...moved].flatMap(({ kind, urn }) => (kind === 'replaced' ? [urn] : [])));
  const following = followers(pairs, replaced, (urn) => own.find((change) => change.urn === urn)?.properties ?? []);
  const left = stuck(pairs, new Set([...replaced, ...following.map(({ node }) => node.urn)]));
  const merged = mergeFollowing(
    [...own, ...moved],
    [
      ...following.map(({ old, node, because }) => replacedChange(old, node, here, because)),
      ...left.map(({ node, because }) => ({ ...plainChange('refused', node, here), because })),
    ],
  );
  const added = [...here.values()].filter((node) => isResource(node) && !pairs.some((pair) => pair.node.urn === node.urn));
  const removed = [...base.values()].filter((node) => isResource(node) && !matched.has(node.urn));
  const all = [...added.map((node) => plainChange('added', node, here)), ...merged, ...removed.map((node) => removedChange(node, base))];
  return all.toSorted((a, b) => orderOf(a.topic) - orderOf(b.topic)); // stable: resources keep the order of their making
}

/** As topics are told everywhere; those of no layer come last. */
const TOPICS = LAYERS.flatMap(topicsOf);
const orderOf = (topic: string): number => (TOPICS.includes(topic) ? TOPICS.indexOf(topic) : TOPICS.length);

export interface Pair {
  readonly old: Node;
  readonly node: Node;
}

/** The same resource on both sides: by URN, or by an alias that says what it was called. Providers count: a changed one changes what it makes. */
function pairsOf(base: Graph, here: Graph): readonly Pair[] {
  const compared = (node: Node): boolean => isResource(node) || node.type.startsWith('pulumi:providers:');
  return [...here.values()].filter(compared).flatMap((node) => {
    const old = base.get(node.urn) ?? aliased(base, node);
    return old === undefined ? [] : [{ old, node }];
  });
}

function aliased(base: Graph, { aliases, type, parent }: Node): Node | undefined {
  const byUrn = aliases.map((alias) => base.get(alias)).find((old) => old !== undefined);
  if (byUrn !== undefined || aliases.length === 0) return byUrn;
  return [...base.values()].find((old) => old.type === type && old.parent === parent && aliases.includes(old.name));
}

function ownChange(old: Node, node: Node, here: Graph): readonly ResourceChange[] {
  const ignored = node.ignoreChanges;
  const differing = changesOf(shownTree(old.inputs), shownTree(node.inputs)).map((change) => {
    const path = placeOf(change);
    const judged = judgeChange(node.type, path.replaceAll(/\[\d+\]/g, ''), change.from, change.to);
    return { path, from: change.from, to: change.to, ...judged };
  });
  const told = differing.filter(({ path }) => !ignored.some((one) => path === one || path.startsWith(`${one}.`)));
  const hidden = told.length === 0 && secretsDiffer(old.inputs, node.inputs) ? [SECRET_CHANGE] : [];
  const properties = [...told, ...hidden];
  if (properties.length === 0) return [];
  if (node.type.startsWith('pulumi:')) return [{ ...plainChange('changed', node, here), properties: properties.map(asUpdate) }];
  const kind = kindOfChange(properties);
  return [kind === 'replaced' ? { ...replacedChange(old, node, here, null), properties } : { ...plainChange(kind, node, here), properties }];
}

const SECRET_CHANGE: PropertyChange = { path: '(a secret)', from: '(secret)', to: '(another secret)', verdict: 'update', why: '' };
const asUpdate = (change: PropertyChange): PropertyChange => ({ ...change, verdict: 'update' });

function kindOfChange(properties: readonly PropertyChange[]): ResourceChange['kind'] {
  const verdicts = new Set(properties.map(({ verdict }) => verdict));
  if (verdicts.has('replace')) return 'replaced';
  if (verdicts.has('refused')) return 'refused';
  return verdicts.has('unsure') ? 'mayReplace' : 'changed';
}

const isOwnReplaced = (own: readonly ResourceChange[], { urn }: Node): boolean =>
  own.some((change) => change.urn === urn && change.kind === 'replaced');

function movedChange(
  old: Node,
  node: Node,
  { base, here, own }: { readonly base: Graph; readonly here: Graph; readonly own: readonly ResourceChange[] },
): readonly ResourceChange[] {
  const because = isResource(node) ? movedProvider(old, node, base, here) : null;
  if (because === null) return [];
  const properties = own.find((change) => change.urn === node.urn)?.properties ?? [];
  return [{ ...replacedChange(old, node, here, because), properties }];
}

/** Of two changes of one resource the replacement is told, with the properties of both. */
function mergeFollowing(changes: readonly ResourceChange[], following: readonly ResourceChange[]): readonly ResourceChange[] {
  const byUrn = new Map<string, ResourceChange>();
  for (const change of [...changes, ...following]) {
    const properties = change.properties.length > 0 ? change.properties : (byUrn.get(change.urn)?.properties ?? []);
    byUrn.set(change.urn, { ...change, properties });
  }
  return [...byUrn.values()];
}

function plainChange(kind: ResourceChange['kind'], node: Node, graph: Graph): ResourceChange {
  const { urn, name, type } = node;
  return { kind, urn, name, type, topic: topicOf(graph, node), properties: [], because: null, data: null, old: null };
}

function replacedChange(old: Node, node: Node, here: Graph, because: string | null): ResourceChange {
  return { ...plainChange('replaced', node, here), because, data: dataOf(node.type), old: fateOf(old) };
}

function removedChange(node: Node, base: Graph): ResourceChange {
  return { ...plainChange('removed', node, base), data: dataOf(node.type), old: fateOf(node) };
}

/** A protected resource stops the engine before anything; a retained one is only forgotten. */
function fateOf({ protect, retainOnDelete }: Node): ResourceChange['old'] {
  if (protect) return 'refused';
  return retainOnDelete ? 'kept' : 'deleted';
}
