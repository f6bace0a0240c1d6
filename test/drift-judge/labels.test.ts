import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { ageOfTruth, isPositive, truthOf } from '../../runtime/drift/labels/truth.ts';
import { keptHours } from '../../runtime/drift/service/cohorts.ts';
import type { DriftService } from '../../runtime/drift/service.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import { DAY, HOUR } from '../../runtime/drift/windows.ts';
import type { LabelSpec, ModelSpec } from '../../runtime/model/types.ts';
import { airport, flightsReference, MAY, MODEL_SPEC, miles } from './fixture.ts';
import { type Bench, type Drawn, openBench, settle } from './platform.ts';

const reference = flightsReference();
const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

type Told = (late: boolean, score: number) => NonNullable<Drawn['labels']>;

/** Some hours of traffic with labels as told, then silence; the label job counts every twelve hours. */
async function lived(labels: readonly LabelSpec[], told: Told, { hours = 3, silence = 36, rows = 60 } = {}): Promise<Life> {
  const bench = await openBench(reference);
  benches.push(bench);
  const service = await serve(bench, labels);
  for (let hour = 0; hour < hours; hour++) {
    await bench.hour(MAY + hour * HOUR, rows, (random) => {
      const score = 0.6 * random();
      const late = random() < score;
      return { features: { distance: miles(random), origin: airport(random) }, score, late, labels: told(late, score) };
    });
    await settle(service);
  }
  await pass(bench, service, silence);
  return { bench, service };
}

interface Life {
  readonly bench: Bench;
  readonly service: DriftService;
}

function serve(bench: Bench, labels: readonly LabelSpec[]): Promise<DriftService> {
  const spec: ModelSpec = { ...MODEL_SPEC, labels };
  return bench.service({ specs: () => [spec], labelEverySeconds: 12 * HOUR });
}

async function pass(bench: Bench, service: DriftService, hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 3) {
    bench.clock.now += 3_600_000 * Math.min(3, left);
    await bench.deliver();
    await settle(service);
  }
}

async function cohortsOf({ bench }: Life): Promise<readonly unknown[]> {
  const store = filesProfileStore(join(bench.folder, 'drift'));
  return Promise.all((await store.list('state/cohorts')).map((path) => store.getJson(path)));
}

const LATE: LabelSpec = { event: 'late', delaySeconds: 12 * HOUR };
const SILENT: LabelSpec = { ...LATE, absent: { afterSeconds: DAY, value: false } };
const everything: Told = (late) => [{ event: 'late', value: late, afterSeconds: late ? 12 * HOUR : DAY }];
const bad: Told = (late) => (late ? [{ event: 'late', value: true, afterSeconds: 12 * HOUR }] : []);

describe('no label by the horizon', () => {
  test('counts as if the default had been told then, though nothing arrives that would say so', async () => {
    const [silent, oracle] = [await lived([SILENT], bad), await lived([LATE], everything)];
    expect((await cohortsOf(silent)).length).toBe(3);
    expect(await cohortsOf(silent)).toEqual(await cohortsOf(oracle));
    const realised = silent.service.status('flights/eta')?.realised ?? [];
    expect(realised.map(({ labelled, predictions }) => [labelled, predictions])).toEqual(Array.from({ length: 3 }, () => [60, 60]));
    expect(realised).toEqual(oracle.service.status('flights/eta')?.realised);
  });
  test('means nothing before the horizon', async () => {
    const early = await lived([SILENT], bad, { silence: 18 });
    expect(await cohortsOf(early)).toEqual(await cohortsOf(await lived([LATE], bad, { silence: 18 })));
  });
  test('stays concluded when a label comes after all', async () => {
    const late = await lived([SILENT], (is, score) => (is ? bad(is, score) : [{ event: 'late', value: true, afterSeconds: 26 * HOUR }]), {
      silence: 34,
    });
    expect(await cohortsOf(late)).toEqual(await cohortsOf(await lived([LATE], everything)));
  });
  test('is counted again for all that the lake holds when the model file first says what it means', async () => {
    const life = await lived([LATE], bad);
    await pass(life.bench, await serve(life.bench, [SILENT]), 12);
    expect(await cohortsOf(life)).toEqual(await cohortsOf(await lived([LATE], everything)));
  });
});

describe('a proxy', () => {
  const review: LabelSpec = { event: 'review', delaySeconds: HOUR, proxy: true };
  const both: Told = (late) => [
    { event: 'review', value: !late, afterSeconds: HOUR },
    { event: 'late', value: late, afterSeconds: late ? 12 * HOUR : DAY },
  ];
  test('is taken, and performance is measured on the truth, whichever the file names first', async () => {
    const oracle = await cohortsOf(await lived([LATE], everything));
    for (const labels of [
      [review, LATE],
      [LATE, review],
    ]) {
      const life = await lived(labels, both);
      expect(await cohortsOf(life)).toEqual(oracle);
      expect(await filesProfileStore(join(life.bench.folder, 'drift')).getJson('state/labels.json')).toMatchObject({ unmatched: 0 });
    }
  });
  test('alone measures nothing', async () => {
    expect(await cohortsOf(await lived([review], both))).toEqual([]);
  });
});

test('a second truth that comes far later than the first still finds its predictions', async () => {
  const paid: LabelSpec = { event: 'paid', delaySeconds: 60 * HOUR };
  const told: Told = (late) => [
    { event: 'late', value: late, afterSeconds: HOUR },
    { event: 'paid', value: true, afterSeconds: 60 * HOUR },
  ];
  const { bench } = await lived([{ event: 'late', delaySeconds: HOUR }, paid], told, { hours: 2, silence: 76 });
  expect(await filesProfileStore(join(bench.folder, 'drift')).getJson('state/labels.json')).toMatchObject({ unmatched: 0 });
});

test('labels that take five days are shown when they have matured, though the hours shown of the data are younger', async () => {
  const told: Told = (late) => [{ event: 'late', value: late, afterSeconds: 5 * DAY }];
  const { service } = await lived([{ event: 'late', delaySeconds: 5 * DAY }], told, { hours: 3, silence: 7 * 24 + 24 });
  expect(service.status('flights/eta')?.realised.map(({ ageDays, labelled }) => [ageDays, labelled])).toEqual([
    [7, 60],
    [7, 60],
    [7, 60],
  ]);
});

test.each([
  [12 * HOUR, null, 1, 28],
  [DAY, DAY, 1, 28],
  [7 * DAY, null, 7, 28],
  [8 * DAY, null, 30, 51],
  [45 * DAY, 60 * DAY, 60, 81],
  [45 * DAY, 90 * DAY, 90, 111],
  [200 * DAY, null, 90, 111],
])('a truth of delay %d s and horizon %s s is judged at %d days, and its cohorts are kept for %d', (delaySeconds, horizon, age, days) => {
  const label: LabelSpec = { event: 'late', delaySeconds, ...(horizon !== null && { absent: { afterSeconds: horizon, value: false } }) };
  expect([ageOfTruth(label), keptHours({ labels: [label] })]).toEqual([age, 24 * days]);
});

test('any list of labels: the truth is its first that is no proxy', () => {
  const label = fc.record({ event: fc.string(), delaySeconds: fc.nat(), proxy: fc.boolean() });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 8 }), (labels) => {
      const at = labels.findIndex(({ proxy }) => !proxy);
      expect(truthOf({ labels })).toBe(at < 0 ? undefined : labels[at]);
    }),
  );
  expect(keptHours(undefined)).toBe(28 * 24);
});

test('true and 1 are the positive class, as JSON and as text; nothing else is', () => {
  expect([true, 1, 'true', '1'].map(isPositive)).toEqual([true, true, true, true]);
  expect([false, 0, 2, 'yes', 'TRUE', '', 'false'].some(isPositive)).toBe(false);
});
