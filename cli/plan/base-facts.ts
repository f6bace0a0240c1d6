import { isAbsolute } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CostChange, compareCost } from '../../components/cost/compare-cost.ts';
import type { MonthlyCost } from '../../components/cost/monthly-cost.ts';
import type { Hash64 } from '../../runtime/model/hash.ts';
import { isMap, type Tree } from '../../runtime/model/layers/tree.ts';
import { counted } from '../format/level.ts';
import type { Graph, Recording } from '../graph/node.ts';
import type { Base } from './base.ts';
import { compareGraphs, type ResourceChange } from './changes.ts';
import { costOf } from './cost.ts';
import { shownTree } from './shown-value.ts';
import type { StackFile } from './stack-file.ts';
import { renderEnvironmentOf } from './tenants/environment.ts';
import { type ModelChange, modelChanges } from './tenants/model-changes.ts';

/** What an `up` would do to a stack that is as a commit says. */
export interface BaseFacts {
  readonly ref: string;
  readonly commit: string;
  /** `none`: the commit has no such stack. `failed`: it cannot be said what the commit makes, and `changes` is empty. */
  readonly state: Base['kind'];
  /** In words, what should be known of the comparison. */
  readonly notes: readonly string[];
  /** Settings that are others, as `kafka.version`. */
  readonly settings: readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[];
  readonly changes: readonly ResourceChange[];
  /** What becomes of models: their `Model` objects are among `changes`, too. */
  readonly models: readonly ModelChange[];
  readonly cost: CostChange | null;
  /** Topics whose data is lost and that `--allow-replace` names. */
  readonly allowed: readonly string[];
  /** Topics whose data is lost, and nobody has allowed it. */
  readonly needsAllow: readonly string[];
}

interface Compared {
  readonly ref: string;
  readonly commit: string;
  readonly base: Base;
  readonly here: { readonly stackFile: StackFile; readonly recording: Recording; readonly cost: MonthlyCost };
  readonly today: Date;
  readonly hash: Hash64;
  /** Topics whose data may be lost. */
  readonly allow: readonly string[];
}

/** Everything that follows from both sides. Pure. */
export function baseFactsOf({ ref, commit, base, here, today, allow, hash }: Compared): BaseFacts {
  const same = { ref, commit, state: base.kind };
  if (base.kind === 'failed')
    return {
      ...same,
      notes: [`what changes is not known: ${base.why}`],
      settings: [],
      changes: [],
      models: [],
      cost: null,
      allowed: [],
      needsAllow: [],
    };
  const graph: Graph = base.kind === 'none' ? new Map() : base.recording.graph;
  const changes = compareGraphs(graph, here.recording.graph);
  const environment = renderEnvironmentOf(here.recording);
  const losing = [...new Set(changes.filter(losesData).map(({ topic }) => topic))].sort();
  return {
    ...same,
    notes:
      base.kind === 'none'
        ? [`everything is new: ${base.why}`]
        : [...base.notes, ...folderNotes(here.stackFile), ...guardNotes(graph, here.recording.graph)],
    settings: base.kind === 'none' ? [] : settingsOf(base.stackFile, here.stackFile),
    changes,
    models: environment === null ? [] : modelChanges({ base: graph, here: here.recording.graph }, environment, hash),
    cost: base.kind === 'none' ? null : compareCost(costOf(graph, base.stackFile.settings, today), here.cost),
    allowed: losing.filter((topic) => allow.includes(topic)),
    needsAllow: losing.filter((topic) => !allow.includes(topic)),
  };
}

/** A resource with data that is made again, or goes and is not kept: somebody has to have wanted it. */
function losesData({ kind, data, old }: ResourceChange): boolean {
  return data !== null && (kind === 'replaced' || (kind === 'removed' && old !== 'kept'));
}

/** Tenants' files of another repository are not in the commit. */
function folderNotes({ settings: { tenantsDir, layers } }: StackFile): readonly string[] {
  return isAbsolute(tenantsDir) && layers.includes('tenants') ? [`the tenants' files of both sides are those in ${tenantsDir} today`] : [];
}

/** Options are no inputs, and the engine changes them without a word: whether a destroy would refuse, or leave data behind. */
function guardNotes(base: Graph, here: Graph): readonly string[] {
  const both = [...here.values()].flatMap((node) => {
    const old = base.get(node.urn);
    return old === undefined ? [] : [{ old, node }];
  });
  const count = (isIt: (pair: (typeof both)[number]) => boolean): number => both.filter(isIt).length;
  const told = (some: number, one: string, many: string): readonly string[] =>
    some === 0 ? [] : [`${counted(some, 'resource')} ${some === 1 ? one : many}`];
  return [
    ...told(
      count(({ old, node }) => old.protect && !node.protect),
      'loses its protection: a destroy may take it',
      'lose their protection: a destroy may take them',
    ),
    ...told(
      count(({ old, node }) => old.retainOnDelete && !node.retainOnDelete),
      'with data no longer stays after a destroy',
      'with data no longer stay after a destroy',
    ),
    ...told(
      count(({ old, node }) => !old.protect && node.protect),
      'becomes protected',
      'become protected',
    ),
  ];
}

/** By single settings, also where a whole section came or went. */
function settingsOf(base: StackFile, here: StackFile): BaseFacts['settings'] {
  const [old, now] = [leavesOf(shownTree(base.values)), leavesOf(shownTree(here.values))];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((path) => {
    const [from, to] = [old.get(path), now.get(path)];
    return isDeepStrictEqual(from, to) ? [] : [{ path, from, to }];
  });
}

function leavesOf(tree: Tree, path = ''): ReadonlyMap<string, Tree> {
  if (!isMap(tree)) return new Map([[path, tree]]);
  return new Map(Object.entries(tree).flatMap(([key, child]) => [...leavesOf(child, path === '' ? key : `${path}.${key}`)]));
}
