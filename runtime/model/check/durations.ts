import { parseDuration } from '../duration.ts';
import { atValue, type Finding, type Path } from '../read/locate.ts';
import { from, type Subject } from './subject.ts';

/** Times of which 0 makes no sense, with one that does; `*` stands for every item of a list. */
const ABOVE_ZERO: readonly (readonly [string, string])[] = [
  ['serving.loadTime', '90s'],
  ['serving.autoscaling.zero.after', '30m'],
  ['features.freshness', '15m'],
  ['features.timeout', '10ms'],
  ['labels.*.horizon', '90d'],
  ['outcomes.*.window', '24h'],
  ['drift.cadence', '1h'],
  ['batch.deadline', '4h'],
  ['async.maxAge', '1h'],
  ['streaming.maxLag', '30s'],
  ['llm.firstToken', '500ms'],
  ['llm.perToken', '50ms'],
  ['llm.longestStream', '5m'],
  ['retraining.window', '90d'],
  ['retraining.maxAge', '2d'],
  ['rollout.analysis.maxNoData', '15m'],
  ['rollout.analysis.block', '5m'],
  ['rollout.progressDeadline', '10m'],
  ['rollout.bake.labelGate.maxWait', '14d'],
];

/** Times of nothing where time must pass. */
export function checkDurations(subject: Subject): readonly Finding[] {
  return ABOVE_ZERO.flatMap(([place, example]) =>
    placesOf(subject.model, place.split('.')).flatMap(({ path, text }): readonly Finding[] =>
      parseDuration(text) === 0 ? [atValue(path, `${text} is no time${from(subject, path)}`, `Give a duration above 0, such as ${example}`)] : [],
    ),
  );
}

interface Place {
  readonly path: Path;
  readonly text: string;
}

function placesOf(value: unknown, keys: readonly string[], path: Path = []): readonly Place[] {
  const [key, ...rest] = keys;
  if (key === undefined) return typeof value === 'string' ? [{ path, text: value }] : [];
  if (key === '*') return Array.isArray(value) ? value.flatMap((item: unknown, index) => placesOf(item, rest, [...path, index])) : [];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  return placesOf(Object.entries(value).find(([name]) => name === key)?.[1], rest, [...path, key]);
}
