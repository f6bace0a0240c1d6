import type { WindowSpan } from './types.ts';

/** How far a partition of the log has been counted, in the log's own (broker) time, milliseconds since 1970. */
export interface Watermark {
  readonly topic: string;
  readonly partition: number;
  /** Broker time of the end of what was counted, or of the heartbeat when the partition is caught up. */
  readonly time: number;
}

export const HOUR = 3600;
export const DAY = 86_400;

/** An hour closes this long after its end: later records count as late and enter the day (20-drift, 6). */
export const HOUR_GRACE_SECONDS = 900;
/** A day closes at 00:30 of the next one. */
export const DAY_GRACE_SECONDS = 1800;

/** `start` in epoch seconds, a multiple of `seconds`. */
export interface Window {
  readonly start: number;
  readonly seconds: number;
}

/** The time that every partition has passed, milliseconds; null without partitions: nothing may close. */
export function lowWatermark(watermarks: readonly Watermark[]): number | null {
  return watermarks.length === 0 ? null : Math.min(...watermarks.map(({ time }) => time));
}

/**
 * The windows that closed and were not judged yet, oldest first by closing time.
 * @param next Start of the first hour and of the first day to judge, epoch seconds.
 */
export function closedWindows(watermark: number | null, next: { readonly hour: number; readonly day: number }): readonly Window[] {
  if (watermark === null) return [];
  const passed = watermark / 1000;
  const windows: Window[] = [];
  for (let start = next.hour; start + HOUR + HOUR_GRACE_SECONDS <= passed; start += HOUR) windows.push({ start, seconds: HOUR });
  for (let start = next.day; start + DAY + DAY_GRACE_SECONDS <= passed; start += DAY) windows.push({ start, seconds: DAY });
  return windows.sort((a, b) => closesAt(a) - closesAt(b));
}

/** When a window closes, epoch seconds of event time. */
export function closesAt({ start, seconds }: Window): number {
  return start + seconds + (seconds === DAY ? DAY_GRACE_SECONDS : HOUR_GRACE_SECONDS);
}

/** What an hour that is too small is judged on instead, in this order: itself, the trailing three hours, the trailing day. */
export function widenings({ start, seconds }: Window): readonly Window[] {
  if (seconds !== HOUR) return [{ start, seconds }];
  const end = start + HOUR;
  return [HOUR, 3 * HOUR, DAY].map((length) => ({ start: end - length, seconds: length }));
}

export function floorTo(epochSeconds: number, seconds: number): number {
  return Math.floor(epochSeconds / seconds) * seconds;
}

export function spanOf({ start, seconds }: Window): WindowSpan {
  return { start: isoOf(start), seconds };
}

/** `2001-05-01T05:00:00Z`: seconds are exact, so no fraction. */
export function isoOf(epochSeconds: number): string {
  return `${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}Z`;
}
