import type { LabelItem } from './client.ts';

/**
 * Truths on their way: a label is due its delay of event time after the prediction. First in, first out, because delays of one model are
 * equal. Kept by at-least-once: `due` gives a batch, `done` forgets it once the platform has it.
 */
export interface LabelQueue {
  add(requestId: string, value: number | string | boolean, predictedAt: number): void;
  due(eventNow: number, most: number): readonly LabelItem[];
  done(count: number): void;
  size(): number;
  state(): readonly QueuedLabel[];
}

/** Request id, value, event time of the prediction. */
export type QueuedLabel = readonly [string, number | string | boolean, number];

export function createLabelQueue(model: string, event: string, delayMs: number, saved: readonly QueuedLabel[]): LabelQueue {
  let items: QueuedLabel[] = [...saved];
  let head = 0;
  return {
    add: (requestId, value, predictedAt) => void items.push([requestId, value, predictedAt]),
    due(eventNow, most) {
      const batch: LabelItem[] = [];
      for (let at = head; at < items.length && batch.length < most; at += 1) {
        const [requestId, value, predictedAt] = items[at] ?? ['', 0, Number.POSITIVE_INFINITY];
        if (predictedAt + delayMs > eventNow) break;
        batch.push({ request_id: requestId, model, event, value, time: new Date(predictedAt + delayMs).toISOString() });
      }
      return batch;
    },
    done(count) {
      head += count;
      if (head < 10_000) return;
      items = items.slice(head); // forget in large steps: a shift per label would be quadratic
      head = 0;
    },
    size: () => items.length - head,
    state: () => items.slice(head),
  };
}
