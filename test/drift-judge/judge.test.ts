import { expect, test } from 'vitest';
import { judge } from '../../runtime/drift/judge.ts';
import { type History, type JudgeResult, NO_HISTORY, type WindowCounts } from '../../runtime/drift/judge-types.ts';
import { HOUR } from '../../runtime/drift/windows.ts';
import { flightsReference, healthy, judgeInput, kilometres, lcg, MAY, miles, numeric, SPEC, widened, windowCounts } from './fixture.ts';

const reference = flightsReference();

/** Judges hour after hour, as the service does: each with the history that the last one left. */
function judgeHours(hours: readonly { n: number; draw: typeof healthy }[], modelRecords: number | null = 700): (JudgeResult & { start: number })[] {
  const seen = new Map<number, WindowCounts>();
  let history: History = NO_HISTORY;
  return hours.map(({ n, draw }, index) => {
    const at = MAY + index * HOUR;
    seen.set(at, windowCounts(reference, { start: at, seconds: HOUR }, n, draw));
    const result = judge(judgeInput(reference, at, widened(seen, at), { history, modelRecords: modelRecords ?? n }));
    history = result.history;
    return { ...result, start: at };
  });
}

const repeat = (count: number, n: number, draw: typeof healthy): { n: number; draw: typeof healthy }[] =>
  Array.from({ length: count }, () => ({ n, draw }));

test('healthy hours are ok in every feature and raise nothing', () => {
  const results = judgeHours(repeat(24, 650, healthy));
  expect(results.flatMap(({ verdicts }) => verdicts.map(({ level }) => level)).every((level) => level === 'ok')).toBe(true);
  expect(results.flatMap(({ transitions }) => transitions)).toEqual([]);
  expect(results.flatMap(({ quality }) => quality.filter(({ level }) => level !== 'ok'))).toEqual([]);
});

test('kilometres instead of miles raise one critical alarm on distance in the second hour, and say which values they are', () => {
  const results = judgeHours([...repeat(3, 650, healthy), ...repeat(6, 650, kilometres)]);
  const transitions = results.flatMap(({ transitions }) => transitions);
  expect(transitions).toHaveLength(1);
  expect(transitions[0]).toMatchObject({ feature: 'distance', kind: 'drift', to: 'critical', window: MAY + 4 * HOUR });
  const verdict = results[5]?.verdicts[0];
  expect(verdict?.level).toBe('critical');
  expect(verdict?.alarm?.state).toBe('critical');
  expect(verdict?.statistics?.psiCorrected).toBeGreaterThan(0.25);
  expect(verdict?.attribution[0]?.current).not.toBe(verdict?.attribution[0]?.reference);
  expect(results[5]?.verdicts[1]?.level).toBe('ok');
});

test('the same kilometres are a warning, or nothing, to whom the model file says so; each verdict shows the marks it was judged by', () => {
  const levelsWith = (drift: Partial<typeof SPEC.drift>): unknown[] => {
    const hour = windowCounts(reference, { start: MAY, seconds: HOUR }, 650, kilometres);
    const { verdicts } = judge(judgeInput(reference, MAY, [hour], { spec: { ...SPEC, drift: { ...SPEC.drift, ...drift } } }));
    return verdicts.map(({ level, thresholds }) => [level, thresholds?.warn, thresholds?.critical]);
  };
  expect(levelsWith({})).toEqual([
    ['critical', 0.1, 0.25],
    ['ok', 0.1, 0.25],
  ]);
  expect(levelsWith({ thresholds: { warn: 0.1, critical: 5 } })).toEqual([
    ['warn', 0.1, 5],
    ['ok', 0.1, 5],
  ]);
  expect(levelsWith({ features: { distance: { warn: 4, critical: 5 } } })).toEqual([
    ['ok', 4, 5],
    ['ok', 0.1, 0.25],
  ]);
});

test('an alarm with marks of its own is left by them', () => {
  const spec = { ...SPEC, drift: { ...SPEC.drift, features: { distance: { warn: 1e-6, critical: 0.2 } } } };
  let history: History = NO_HISTORY;
  const states: unknown[] = [];
  for (const [index, draw] of [kilometres, kilometres, healthy, healthy, healthy, healthy].entries()) {
    const window = { start: MAY + index * HOUR, seconds: HOUR };
    const result = judge(judgeInput(reference, window.start, [windowCounts(reference, window, 650, draw)], { history, spec }));
    history = result.history;
    states.push(history.alarms['drift/distance']?.state);
  }
  // Healthy hours are not below half of 1e-6 unless the corrected PSI is 0: critical is left by its own mark, warn holds on by its own.
  expect(states.slice(0, 5)).toEqual(['watch', 'critical', 'critical', 'critical', 'warn']);
});

test('three in ten nulls fail hard in the first window, are no drift, and recover after three clean windows', () => {
  const nulls: typeof healthy = (random) => ({ ...healthy(random), distance: random() < 0.3 ? null : miles(random) });
  const results = judgeHours([...repeat(2, 650, healthy), ...repeat(2, 650, nulls), ...repeat(4, 650, healthy)]);
  const transitions = results.flatMap(({ transitions }) => transitions);
  expect(transitions.map(({ kind, feature, to, window }) => ({ kind, feature, to, window }))).toEqual([
    { kind: 'quality', feature: 'nulls distance', to: 'critical', window: MAY + 2 * HOUR },
    { kind: 'quality', feature: 'nulls distance', to: 'ok', window: MAY + 6 * HOUR },
  ]);
  expect(results[2]?.verdicts[0]).toMatchObject({ level: 'insufficient', cause: 'quality' });
  expect(results[2]?.verdicts[1]?.level).toBe('ok');
});

test('rows that failed a check do not come back as drift when a small hour is widened to the day', () => {
  const nulls: typeof healthy = (random) => ({ ...healthy(random), distance: random() < 0.3 ? null : miles(random) });
  const results = judgeHours([
    ...repeat(2, 650, healthy),
    ...repeat(8, 650, nulls),
    ...repeat(4, 15, nulls),
    ...repeat(3, 650, healthy),
    ...repeat(3, 15, healthy),
  ]);
  const transitions = results.flatMap(({ transitions }) => transitions);
  expect(transitions.map(({ kind, to }) => [kind, to])).toEqual([
    ['quality', 'critical'],
    ['quality', 'ok'],
  ]);
  expect(results.slice(2).every(({ verdicts }) => verdicts[0]?.level === 'insufficient' || verdicts[0]?.level === 'ok')).toBe(true);
});

test('a small night hour is judged on the trailing three hours, and named so', () => {
  const results = judgeHours(repeat(3, 120, healthy));
  expect(results[0]?.verdicts[0]).toMatchObject({ level: 'insufficient', cause: 'small' });
  expect(results[2]?.verdicts[0]).toMatchObject({ level: 'ok', used: { seconds: 3 * HOUR }, window: { seconds: HOUR } });
});

test('records count once: hours judged on a widened window do not count again for the run that raises an alarm', () => {
  const results = judgeHours([...repeat(2, 650, healthy), { n: 650, draw: kilometres }, ...repeat(2, 20, healthy)]);
  expect(results[4]?.verdicts[0]?.level).toBe('critical'); // still holds the bad hour
  expect(results.flatMap(({ transitions }) => transitions)).toEqual([]);
});

test('a feature that stands still fails after three windows', () => {
  const frozen: typeof healthy = (random) => ({ ...healthy(random), distance: 500 });
  const results = judgeHours([...repeat(2, 650, healthy), ...repeat(4, 650, frozen)]);
  const first = results.findIndex(({ transitions }) => transitions.some(({ feature }) => feature === 'frozen distance'));
  expect(first).toBe(4);
});

test('an airport never seen is told by name of the check', () => {
  const renamed: typeof healthy = (random) => ({ ...healthy(random), origin: random() < 0.2 ? 'ZZZ' : 'ATL' });
  const [result] = judgeHours(repeat(1, 650, renamed));
  expect(result?.quality.find(({ check }) => check === 'new categories')).toMatchObject({ level: 'fail', feature: 'origin' });
});

test('half of the usual rows fails the volume check and mutes drift of the model', () => {
  const [result] = judgeHours(repeat(1, 300, kilometres), null);
  expect(result?.quality.find(({ check }) => check === 'volume')).toMatchObject({ level: 'fail' });
  expect(result?.verdicts.map(({ cause }) => cause)).toEqual(['quality', 'quality']);
});

/** A score counted over a hold-out that is a tenth of the reference's rows. */
function withOutput(): typeof reference {
  const random = lcg(3);
  const late = {
    ...numeric(
      'late',
      Array.from({ length: reference.rows / 10 }, () => random() ** 2),
    ),
    role: 'output' as const,
  };
  return { ...reference, features: [...reference.features, late] };
}

test('an output is held against its own hold-out rows, and rows that the model did not answer are neither drift nor bad data', () => {
  const scored = withOutput();
  const answered = (random: () => number): ReturnType<typeof healthy> => ({ ...healthy(random), late: random() < 0.6 ? random() ** 2 : null });
  const counts = [windowCounts(scored, { start: MAY, seconds: HOUR }, 1500, answered)];
  const result = judge(judgeInput(scored, MAY, counts, { modelRecords: 700 }));
  const verdict = result.verdicts.find(({ feature }) => feature === 'late');
  expect(verdict?.level).toBe('ok');
  expect(verdict?.n).toBe(counts[0]?.features[2]?.slice(0, -3).reduce((sum, count) => sum + count, 0));
  expect(verdict?.statistics?.psi).toBeLessThan(0.03);
  expect(result.quality.filter(({ feature, level }) => feature === 'late' && level !== 'ok')).toEqual([]);
});

test('the score of a model that mostly reads ambient features is not judged by the hour: a stormy day moves every score', () => {
  const scored = withOutput();
  const moved = (random: () => number): ReturnType<typeof healthy> => ({ ...healthy(random), late: 0.5 + random() / 2 });
  const counts = [windowCounts(scored, { start: MAY, seconds: HOUR }, 650, moved)];
  const levelWith = (ambient: readonly string[]): string | undefined => {
    const result = judge(judgeInput(scored, MAY, counts, { spec: { ...SPEC, drift: { ...SPEC.drift, ambient } } }));
    return result.verdicts.find(({ feature }) => feature === 'late')?.level;
  };
  expect(levelWith([])).toBe('critical');
  expect(levelWith(['origin'])).toBe('insufficient'); // half of its importance
});

test('judging twice gives the same', () => {
  const counts = widened(new Map([[MAY, windowCounts(reference, { start: MAY, seconds: HOUR }, 650, kilometres)]]), MAY);
  expect(judge(judgeInput(reference, MAY, counts))).toEqual(judge(judgeInput(reference, MAY, counts)));
});

test('a window without rows is insufficient and nothing throws', () => {
  const counts = [windowCounts(reference, { start: MAY, seconds: HOUR }, 0, healthy)];
  const result = judge(judgeInput(reference, MAY, counts));
  expect(result.verdicts.map(({ level, statistics }) => [level, statistics])).toEqual([
    ['insufficient', null],
    ['insufficient', null],
  ]);
  expect(result.performance).toBeNull();
});

test('a gap in the log forbids a verdict', () => {
  const counts = [windowCounts(reference, { start: MAY, seconds: HOUR }, 650, healthy)];
  expect(judge(judgeInput(reference, MAY, counts, { gap: true })).verdicts.map(({ cause }) => cause)).toEqual(['gap', 'gap']);
});

test('performance is estimated at once from the scores', () => {
  const counts = [windowCounts(reference, { start: MAY, seconds: HOUR }, 650, healthy)];
  const { performance } = judge(judgeInput(reference, MAY, counts));
  expect(performance?.kind).toBe('estimated');
  expect(performance?.accuracy).toBeGreaterThan(0.6);
  expect(performance?.auc).toBeGreaterThan(0.6);
});
