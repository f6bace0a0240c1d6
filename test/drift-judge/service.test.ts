import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { featureCounts } from '../../runtime/drift/executors/duckdb/read.ts';
import { reportText } from '../../runtime/drift/report/text.ts';
import { loadReport } from '../../runtime/drift/service/load-report.ts';
import { isWindowRecord } from '../../runtime/drift/service/records.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import { HOUR } from '../../runtime/drift/windows.ts';
import type { ModelStatus } from '../../runtime/rollout/types.ts';
import { airport, flightsReference, MAY, MODEL_SPEC, miles } from './fixture.ts';
import { type Bench, type Draw, openBench, readAll, settle } from './platform.ts';

const reference = flightsReference();
let bench: Bench;
beforeEach(async () => {
  bench = await openBench(reference);
});
afterEach(() => bench.close());

/** A calibrated world: late with the probability that the score says. */
const world =
  (scale: number): Draw =>
  (random) => {
    const score = 0.6 * random();
    return { features: { distance: miles(random) * scale, origin: airport(random) }, score, late: random() < score };
  };

test('every record is counted once over a restart after each hour, and the grid shows each hour', async () => {
  for (let hour = 0; hour < 5; hour++) {
    await bench.hour(MAY + hour * HOUR, 650, world(1));
    await settle(await bench.service()); // a new service each time: nothing is carried in memory
  }
  bench.clock.now += 20 * 60_000;
  const service = await bench.service();
  await settle(service);
  await service.flush();
  await settle(service);
  const counted = await service.counted();
  expect(counted.rows.reduce((sum, row) => sum + row.n, 0)).toBe(5 * 650);
  const view = service.view('flights/eta');
  expect(view?.windows).toEqual([0, 1, 2, 3, 4].map((hour) => (MAY + hour * HOUR) * 1000));
  expect(view?.features[0]?.cells.map((cell) => cell?.level)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  const detail = await service.detail('flights/eta', 'distance', MAY * 1000);
  expect(detail?.bars.reduce((sum, bar) => sum + bar.current, 0)).toBeCloseTo(1, 9);
});

test('a restart in the middle leaves the same records as no restart', async () => {
  const other = await openBench(reference);
  const steady = await other.service();
  for (let hour = 0; hour < 8; hour++) {
    for (const one of [bench, other]) await one.hour(MAY + hour * HOUR, 300, world(hour > 3 ? 1.609344 : 1));
    await settle(await bench.service());
    await settle(steady);
  }
  const store = filesProfileStore(join(bench.folder, 'drift'));
  const second = filesProfileStore(join(other.folder, 'drift'));
  const paths = await store.list('verdicts');
  expect(paths.length).toBeGreaterThan(5);
  expect(await second.list('verdicts')).toEqual(paths);
  const plain = (text: string | null): string => (text ?? '').replaceAll(bench.folder, '').replaceAll(other.folder, '');
  for (const path of paths) expect(plain(await store.getText(path))).toBe(plain(await second.getText(path)));
  await other.close();
});

test('kilometres: critical is told once, labels mature, and the drift is called harmless with the figures', async () => {
  const spec = { ...MODEL_SPEC, drift: { ...MODEL_SPEC.drift, minDrop: 0.02 } }; // a drop that a few thousand labels can exclude
  const service = await bench.service({ specs: () => [spec] });
  for (let hour = 0; hour < 132; hour++) {
    await bench.hour(MAY + hour * HOUR, 400, world(hour >= 24 ? 1.609344 : 1));
    await settle(service);
  }
  const audit = await bench.audit();
  const kinds = audit.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'DriftCritical')).toHaveLength(1);
  expect(audit.find(({ kind }) => kind === 'HarmlessDrift')?.text).toMatch(
    /harm none shown: AUC 0\.\d{3} against 0\.\d{3} on [\d,]+ matured labels of \d days? \(acts from 0\.020\)/,
  );
  expect(kinds).not.toContain('Page');
  expect(service.view('flights/eta')?.conclusion).toContain('distance: harm none shown');
  const loaded = await loadReport(filesProfileStore(join(bench.folder, 'drift')), spec);
  const text = loaded === null ? '' : reportText(loaded, { owner: 'ml-eta', url: null });
  expect(text).toMatch(/distance +CRITICAL since \d\d:00/);
  expect(text).toMatch(/harm +none shown: AUC/);
  const again = (await bench.service({ specs: () => [spec] })).view('flights/eta'); // the records are all it takes
  expect(again).toEqual({ ...service.view('flights/eta'), quality: again?.quality });
  const report = service.view('flights/eta')?.report ?? '';
  const html = readFileSync(join(bench.folder, 'drift', report), 'utf8');
  expect(html).toContain('1 critical');
  expect(html.length).toBeLessThan(2_000_000);
  const realised = service.view('flights/eta')?.performance.filter(({ kind }) => kind === 'realised') ?? [];
  expect(realised.length).toBeGreaterThan(24);
  expect(realised.every(({ mature, labelled }) => mature && labelled === 400)).toBe(true);
});

test('drift that breaks the model: labels prove it, one rollback is asked for under its alarm, and the owner is paged', async () => {
  const created: string[] = [];
  const status: Pick<ModelStatus, 'stable' | 'former'> = {
    stable: { version: '7', digest: 'sha256:7', slot: 'a' },
    former: [{ version: '6', digest: 'sha256:6' }],
  };
  const objects = {
    model: async () => ({ spec: MODEL_SPEC, status, generation: 1, resourceVersion: 1 }),
    createAction: async ({ name }: { name: string }) => {
      created.push(name);
      return created.length === 1;
    },
  };
  const broken: Draw = (random) => ({ ...world(1.609344)(random), late: random() < 0.3 });
  const service = await bench.service({ objects });
  for (let hour = 0; hour < 64; hour++) {
    await bench.hour(MAY + hour * HOUR, 400, hour < 3 ? world(1) : broken);
    await settle(service);
  }
  const audit = await bench.audit();
  const kinds = audit.map(({ kind }) => kind).filter((kind) => kind === 'RollbackRequested' || kind === 'Page');
  expect(kinds).toEqual(['RollbackRequested', 'Page']);
  const alarm = audit.find(({ kind }) => kind === 'DriftCritical')?.data.alarm;
  expect(created).toEqual([`eta-${String(alarm).slice(0, 12)}`]);
  expect(audit.find(({ kind }) => kind === 'Page')?.text).toMatch(/(shown|severe): AUC 0\.[45]\d\d against 0\.700 on [\d,]+ matured labels/);
});

test("a verdict's SQL runs as it is against the lake and gives the counts that were judged", async () => {
  const service = await bench.service({ labelEverySeconds: HOUR });
  for (let hour = 0; hour < 4; hour++) {
    await bench.hour(MAY + hour * HOUR, hour === 1 ? 650 : 150, world(1));
    await settle(service);
  }
  const store = filesProfileStore(join(bench.folder, 'drift'));
  for (const path of await store.list('verdicts/flights/eta/7')) {
    const record = await store.getJson(path);
    if (!isWindowRecord(record)) throw new Error(path);
    for (const verdict of record.verdicts) {
      const feature = reference.features.find(({ name }) => name === verdict.feature);
      if (feature === undefined) throw new Error(verdict.feature);
      const rows = await withDuckDb((sql) => sql.rows(verdict.sql));
      expect(rows).toHaveLength(1);
      expect([...featureCounts(feature, 0, rows[0] ?? {})]).toEqual(record.used[verdict.feature]?.counts);
    }
  }
});

test('the label job done twice leaves the same files and the same cohorts', async () => {
  const first = await bench.service({ labelEverySeconds: HOUR });
  for (let hour = 0; hour < 27; hour++) {
    await bench.hour(MAY + hour * HOUR, 60, world(1));
    await settle(first);
  }
  const store = filesProfileStore(join(bench.folder, 'drift'));
  const before = await Promise.all((await store.list('state/cohorts')).map((path) => store.getText(path)));
  // As if killed after the work and before the state moved: the whole log again.
  await store.putJson('state/labels.json', { kind: 'weir.drift/Labels', v: 1, next: {}, through: 0, unmatched: 0, batch: null });
  await settle(await bench.service({ labelEverySeconds: HOUR }));
  expect(await Promise.all((await store.list('state/cohorts')).map((path) => store.getText(path)))).toEqual(before);
});

test('traffic that stops warns, then pages once, and the end is told', async () => {
  const service = await bench.service();
  for (let hour = 0; hour < 3; hour++) {
    await bench.hour(MAY + hour * HOUR, 650, world(1));
    await settle(service);
  }
  for (let minutes = 0; minutes < 300; minutes += 10) {
    bench.clock.now += 600_000;
    await settle(service);
  }
  const pages = (await bench.audit()).filter(({ kind }) => kind === 'Page');
  expect(pages).toHaveLength(1);
  expect(pages[0]?.text).toMatch(/volume|freshness/);
  for (let hour = 8; hour < 13; hour++) {
    await bench.hour(MAY + hour * HOUR, 650, world(1));
    await settle(service);
  }
  expect((await bench.audit()).map(({ kind }) => kind)).toContain('DriftCleared');
  expect((await readAll(bench.log, 'weir.verdicts')).length).toBeGreaterThan(0);
});
