import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../../cli/main.ts';
import { HOUR } from '../../runtime/drift/windows.ts';
import { airport, flightsReference, MAY, MODEL_SPEC, miles } from '../drift-judge/fixture.ts';
import { type Draw, openBench, settle } from '../drift-judge/platform.ts';
import { fakeContext, pretendRunning, stateWithModel } from './fakes.ts';

/** A state folder whose model was watched for some hours; the distance comes in kilometres from `broken` on. */
async function watched(hours: number, broken: number): Promise<Awaited<ReturnType<typeof stateWithModel>>['folder']> {
  const bench = await openBench(flightsReference());
  onTestFinished(() => bench.close());
  const service = await bench.service();
  for (let hour = 0; hour < hours; hour++) {
    await bench.hour(MAY + hour * HOUR, 500, world(hour >= broken ? 1.609344 : 1));
    await settle(service);
  }
  bench.clock.now += HOUR * 1000;
  await settle(service);
  const { folder, objects } = await stateWithModel();
  await objects.applySpec(MODEL_SPEC);
  cpSync(join(bench.folder, 'drift'), folder.drift, { recursive: true });
  return folder;
}

const world =
  (scale: number): Draw =>
  (random) => {
    const score = 0.6 * random();
    return { features: { distance: miles(random) * scale, origin: airport(random) }, score, late: random() < score };
  };

test('healthy data is fine, and the report says so without the platform', async () => {
  const context = fakeContext((await watched(4, 99)).root);
  expect([await main(['drift', 'report', 'eta'], context), context.noted]).toEqual([0, []]);
  expect(context.said[0]).toMatch(/^eta 7 {3}2 ok .*reference: file:flights, 96,000 rows/);
});

test('a change of unit is a finding: text, JSON and SQL say the same', async () => {
  const folder = await watched(8, 4);
  pretendRunning(folder, 4321);
  const context = fakeContext(folder.root);
  for (const flags of [[], ['--json'], ['--sql']]) expect(await main(['drift', 'report', 'flights/eta', ...flags], context)).toBe(1);
  const [text = '', json = '', sql = ''] = context.said;
  expect(text).toMatch(/distance +CRITICAL since 0\d:00 +PSI 0\.\d\d/);
  const facts = JSON.parse(json);
  const distance = facts.features.find(({ feature }: { readonly feature: string }) => feature === 'distance');
  expect(distance).toMatchObject({ level: 'critical', verdict: { statistics: { psiCorrected: expect.any(Number) } } });
  expect(text).toContain(`PSI ${distance.verdict.statistics.psiCorrected.toFixed(2)}`);
  expect(sql).toContain(distance.verdict.sql);
});

test('--since counts hours of event time back from the last one judged', async () => {
  const context = fakeContext((await watched(8, 4)).root);
  expect(await main(['drift', 'report', 'eta', '--since', '1h', '--json'], context)).toBe(1);
  expect(JSON.parse(context.said[0] ?? '')).toMatchObject({ date: '2001-05-01' });
  expect(await main(['drift', 'report', 'eta', '--since', '10s'], context)).toBe(2);
  expect(context.noted[0]).toContain("argument '10s' is invalid. It is a duration from 1h to 3d, such as 24h.");
});

test('before the first hour there is nothing to report, and that is said', async () => {
  const { folder } = await stateWithModel();
  const context = fakeContext(folder.root);
  expect(await main(['drift', 'report', 'fraud'], context)).toBe(2);
  expect(context.noted).toEqual([
    'weir: payments/fraud  no hour of it has been judged yet\n  Verdicts come with the first whole hour of event time; see weir rollout status.',
  ]);
});
