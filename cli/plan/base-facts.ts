import { type CostChange, compareCost } from '../../components/cost/compare-cost.ts';
import type { MonthlyCost } from '../../components/cost/monthly-cost.ts';
import { type Change, changesOf, placeOf } from '../diff/fields.ts';
import type { Recording } from '../graph/node.ts';
import type { Base } from './base.ts';
import { compareGraphs, type ResourceChange } from './changes.ts';
import { costOf } from './cost.ts';
import { shownTree } from './shown-value.ts';
import type { StackFile } from './stack-file.ts';

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
  /** Topics whose data may be lost. */
  readonly allow: readonly string[];
}

/** Everything that follows from both sides. Pure. */
export function baseFactsOf({ ref, commit, base, here, today, allow }: Compared): BaseFacts {
  const same = { ref, commit, state: base.kind };
  if (base.kind === 'failed')
    return { ...same, notes: [`what changes is not known: ${base.why}`], settings: [], changes: [], cost: null, allowed: [], needsAllow: [] };
  const graph = base.kind === 'none' ? new Map() : base.recording.graph;
  const changes = compareGraphs(graph, here.recording.graph);
  const losing = [...new Set(changes.filter(losesData).map(({ topic }) => topic))].sort();
  return {
    ...same,
    notes: base.kind === 'none' ? [`everything is new: ${base.why}`] : base.notes,
    settings: base.kind === 'none' ? [] : settingsOf(base.stackFile, here.stackFile),
    changes,
    cost: base.kind === 'none' ? null : compareCost(costOf(graph, base.stackFile.settings, today), here.cost),
    allowed: losing.filter((topic) => allow.includes(topic)),
    needsAllow: losing.filter((topic) => !allow.includes(topic)),
  };
}

/** A resource with data that is made again, or goes and is not kept: somebody has to have wanted it. */
export function losesData({ kind, data, old }: ResourceChange): boolean {
  return data !== null && (kind === 'replaced' || (kind === 'removed' && old !== 'kept'));
}

function settingsOf(base: StackFile, here: StackFile): BaseFacts['settings'] {
  const changes: readonly Change[] = changesOf(shownTree(base.values), shownTree(here.values));
  return changes.map((change) => ({ path: placeOf(change), from: change.from, to: change.to }));
}
