import { MappingType, type Threshold, ThresholdsConfigBuilder, ThresholdsMode, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Limit, Meaning, PanelSpec } from './board.ts';

/** Told apart by one man in twelve who sees red and green alike: blue instead of green (70-experience: colour only repeats the text). */
export const COLOURS: Readonly<Record<Meaning['means'], string>> = { good: 'blue', unknown: 'text', warn: 'orange', bad: 'red' };

/** Colours of a panel's numbers, by its limits. Without limits no number is good or bad, and all look alike. */
export function thresholdsOf({ limits = [], worse = 'higher' }: Pick<PanelSpec, 'limits' | 'worse'>): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(limits, worse));
}

/** Grafana's steps go upwards and each holds from its value on; the first holds for everything below. */
export function stepsOf(limits: readonly Limit[], worse: 'higher' | 'lower'): Threshold[] {
  if (limits.length === 0) return [{ value: null, color: COLOURS.unknown }];
  const upwards = limits.toSorted((one, other) => one.at - other.at);
  if (worse === 'higher') return [{ value: null, color: COLOURS.good }, ...upwards.map(({ at, means }) => ({ value: at, color: COLOURS[means] }))];
  const above = [...upwards.slice(1).map(({ means }) => COLOURS[means]), COLOURS.good];
  return [
    { value: null, color: COLOURS[upwards[0]?.means ?? 'bad'] },
    ...upwards.map(({ at }, index) => ({ value: at, color: above[index] ?? COLOURS.good })),
  ];
}

/** Words for numbers that are codes. */
export function mappingsOf(meanings: readonly Meaning[]): ValueMapping[] {
  const options = meanings.map(({ value, text, means }, index) => [String(value), { text, color: COLOURS[means], index }]);
  return options.length === 0 ? [] : [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }];
}
