import type { EventLog } from '../../eventlog/port.ts';
import type { Coverage } from '../types.ts';

/** What the label job has done and is about to do: `state/labels.json`. Written before the work, so that a batch that died is done again as it was. */
export interface LabelState {
  readonly kind: 'weir.drift/Labels';
  readonly v: 1;
  /** The next offset to take, by `topic/partition`. */
  readonly next: Readonly<Record<string, number>>;
  /** Event time up to which all labels have been joined, epoch seconds. */
  readonly through: number;
  /** Labels that no prediction of the lake has. */
  readonly unmatched: number;
  readonly batch: LabelBatch | null;
  /**
   * What silence meant when predictions were last counted for it, by `tenant/model`: with another meaning now, all that the lake holds is
   * counted again. Absent: no model had a meaning for it.
   */
  readonly silence?: Readonly<Record<string, string>>;
}

export interface LabelBatch {
  readonly labels: readonly Coverage[];
  readonly predictions: readonly Coverage[];
  /** What `through` becomes. */
  readonly through: number;
}

export const NO_LABELS: LabelState = { kind: 'weir.drift/Labels', v: 1, next: {}, through: 0, unmatched: 0, batch: null };

/** Records that one batch takes from a partition: what a batch holds in memory has a bound whatever the backlog. */
export const BATCH_RECORDS = 10_000;

/**
 * The next batch, or null when there is nothing new. Labels are looked at first: a prediction is logged before its label, so every label
 * of the batch finds its prediction in this batch or an earlier one.
 * @param now Event time before the log is looked at, epoch seconds.
 */
export async function planBatch(log: EventLog, state: LabelState, now: number): Promise<LabelBatch | null> {
  const topics = await log.topics();
  const take = async (prefix: string): Promise<{ ranges: Coverage[]; more: boolean }> => {
    const ranges: Coverage[] = [];
    let more = false;
    for (const { topic, partitions } of topics.filter((one) => one.topic.startsWith(prefix))) {
      for (let partition = 0; partition < partitions; partition++) {
        const offsets = await log.offsets(topic, partition);
        const first = Math.max(offsets.first, state.next[`${topic}/${partition}`] ?? 0);
        const last = Math.min(offsets.next, first + BATCH_RECORDS) - 1;
        if (last < offsets.next - 1) more = true;
        if (last >= first) ranges.push({ topic, partition, first, last });
      }
    }
    return { ranges, more };
  };
  const labels = await take('weir.labels.');
  const predictions = await take('weir.predictions.');
  if (predictions.more) {
    // A backlog of predictions is written first: labels must not overtake them.
    return { labels: [], predictions: predictions.ranges, through: state.through };
  }
  if (labels.ranges.length === 0 && predictions.ranges.length === 0) return null;
  return { labels: labels.ranges, predictions: predictions.ranges, through: labels.more ? state.through : Math.max(now, state.through) };
}

/** The state after a batch. */
export function afterBatch(state: LabelState, batch: LabelBatch, unmatched: number): LabelState {
  const next = { ...state.next };
  for (const { topic, partition, last } of [...batch.labels, ...batch.predictions]) next[`${topic}/${partition}`] = last + 1;
  return { ...state, next, through: batch.through, unmatched: state.unmatched + unmatched, batch: null };
}

/** A name for the files of these ranges of one topic: `0-1200-2011_1-900-1799`. */
export function rangeName(ranges: readonly Coverage[]): string {
  return ranges.map(({ partition, first, last }) => `${partition}-${first}-${last}`).join('_');
}
