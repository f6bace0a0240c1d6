import { topicOf } from '../../components/cost/graph.ts';
import type { MonthlyCost } from '../../components/cost/monthly-cost.ts';
import { isMap, type Tree } from '../../runtime/model/layers/tree.ts';
import { layerOf } from '../../stacks/topics.ts';
import { directNeeds } from '../graph/needs.ts';
import type { Graph, Node } from '../graph/node.ts';
import type { ResourceChange } from './changes.ts';
import type { PlanFacts } from './facts.ts';
import { isResource, NOT_IN_A_LAYER } from './resources.ts';
import { changeText, shownTree } from './shown-value.ts';
import { kindOf } from './words.ts';

/** A resource as the page shows it. Nothing secret is in it. */
export interface PageNode {
  readonly urn: string;
  readonly name: string;
  /** The name without what its topic says already. */
  readonly label: string;
  readonly type: string;
  readonly kind: string;
  readonly topic: string;
  /** Places in the list of what is made before it. */
  readonly needs: readonly number[];
  /** When a destroy takes it: 1 goes first. 0: it is gone already. */
  readonly step: number;
  /** US dollars a month; 0 when it costs nothing by itself. */
  readonly usd: number;
  /** What becomes of it, in words: protected, kept after a destroy, a hook that runs. */
  readonly marks: readonly string[];
  readonly change: ResourceChange['kind'] | null;
  /** What changes in it, a line for each property. */
  readonly changes: readonly string[];
  /** Inputs as lines of YAML's form. */
  readonly inputs: readonly string[];
}

export interface PageTopic {
  readonly topic: string;
  readonly layer: string;
  readonly usd: number;
}

/** Everything that the page knows. */
export interface PageData {
  readonly title: string;
  readonly subtitle: string;
  readonly steps: number;
  readonly topics: readonly PageTopic[];
  readonly nodes: readonly PageNode[];
}

/** What the page shows of a recorded graph. Pure. */
export function pageData(graph: Graph, { stack, settings, resources, cost, base, count }: PlanFacts): PageData {
  const nodes = [...graph.values()].filter(isResource);
  const places = new Map(nodes.map(({ urn }, index) => [urn, index]));
  const steps = destroySteps(graph);
  const changes = new Map((base?.changes ?? []).map((change) => [change.urn, change]));
  const usd = costs(cost);
  const shown = nodes.map((node): PageNode => {
    const topic = topicOf(graph, node);
    const change = changes.get(node.urn);
    return {
      ...identity(node, topic, settings.environment),
      needs: [...new Set(node.dependencies.flatMap((urn) => places.get(urn) ?? []))],
      step: steps.get(node.urn) ?? 1,
      usd: usd.get(node.urn) ?? 0,
      marks: marksOf(node),
      change: change?.kind ?? null,
      changes: linesOf(change),
      inputs: inputLines(shownTree(node.inputs), ''),
    };
  });
  const gone = [...changes.values()].filter(({ kind }) => kind === 'removed').map((change) => goneNode(change, settings.environment));
  const topicUsd = new Map(cost.topics.map(({ topic, monthlyUsd }) => [topic, monthlyUsd]));
  const known = resources.flatMap(({ layer, topics }) => topics.map(({ topic }) => ({ topic, layer, usd: topicUsd.get(topic) ?? 0 })));
  const others = [...new Set(gone.map(({ topic }) => topic))].filter((topic) => known.every((one) => one.topic !== topic));
  return {
    title: `${stack}: ${count} resources`,
    subtitle: `${settings.region}, profile ${settings.profile}${base === null ? '' : `, against ${base.ref}`}`,
    steps: Math.max(0, ...shown.map(({ step }) => step)),
    topics: [...known, ...others.map((topic) => ({ topic, layer: layerOf(topic) ?? NOT_IN_A_LAYER, usd: 0 }))],
    nodes: [...shown, ...gone],
  };
}

function identity({ urn, name, type }: Pick<Node, 'urn' | 'name' | 'type'>, topic: string, env: string) {
  const label = name.replace(new RegExp(`^${env}-(${topic}-)?`), '');
  return { urn, name, label: label === '' ? name : label, type, kind: kindOf(type), topic };
}

function goneNode(change: ResourceChange, env: string): PageNode {
  const same = { needs: [], step: 0, usd: 0, marks: [], inputs: [] };
  return { ...identity(change, change.topic, env), ...same, change: 'removed', changes: linesOf(change) };
}

function linesOf(change: ResourceChange | undefined): readonly string[] {
  if (change === undefined) return [];
  const cause = change.because === null ? [] : [change.because];
  const data =
    change.data === null || change.old === null ? [] : [`${change.old === 'deleted' ? 'lost' : `the old one is ${change.old}`}: ${change.data}`];
  return [
    ...cause,
    ...change.properties.map(({ path, from, to, why }) => `${path}: ${changeText(from, to)}${why === '' ? '' : ` (${why})`}`),
    ...data,
  ];
}

function marksOf({ protect, retainOnDelete, hooks, deletedWith }: Node): readonly string[] {
  return [
    ...(protect ? ['protected: destroy refuses'] : []),
    ...(retainOnDelete ? ['kept after a destroy'] : []),
    ...hooks.beforeDelete.map((hook) => `before it goes: ${hook}`),
    ...(deletedWith === '' ? [] : ['goes with what it stands on']),
  ];
}

function costs({ items }: MonthlyCost): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { urn, monthlyUsd } of items) sums.set(urn, (sums.get(urn) ?? 0) + monthlyUsd);
  return sums;
}

/** Which step of a destroy takes each resource, from 1: everything that needs it has gone in an earlier one. */
export function destroySteps(graph: Graph): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  for (const node of [...graph.values()].toReversed()) {
    const own = steps.get(node.urn) ?? 0;
    for (const need of directNeeds(node)) steps.set(need, Math.max(steps.get(need) ?? 0, own + 1));
  }
  const resources = [...graph.values()].filter(isResource);
  const ranks = [...new Set(resources.map(({ urn }) => steps.get(urn) ?? 0))].sort((a, b) => a - b);
  return new Map(resources.map(({ urn }) => [urn, ranks.indexOf(steps.get(urn) ?? 0) + 1]));
}

/** A tree as lines: `vpcConfig:`, `  subnetIds:`, `    - prod-…`. */
function inputLines(tree: Tree, indent: string): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap((item: Tree) => itemLines(item, indent));
  if (!isMap(tree)) return [`${indent}${scalar(tree)}`];
  return Object.entries(tree).flatMap(([key, child]) => {
    const below = inputLines(child, `${indent}  `);
    return isLeafTree(child) ? [`${indent}${key}: ${scalar(child)}`] : [`${indent}${key}:`, ...below];
  });
}

function itemLines(item: Tree, indent: string): readonly string[] {
  const [first = '', ...rest] = inputLines(item, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

const isLeafTree = (tree: Tree): boolean => !isMap(tree) && !Array.isArray(tree);
const scalar = (tree: Tree): string => (typeof tree === 'string' ? tree.replaceAll('\n', ' ⏎ ') : (JSON.stringify(tree) ?? ''));
