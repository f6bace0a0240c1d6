import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { textLiteral } from '../../runtime/drift/executors/duckdb/literals.ts';
import { checkZone } from '../../runtime/drift/quality/zone.ts';
import { slotClock } from '../../runtime/drift/reference/slots.ts';
import { zoneName } from '../../runtime/drift/reference/zone.ts';
import { buildReference, decodeReference, encodeReference } from '../../runtime/drift/reference.ts';
import { HOUR } from '../../runtime/drift/windows.ts';
import { tempFolder } from '../support/temp.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The zone's distance from UTC as Intl names it (`GMT+05:45`), in seconds: another way to its clock than the hours it prints. */
function offsetOf(zone: string): (epochSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (epochSeconds) => {
    const name = format.formatToParts(epochSeconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * 60 + Number(seconds));
  };
}

const at = (iso: string): number => Date.parse(iso) / 1000;

describe('the clock of a zone', () => {
  test('any hour since 1970, any zone: the slot is that of UTC at the distance that Intl names', () => {
    for (const zone of ZONES) {
      const [clock, offset] = [slotClock(zone), offsetOf(zone)];
      fc.assert(
        fc.property(fc.integer({ min: 0, max: at('2037-01-01T00:00:00Z') / HOUR }), (hours) => {
          const time = hours * HOUR;
          const local = new Date((time + offset(time)) * 1000);
          const day = local.getUTCDay();
          const hour = String(local.getUTCHours()).padStart(2, '0');
          expect([zone, time, clock(time)]).toEqual([zone, time, { hour: `${hour}${day % 6 === 0 ? 'we' : 'wd'}`, day: DAYS[day] }]);
        }),
        { numRuns: 300 },
      );
    }
  });

  test.each([
    ['Europe/Berlin', '2026-03-29T00:00:00Z', '01we', 'sun'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '03we', 'sun'], // 02:00 does not exist
    ['Europe/Berlin', '2026-10-25T00:00:00Z', '02we', 'sun'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', '02we', 'sun'], // 02:00 comes twice
    ['Europe/Berlin', '2026-10-25T02:00:00Z', '03we', 'sun'],
    ['America/New_York', '2026-11-02T03:00:00Z', '22we', 'sun'], // Monday in UTC
    ['Asia/Kolkata', '2026-11-02T18:00:00Z', '23wd', 'mon'], // begins at 23:30
    ['Pacific/Apia', '2011-12-30T09:00:00Z', '23wd', 'thu'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '00we', 'sat'], // the Friday that Samoa left out
    ['Etc/UTC', '2026-11-02T03:00:00Z', '03wd', 'mon'],
  ])('%s at %s is %s on %s', (zone, iso, hour, day) => {
    expect(slotClock(zone)(at(iso))).toEqual({ hour, day });
  });

  test('is refused for what is no zone', () => {
    expect(() => slotClock('Europe/Berlyn')).toThrow(RangeError);
    expect([zoneName('Europe/Berlyn'), zoneName(''), zoneName('europe/berlin'), zoneName('Etc/UTC')]).toEqual([null, null, 'Europe/Berlin', 'UTC']);
  });
});

test('a reference built in a zone has its rows in the hours of that zone, over both changes of its clocks, and volume by them', async () => {
  using folder = tempFolder();
  const parquet = join(folder.path, 'year.parquet');
  // 60 rows in each hour that begins at 06:00 in Berlin, 10 in every other one, for a year.
  const local = `((t AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin')`;
  const hours = `SELECT * FROM range(TIMESTAMP '2025-01-01', TIMESTAMP '2026-01-01', INTERVAL 1 HOUR) r(t)`;
  const rows = `SELECT t AS ts, hour(${local})::DOUBLE AS x FROM (${hours}), range(60) n(i) WHERE i < 10 OR hour(${local}) = 6`;
  await withDuckDb((sql) => sql.rows(`COPY (${rows}) TO ${textLiteral(parquet)} (FORMAT parquet)`));
  const options = {
    parquet,
    model: 'm',
    version: '1',
    fields: [{ name: 'x', kind: 'numeric', datatype: 'FP64', log: 'full' }],
    timeColumn: 'ts',
    score: null,
    weights: {},
    source: { uri: '', sha256: '' },
  } as const;
  const berlin = await buildReference({ ...options, slotZone: 'Europe/Berlin' });
  expect(berlin.slotZone).toBe('Europe/Berlin');
  expect([berlin.volume['06wd'], berlin.volume['06we'], berlin.volume['05wd']]).toMatchObject([
    { mean: 60, variance: 0, windows: 261 },
    { mean: 60, variance: 0, windows: 104 },
    { mean: 10, variance: 0, windows: 261 },
  ]);
  expect([berlin.volume['02we']?.windows, berlin.volume['01we']?.windows]).toEqual([104, 104]); // one Sunday without 02:00, one with two
  const [x] = berlin.features;
  for (const [slot, counts] of Object.entries(x?.slots ?? {}).filter(([name]) => /^\d/.test(name)))
    expect([slot, counts.filter((count) => count > 0).length]).toEqual([slot, 1]); // each hour slot holds one value: its hour
  const utc = await buildReference(options);
  expect(utc.volume['05wd']?.variance).toBeGreaterThan(100); // in UTC it is 06:00 in Berlin in winter alone
  const text = encodeReference(berlin);
  expect(decodeReference(text)).toEqual(berlin);
  expect(() => decodeReference(text.replace('Europe/Berlin', 'Europe/Berlyn'))).toThrow('slotZone "Europe/Berlyn" is no time zone of this machine');
});

test.each([
  [undefined, 'Europe/Berlin', null],
  ['Europe/Berlin', 'Europe/Berlin', null],
  ['Etc/UTC', 'UTC', null],
  ['Asia/Calcutta', 'Asia/Kolkata', null],
  [
    'Europe/Berlin',
    'UTC',
    'compared by hours of UTC, as the reference of this version was built; the model file says Europe/Berlin: a version pushed',
  ],
  ['UTC', 'Europe/Berlin', 'a version pushed with --zone UTC is compared by it'],
  ['Europe/Paris', 'Europe/Berlin', 'the model file says Europe/Paris'],
  ['Europe/Berlyn', 'UTC', 'Europe/Berlyn is no zone of this machine'],
])('with the file in %s and the reference in %s data quality says %s', (zone, slotZone, words) => {
  const drift = { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3600, maxNullShare: {}, ...(zone !== undefined && { zone }) };
  const spec = { tenant: 't', name: 'm', inputs: [], outputs: [], drift };
  const reference = {
    kind: 'weir.drift/Reference',
    v: 1,
    model: 'm',
    version: '1',
    rows: 0,
    slotZone,
    features: [],
    score: null,
    volume: {},
  } as const;
  const found = checkZone({ spec, reference: { ...reference, source: { uri: '', sha256: '' } } }, 7);
  expect(found.map(({ check, level, n, text }) => [check, level, n, text.includes(words ?? '')])).toEqual(
    words === null ? [] : [['zone', 'warn', 7, true]],
  );
});
