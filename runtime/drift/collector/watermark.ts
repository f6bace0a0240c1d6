import type { ProfileStore } from '../store/port.ts';

/** Up to where a partition is in the store: below `next` by offset, up to `time` by the broker's clock. */
export interface Watermark {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that is not in the store. */
  readonly next: number;
  /** Broker time, milliseconds since 1970, of the last stored record, or of now while caught up; null: nothing is known yet. */
  readonly time: number | null;
  /** The end of the log was reached and all of it is stored: a heartbeat. */
  readonly caughtUp: boolean;
}

/** Where the collector leaves a partition's watermark in the profile store. */
export function watermarkPath(topic: string, partition: number): string {
  return `state/collector/${topic}/${partition}.json`;
}

/** The watermark that was stored last, or null: none, or none that can be read. */
export async function readWatermark(store: Pick<ProfileStore, 'getJson'>, topic: string, partition: number): Promise<Watermark | null> {
  const stored = await store.getJson(watermarkPath(topic, partition));
  if (typeof stored !== 'object' || stored === null || !('next' in stored) || !('time' in stored) || !('caughtUp' in stored)) return null;
  const { next, time, caughtUp } = stored;
  if (typeof next !== 'number' || !(typeof time === 'number' || time === null) || typeof caughtUp !== 'boolean') return null;
  return { topic, partition, next, time, caughtUp };
}
