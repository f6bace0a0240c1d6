import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronProblem, isZone, knownZones, timeOf } from '../../../runtime/model/check/schedule.ts';

describe('a schedule', () => {
  test.each([
    ['0 2 * * *', null],
    ['*/15 * * * *', null],
    ['5/20 8-18/2 1,15 jan,JUL mon-fri', null],
    ['0 0 29 2 *', null], // comes every four years
    ['0 0 31 2 mon', null], // days of month and of week: either will do
    ['60 2 * * *', '"60" is no minute (0 to 59)'],
    ['0 24 * * *', '"24" is no hour (0 to 23)'],
    ['0 2 0 * *', '"0" is no day of month (1 to 31)'],
    ['0 2 * 13 *', '"13" is no month (1 to 12)'],
    ['0 2 * * 7', '"7" is no day of week (0 to 6)'],
    ['0 2 * * sat-mon', 'day of week "sat-mon" runs backwards'],
    ['*/0 2 * * *', 'minute "*/0" steps by 0'],
    ['0 2, * * *', '"" is no hour'],
    ['0 2-- * * *', '"2--" is no hour'],
    ['0 2 30 2 *', 'that day never comes'],
    ['0 2 31 4,6,9,11 *', 'that day never comes'],
  ])('"%s" is told to be %s', (schedule, problem) => {
    expect(cronProblem(schedule)).toBe(problem);
  });

  test('of numbers in range is right, whatever they are', () => {
    const minutes = fc.integer({ min: 0, max: 59 });
    const days = fc.integer({ min: 1, max: 28 });
    const fields = fc.tuple(minutes, fc.integer({ min: 0, max: 23 }), days, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(fields, (numbers) => {
        expect(cronProblem(numbers.join(' '))).toBeNull();
      }),
    );
  });
});

describe('a time', () => {
  test.each([
    ['2026-11-27T06:00Z', Date.UTC(2026, 10, 27, 6)],
    ['2028-02-29T23:59Z', Date.UTC(2028, 1, 29, 23, 59)],
    ['2026-02-29T00:00Z', null],
    ['2026-13-01T00:00Z', null],
    ['2026-11-27T24:00Z', null],
  ])('%s is one of the calendar, or none', (text, time) => {
    expect(timeOf(text)).toBe(time);
  });
});

describe('a time zone', () => {
  test('that the database knows is one', () => {
    expect(knownZones().filter((zone) => !isZone(zone))).toEqual([]);
  });

  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'US/Eastern', 'Etc/GMT+3'])('%s is one', (zone) => {
    expect(isZone(zone)).toBe(true);
  });

  test.each(['Europe/Berln', 'europe/berlin', 'CEST', 'Mars/Olympus'])('%s is none', (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});
