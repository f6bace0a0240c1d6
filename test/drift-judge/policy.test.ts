import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlarmState, alarmId, isOpen, newAlarm, type Observation, stepDrift, stepQuality } from '../../runtime/drift/policy/alarms.ts';
import { determinedBy, expected, TAU } from '../../runtime/drift/policy/expected.ts';
import { levelOf, THRESHOLDS, thresholdsOf } from '../../runtime/drift/policy/level.ts';
import { driftKey, foldUpstream, UPSTREAM_KEY } from '../../runtime/drift/policy/upstream.ts';
import { checkVolume, tailOf } from '../../runtime/drift/quality/volume.ts';
import { DAY_SLOTS, HOUR_SLOTS } from '../../runtime/drift/reference.ts';
import { Presence } from '../../runtime/drift/service/presence.ts';
import { checkFreshness } from '../../runtime/drift/staleness.ts';
import { closedWindows, closesAt, DAY, HOUR, lowWatermark, widenings } from '../../runtime/drift/windows.ts';
import { flightsReference, MAY, numeric } from './fixture.ts';

const OWNER = { tenant: 'flights', model: 'eta', version: '7' };
const thresholds = THRESHOLDS;
const ok: Observation = { level: 'ok', psiCorrected: 0.01, thresholds };
const warn: Observation = { level: 'warn', psiCorrected: 0.15, thresholds };
const critical: Observation = { level: 'critical', psiCorrected: 0.4, thresholds };
const uneasy: Observation = { level: 'ok', psiCorrected: 0.08, thresholds };

function run(seen: readonly Observation[]): { states: AlarmState['state'][]; alarm: AlarmState; ids: (string | null)[] } {
  let alarm = newAlarm('distance', 'drift');
  const states: AlarmState['state'][] = [];
  const ids: (string | null)[] = [];
  for (const [hour, observation] of seen.entries()) {
    const window = { start: MAY + hour * HOUR, seconds: HOUR };
    alarm = stepDrift(alarm, observation, window, window, OWNER).alarm;
    states.push(alarm.state);
    ids.push(alarm.id);
  }
  return { states, alarm, ids };
}

describe('the alarm of a feature', () => {
  test('warns at the third window in a row and is critical at the second', () => {
    expect(run([warn, warn, warn]).states).toEqual(['watch', 'watch', 'warn']);
    expect(run([warn, warn, ok, warn]).states).toEqual(['watch', 'watch', 'ok', 'watch']);
    expect(run([critical, critical]).states).toEqual(['watch', 'critical']);
  });
  test('escalates under the same id, falls back by way of warn, and closes after three calm windows', () => {
    const { states, ids } = run([warn, warn, warn, critical, critical, uneasy, uneasy, uneasy, ok, ok, ok]);
    expect(states.slice(4)).toEqual(['critical', 'critical', 'critical', 'warn', 'warn', 'warn', 'ok']);
    expect(new Set(ids.slice(2, 10)).size).toBe(1);
  });
  test('holds back a new warn for six hours after it closed, never an escalation', () => {
    const closed = [warn, warn, warn, ok, ok, ok];
    expect(run([...closed, warn, warn, warn]).states.at(-1)).toBe('watch');
    expect(run([...closed, critical, critical]).states.at(-1)).toBe('critical');
    expect(run([...closed, ok, ok, ok, ok, warn, warn, warn]).states.at(-1)).toBe('warn');
  });
  test('any sequence: an id exactly while it is open, and never open without a run', () => {
    const observation = fc.constantFrom(ok, warn, critical, uneasy);
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 60 }), (seen) => {
        const { states, ids } = run(seen);
        for (const [index, state] of states.entries()) {
          expect(ids[index] !== null).toBe(isOpen(state));
          const entered = state === 'critical' && states[index - 1] !== 'critical';
          expect(!entered || (seen[index] === critical && seen[index - 1] === critical)).toBe(true);
        }
      }),
    );
  });
  test('is left below half of the mark that it was entered by, whatever the mark: .05 of .1 and .125 of .25', () => {
    const mark = fc.double({ min: 1e-3, max: 5, noNaN: true });
    const leaving = (raised: Observation, psiCorrected: number): string | undefined => {
      const calm: Observation = { level: 'ok', psiCorrected, thresholds: raised.thresholds };
      return run([raised, raised, raised, calm, calm, calm]).states.at(-1);
    };
    fc.assert(
      fc.property(mark, mark, (a, b) => {
        const own = { warn: Math.min(a, b), critical: 2 * Math.max(a, b) };
        const warned: Observation = { level: 'warn', psiCorrected: 1.1 * own.warn, thresholds: own };
        const severe: Observation = { level: 'critical', psiCorrected: 1.1 * own.critical, thresholds: own };
        expect([leaving(warned, own.warn / 2), leaving(warned, 0.499 * own.warn)]).toEqual(['warn', 'ok']);
        expect([leaving(severe, own.critical / 2), leaving(severe, 0.499 * own.critical)]).toEqual(['critical', 'warn']);
      }),
      { numRuns: 100 },
    );
    expect([leaving(warn, 0.05), leaving(warn, 0.0499), leaving(critical, 0.125), leaving(critical, 0.1249)]).toEqual([
      'warn',
      'ok',
      'critical',
      'warn',
    ]);
  });
  test('a window whose records were counted already changes nothing', () => {
    const hour = { start: MAY, seconds: HOUR };
    const { alarm } = stepDrift(newAlarm('distance', 'drift'), critical, hour, hour, OWNER);
    const next = { start: MAY + HOUR, seconds: HOUR };
    expect(stepDrift(alarm, critical, next, { start: MAY - HOUR, seconds: 3 * HOUR }, OWNER).alarm).toBe(alarm);
  });
});

test('a failed check within the cool-down is the same alarm, told once', () => {
  let alarm = newAlarm('nulls distance', 'quality');
  const told: string[] = [];
  for (const [hour, failed] of [true, false, false, false, true, false, false, false].entries()) {
    const step = stepQuality(alarm, failed, { start: MAY + hour * HOUR, seconds: HOUR }, OWNER);
    alarm = step.alarm;
    if (step.transition?.to === 'critical') told.push(step.transition.id);
  }
  expect(told).toHaveLength(1);
});

test('features that enter together become one upstream alarm, which closes with its last member', () => {
  const names = ['a', 'b', 'c', 'd'];
  const window = { start: MAY, seconds: HOUR };
  const open = (feature: string): AlarmState => ({
    ...newAlarm(feature, 'drift'),
    state: 'critical',
    id: alarmId(OWNER, feature, 'drift', MAY),
    openedAt: MAY,
  });
  const alarms = { [driftKey('a')]: open('a'), [driftKey('b')]: open('b') };
  const raised = foldUpstream({ alarms, transitions: [] }, names, window, OWNER);
  expect(raised.transitions.map(({ kind, to }) => [kind, to])).toEqual([['upstream', 'critical']]);
  expect(raised.alarms[driftKey('a')]?.parent).toBe(raised.alarms[UPSTREAM_KEY]?.id);
  const calm = { ...raised.alarms, [driftKey('a')]: newAlarm('a', 'drift'), [driftKey('b')]: newAlarm('b', 'drift') };
  const later = foldUpstream({ alarms: calm, transitions: [] }, names, { start: MAY + HOUR, seconds: HOUR }, OWNER);
  expect(later.transitions.map(({ kind, to }) => [kind, to])).toEqual([['upstream', 'ok']]);
  const single = foldUpstream({ alarms: { [driftKey('a')]: open('a') }, transitions: [] }, names, window, OWNER);
  expect(single.transitions).toEqual([]);
});

test('levels need effect and evidence: a tiny p alone is ok, a large PSI by chance is ok', () => {
  expect(levelOf({ psiCorrected: 0.05, p: 1e-40 }, THRESHOLDS)).toBe('ok');
  expect(levelOf({ psiCorrected: 0.4, p: 0.01 }, THRESHOLDS)).toBe('ok');
  expect(levelOf({ psiCorrected: 0.11, p: 1e-4 }, THRESHOLDS)).toBe('warn');
  expect(levelOf({ psiCorrected: 0.26, p: 1e-4 }, THRESHOLDS)).toBe('critical');
});

describe('the marks of a feature', () => {
  const drift = {
    thresholds: { warn: 0.2, critical: 0.4 },
    features: { origin: { warn: 0.05 }, hour: { critical: 2 }, toString: { warn: 0.3, critical: 0.5 } },
  };
  test.each([
    ['distance', { warn: 0.2, critical: 0.4 }],
    ['origin', { warn: 0.05, critical: 0.4 }],
    ['hour', { warn: 0.2, critical: 2 }],
    ['toString', { warn: 0.3, critical: 0.5 }],
    ['valueOf', { warn: 0.2, critical: 0.4 }],
  ])('%s: its own, then those of all features', (feature, marks) => {
    expect(thresholdsOf(drift, feature)).toEqual(marks);
  });
  test('are those of the schema where the file has none', () => {
    const schema: { properties: { drift: { properties: { thresholds: { properties: Record<'warn' | 'critical', { default: number }> } } } } } =
      JSON.parse(readFileSync('tenants/schemas/model.v1alpha1.json', 'utf8'));
    const { warn, critical } = schema.properties.drift.properties.thresholds.properties;
    expect(thresholdsOf({}, 'distance')).toEqual({ warn: warn.default, critical: critical.default });
  });
  test('any change, any marks: the level rises with the change and falls with the marks', () => {
    const rank = { ok: 0, warn: 1, critical: 2 };
    const positive = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, positive, (psi, more, warn, above) => {
        const marks = { warn, critical: warn + above };
        const at = (psiCorrected: number, raise = 0): number =>
          rank[levelOf({ psiCorrected, p: 0 }, { warn: marks.warn + raise, critical: marks.critical + raise })];
        expect(at(psi + more)).toBeGreaterThanOrEqual(at(psi));
        expect(at(psi, more)).toBeLessThanOrEqual(at(psi));
      }),
    );
  });
});

describe('windows', () => {
  test('close when every partition has passed their end and the grace: hours after 15 min, days at 00:30', () => {
    const at = (seconds: number): number => seconds * 1000;
    expect(closedWindows(at(MAY + HOUR + 899), { hour: MAY, day: MAY })).toEqual([]);
    expect(closedWindows(at(MAY + HOUR + 900), { hour: MAY, day: MAY })).toEqual([{ start: MAY, seconds: HOUR }]);
    const day = closedWindows(at(MAY + DAY + 1800), { hour: MAY, day: MAY });
    expect(day).toHaveLength(25);
    expect(day.at(-1)).toEqual({ start: MAY, seconds: DAY });
    expect(closedWindows(null, { hour: MAY, day: MAY })).toEqual([]);
  });
  test('the slowest partition decides', () => {
    expect(
      lowWatermark([
        { topic: 't', partition: 0, time: 5 },
        { topic: 't', partition: 1, time: 3 },
      ]),
    ).toBe(3);
    expect(lowWatermark([])).toBeNull();
  });
  test('any watermark: closed windows come once each, in closing order, whatever the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(8 * HOUR), { minLength: 1, maxLength: 20 }), (steps) => {
        let [now, next] = [MAY, { hour: MAY, day: MAY }];
        const seen: { start: number; seconds: number }[] = [];
        for (const step of steps) {
          now += step;
          for (const window of closedWindows(now * 1000, next)) {
            seen.push(window);
            next = window.seconds === DAY ? { ...next, day: window.start + DAY } : { ...next, hour: window.start + HOUR };
          }
        }
        expect(seen).toEqual(closedWindows(now * 1000, { hour: MAY, day: MAY }));
        expect(seen.map(closesAt)).toEqual(seen.map(closesAt).sort((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
  test('an hour widens to what ends with it', () => {
    expect(widenings({ start: MAY, seconds: HOUR }).map(({ start, seconds }) => start + seconds)).toEqual([MAY + HOUR, MAY + HOUR, MAY + HOUR]);
  });
});

describe('what a window is held against', () => {
  const reference = flightsReference();
  test('is the mixture of its slots by the weights of the window, each shrunk to the whole', () => {
    const [feature] = reference.features;
    if (feature === undefined) throw new Error('no feature');
    const slots = [
      { hour: '05wd', day: 'tue', n: 30 },
      { hour: '06wd', day: 'tue', n: 90 },
    ];
    const { counts, m, slot } = expected(feature, slots, 3 * HOUR);
    expect(slot).toBe('05wd+06wd');
    expect(m).toBeCloseTo(1 / (0.25 ** 2 / (2000 + TAU) + 0.75 ** 2 / (2000 + TAU)), 9); // 2,000 rows in each slot
    const share = (name: string, bin: number): number =>
      ((feature.slots[name]?.[bin] ?? 0) + (TAU * (feature.counts[bin] ?? 0)) / reference.rows) / 4000;
    for (const [bin, count] of counts.entries()) expect(count / m).toBeCloseTo(0.25 * share('05wd', bin) + 0.75 * share('06wd', bin), 12);
  });
  test('is the slot alone for what the clock decides: hour and weekday are recognised, distance is not', () => {
    const rows = Array.from({ length: 48 * 7 * 20 }, (_, index) => index);
    expect(
      determinedBy(
        numeric(
          'hour',
          rows.map((row) => Number((HOUR_SLOTS[row % 48] ?? '').slice(0, 2))),
        ),
      ),
    ).toBe('hour');
    expect(
      determinedBy(
        numeric(
          'weekday',
          rows.map((row) => row % 7),
        ),
      ),
    ).toBe('day');
    expect(
      determinedBy(
        numeric(
          'distance',
          rows.map((row) => (row * 37) % 991),
        ),
      ),
    ).toBeNull();
    expect(DAY_SLOTS).toHaveLength(7);
  });
});

describe('an hour wholly seen', () => {
  const every = (minutes: readonly number[]): Presence => {
    const presence = new Presence({});
    for (const minute of minutes) presence.see('flights/eta', MAY + 60 * minute);
    return presence;
  };
  test('has rows in all its quarters: one that begins late, ends early or has an outage is not', () => {
    const steady = Array.from({ length: 60 }, (_, minute) => minute);
    expect(every(steady).whole('flights/eta', MAY)).toBe(true);
    expect(every(steady.filter((minute) => minute % 9 === 0)).whole('flights/eta', MAY)).toBe(true);
    expect(every(steady.filter((minute) => minute >= 20)).whole('flights/eta', MAY)).toBe(false);
    expect(every(steady.filter((minute) => minute < 40)).whole('flights/eta', MAY)).toBe(false);
    expect(every(steady.filter((minute) => minute < 10 || minute >= 30)).whole('flights/eta', MAY)).toBe(false);
    expect(every([]).whole('flights/eta', MAY)).toBe(false);
  });
  test('is the same after a restart, and old hours are forgotten', () => {
    const presence = every(Array.from({ length: 60 }, (_, minute) => minute));
    expect(new Presence(presence.keep(MAY)).whole('flights/eta', MAY)).toBe(true);
    expect(presence.keep(MAY + HOUR)).toEqual({});
  });
});

describe('volume', () => {
  const usual = { mean: 600, variance: 3600, windows: 40 };
  test('half the usual rows fail, four in five only warn nobody, a wide spread forgives', () => {
    expect(checkVolume(250, '05wd', usual, null).level).toBe('fail');
    expect(checkVolume(560, '05wd', usual, null).level).toBe('ok');
    expect(checkVolume(1300, '05wd', usual, null).level).toBe('fail');
    expect(checkVolume(250, '05wd', { ...usual, variance: 90_000 }, null).level).toBe('ok');
    expect(checkVolume(1, '03we', { mean: 3, variance: 4, windows: 17 }, null).level).toBe('ok');
    expect(checkVolume(0, '03we', undefined, null).level).toBe('ok');
  });
  test('a slot of the night that usually has a handful of rows never fails, and a chance is never printed as zero', () => {
    expect(checkVolume(28, '02wd', { mean: 6, variance: 9, windows: 40 }, null).level).toBe('warn');
    expect(checkVolume(0, '05wd', { mean: 3000, variance: 3000, windows: 40 }, null).text).toContain('chance below 1e-300');
  });
  test('both tails of the fitted negative binomial, against sums of its terms', () => {
    const [mean, variance] = [20, 50];
    const p = mean / variance;
    const r = (mean * mean) / (variance - mean);
    const mass: number[] = [p ** r];
    for (let k = 1; k < 400; k++) mass.push(((mass[k - 1] ?? 0) * (k - 1 + r) * (1 - p)) / k);
    const sum = (from: number, to: number): number => mass.slice(from, to).reduce((a, b) => a + b, 0);
    expect(tailOf(8, { mean, variance })).toBeCloseTo(sum(0, 9), 10);
    expect(tailOf(45, { mean, variance })).toBeCloseTo(sum(45, 400), 10);
  });
});

test('silence warns past the cadence and fails past twice it; a model never called is not silent', () => {
  expect(checkFreshness(1000, 0, 1000).level).toBe('ok');
  expect(checkFreshness(1001, 0, 1000).level).toBe('warn');
  expect(checkFreshness(2001, 0, 1000).level).toBe('fail');
  expect(checkFreshness(9999, null, 1000).level).toBe('ok');
});
