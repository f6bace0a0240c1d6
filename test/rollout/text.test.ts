import { expect, test } from 'vitest';
import { statusText } from '../../runtime/rollout/text.ts';
import { weightStep } from './support/fixtures.ts';
import { stableAtOne } from './support/simulation.ts';

const STEPS = { steps: [weightStep(25), weightStep(50)] };

test('after a rollback the answer comes first, then why, where, now and next, and how it came to it', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stepping');
  sim.traffic.errors = { '2': 0.1 };
  await sim.until(() => sim.phase() === 'Locked');
  const lines = statusText(sim.spec, sim.status, sim.now + 240_000).split('\n');
  expect(lines[0]).toMatch(/^eta {2}RolledBack 4 min ago: errors: \d+ of [\d,]+ against 0 of [\d,]+; evidence .* {6}traffic: 1 = 100 %, 2 = 0 %$/);
  expect(lines[2]).toMatch(/^ {2}why {7}errors: .*; first seen 02:\d\d:\d\d, all traffic away 02:\d\d:\d\d$/);
  expect(lines[3]).toBe('  where     bundle bundles/flights/eta-2/bundle.json');
  expect(lines[4]).toBe('  now       nothing to do tonight: version 1 serves, digest v2 is locked, flights-ml was told');
  expect(lines[5]).toContain('weir rollout unlock eta --digest v2');
  expect(lines.at(-1)).toMatch(/^ {2}02:\d\d:\d\d {2}Locked/);
});

test('a held rollout says why, since when, and which command ends it', async () => {
  const sim = await stableAtOne(STEPS);
  sim.apply('2', STEPS);
  await sim.until(() => sim.phase() === 'Stepping');
  sim.act('Pause');
  await sim.run(3);
  const text = statusText(sim.spec, sim.status, sim.now);
  expect(text.split('\n')[0]).toContain('eta  Held (Paused) since');
  expect(text).toContain('weir rollout resume eta');
});

test('a stable model has nothing to do, and a model nobody looked at says so', async () => {
  const sim = await stableAtOne();
  expect(statusText(sim.spec, sim.status, sim.now)).toContain('eta  Stable: version 1 serves      traffic: 1 = 100 %');
  expect(statusText(sim.spec, null, sim.now)).toContain('not seen');
});

test('a version that the registry does not have is why nothing goes on, with the command that brings it', async () => {
  const sim = await stableAtOne(STEPS);
  const progressing = {
    type: 'Progressing',
    status: false,
    reason: 'UnknownVersion',
    message: 'version 9 is not in the registry',
    since: '2026-01-01T02:00:00.000Z',
  } as const;
  const { status } = sim;
  if (status === null) throw new Error('the model has a status');
  const unknown = { ...status, conditions: [progressing] };
  const lines = statusText(sim.spec, unknown, sim.now).split('\n');
  expect(lines.slice(2, 5)).toEqual([
    '  why       version 9 is not in the registry',
    '  now       nothing to do',
    expect.stringMatching(/^ {2}next {6}weir registry push DIR --model \S+ --version 1, or name a version that is there$/),
  ]);
  const first = statusText(sim.spec, { ...unknown, stable: null }, sim.now);
  expect(first).toContain('no version serves until its version is registered');
});
