import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Sql, withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { type CountedRow, countWith } from '../../runtime/drift/executors/duckdb/count.ts';
import { judge } from '../../runtime/drift/judge.ts';
import { type History, type JudgeResult, NO_HISTORY, type WindowCounts } from '../../runtime/drift/judge-types.ts';
import { decodeReference, slotClock } from '../../runtime/drift/reference.ts';
import type { Reference } from '../../runtime/drift/types.ts';
import { DAY, HOUR, isoOf, widenings } from '../../runtime/drift/windows.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import type { ModelSpec } from '../../runtime/model/types.ts';
import { specsOf } from '../support/specs.ts';
import { trainedRegistry } from '../support/trained-registry.ts';
import { addWindows, judgeInput } from './fixture.ts';

/** The replay's own features against the reference of version 1, under the Model file that ships: every hour from March to June. */
const MARCH = Date.UTC(2001, 2, 1) / 1000;
const JULY = Date.UTC(2001, 6, 1) / 1000;
/** Injections begin here: a morning, an evening, the middle of a night. */
const STARTS = ['2001-03-05T10:00:00Z', '2001-05-20T15:00:00Z', '2001-06-20T03:00:00Z'].map((iso) => Date.parse(iso) / 1000);
const clock = slotClock('UTC');

let features = '';
let reference: Reference;
let spec: ModelSpec;

beforeAll(async () => {
  const { registryDir, cacheDir } = await trainedRegistry();
  features = join(cacheDir, 'features.parquet');
  const whole = decodeReference(readFileSync(join(registryDir, 'models/eta/versions/1/files/reference.json'), 'utf8'));
  reference = { ...whole, features: whole.features.filter(({ role }) => role === 'input') };
  const [eta] = specsOf(loadFolder('tenants', { profile: profileOf('local') }));
  if (eta === undefined) throw new Error('the example has no model');
  spec = eta;
}, 600_000);

interface Hour extends JudgeResult {
  readonly start: number;
}

/** @param columns SQL of the features that differ from the file from `injected` on */
async function judgeReplay(from: number, to: number, columns: Readonly<Record<string, string>> = {}, injected = from): Promise<readonly Hour[]> {
  const rows = await withDuckDb((sql) => countHours(sql, from, to, columns, injected), { memoryMiB: 300, threads: 1 });
  const byHour = new Map(rows.map((row) => [row.window, row]));
  const hours: Hour[] = [];
  let history: History = NO_HISTORY;
  for (let start = from; start < to; start += HOUR) {
    const counts = widenings({ start, seconds: HOUR }).map((window) => countsOf(byHour, window));
    const result = judge(judgeInput(reference, start, counts, { spec, history, calibration: null, whole: start > from }));
    history = result.history;
    hours.push({ ...result, start });
  }
  return hours;
}

async function countHours(sql: Sql, from: number, to: number, columns: Readonly<Record<string, string>>, injected: number): Promise<CountedRow[]> {
  const on = `event_time >= epoch_ms(${injected * 1000})`;
  const column = ({ name }: { readonly name: string }): string =>
    columns[name] === undefined ? `"${name}"` : `CASE WHEN ${on} THEN ${columns[name]} ELSE "${name}" END`;
  const query = { files: [features], timeColumn: 'event_time', windowSeconds: HOUR, columns: column, from: from - DAY, to };
  return countWith(sql, query, reference.features, null);
}

function countsOf(byHour: ReadonlyMap<number, CountedRow>, window: WindowCounts['window']): WindowCounts {
  const empty = reference.features.map(({ counts }) => new Float64Array(counts.length));
  const hours = Array.from({ length: window.seconds / HOUR }, (_, index) => byHour.get(window.start + index * HOUR) ?? []).flat();
  const parts = hours.map(({ window: start, n, features: counts }): WindowCounts => {
    return { window, n, late: 0, features: counts, cal: new Float64Array(0), slots: [{ ...clock(start), n }] };
  });
  return addWindows(window, [{ window, n: 0, late: 0, features: empty, cal: new Float64Array(0), slots: [] }, ...parts]);
}

interface Raised {
  readonly kind: string;
  readonly feature: string;
  readonly to: string;
  /** Hours after the injection that the window ended; 0 and less: before. */
  readonly hours: number;
}

function raised(hours: readonly Hour[], injected: number): readonly Raised[] {
  const told = hours.flatMap(({ start, transitions }) => transitions.map((one) => ({ ...one, hours: (start + HOUR - injected) / HOUR })));
  return told
    .filter(({ to }) => to === 'warn' || to === 'critical')
    .map(({ kind, feature, to, hours: after }) => ({ kind, feature, to, hours: after }));
}

async function injectAt(start: number, columns: Readonly<Record<string, string>>): Promise<readonly Raised[]> {
  return raised(await judgeReplay(Math.max(MARCH, start - 2 * DAY), start + 2 * DAY, columns, start), start);
}

test('four months without an injection: no page from data quality, no critical drift, at most four warnings', async () => {
  const all = raised(await judgeReplay(MARCH, JULY), MARCH);
  expect(all.filter(({ kind, to }) => kind === 'quality' || to === 'critical')).toEqual([]);
  expect(all.length).toBeLessThanOrEqual(4);
  expect(new Set(all.map(({ feature }) => feature))).toEqual(new Set(['origin']));
}, 240_000);

test('kilometres and hours in UTC are critical within seven hours, whenever they begin', async () => {
  const faults = { distance: 'distance * 1.609344', hour: '(hour + 6) % 24' };
  for (const start of STARTS) {
    for (const [feature, value] of Object.entries(faults)) {
      const seen = (await injectAt(start, { [feature]: value })).filter(({ kind, to }) => kind === 'drift' && to === 'critical');
      expect(seen).toEqual([{ kind: 'drift', feature, to: 'critical', hours: expect.any(Number) }]);
      expect(seen[0]?.hours).toBeLessThanOrEqual(7);
    }
  }
}, 240_000);

test('nulls in three of ten rows fail in the first window that is large enough to judge, and are no drift', async () => {
  for (const start of STARTS) {
    const seen = (await injectAt(start, { distance: 'CASE WHEN hash(row) % 10 >= 3 THEN distance END' })).filter(
      ({ feature }) => feature !== 'origin',
    );
    expect(seen).toEqual([{ kind: 'quality', feature: 'nulls distance', to: 'critical', hours: isoOf(start).includes('T03') ? 3 : 1 }]);
  }
}, 240_000);

test('late-landing features that stop changing page within a day', async () => {
  for (const start of STARTS) {
    const frozen = { origin_late_4h: '2.5e-1', nation_late_4h: '2e-1' };
    const seen = (await injectAt(start, frozen)).filter(({ kind }) => kind === 'quality');
    expect(seen.map(({ feature }) => feature).sort()).toEqual(['frozen nation_late_4h', 'frozen origin_late_4h']);
    expect(Math.max(...seen.map(({ hours }) => hours))).toBeLessThanOrEqual(24);
  }
}, 240_000);
