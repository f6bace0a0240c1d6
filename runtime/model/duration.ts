/** Seconds of each unit; a day is 24 hours. */
const UNITS = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 } as const satisfies Readonly<Record<string, number>>;
const SECONDS: ReadonlyMap<string, number> = new Map(Object.entries(UNITS));

/** Seconds of a duration such as `50ms`, `1.5h` or `45d`; null when the text is none. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(text);
  const unit = SECONDS.get(match?.[2] ?? '');
  if (match === null || unit === undefined) return null;
  const seconds = Number(match[1]) * unit;
  return Number(seconds.toPrecision(12)); // 50 * 0.001 is 0.05, not 0.05000000000000001
}

/** Seconds of a duration that the schema has let through. @throws Error for a text that is none: the spec was not checked */
export function secondsOf(duration: string): number {
  const seconds = parseDuration(duration);
  if (seconds === null) throw new Error(`"${duration}" is no duration: the spec was not checked`);
  return seconds;
}

/** The shortest such text: 0.05 is `50ms`, 5400 is `90m`, 86400 is `24h`, 172800 is `2d`. */
export function durationText(seconds: number): string {
  if (seconds >= 2 * UNITS.d && seconds % UNITS.d === 0) return `${seconds / UNITS.d}d`;
  if (seconds >= UNITS.h && seconds % UNITS.h === 0) return `${seconds / UNITS.h}h`;
  if (seconds >= UNITS.m && seconds % UNITS.m === 0) return `${seconds / UNITS.m}m`;
  return seconds >= 1 || seconds === 0 ? `${Number(seconds.toPrecision(12))}s` : `${Number((seconds * 1_000).toPrecision(12))}ms`;
}
