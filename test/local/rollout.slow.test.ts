import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Transition } from '../../runtime/model/status.ts';
import { type ExamplePlatform, startExample } from '../support/example-platform.ts';
import { applyVersion, WITHOUT_SHADOW } from '../support/running.ts';
import { takeScreenshot } from '../support/shot.ts';

/** Of the local preset, with what a request under way may take: answers around a change of weights belong to neither. */
const SETTLE_MS = 700;

let example: ExamplePlatform;
beforeAll(async () => {
  example = await startExample(600);
}, 300_000);
afterAll(() => example?.close());

test('a good version comes in under continuous load without one failed request, and each step has the share that its weight says', async () => {
  const { folder, status, until, answers } = example;
  await until('requests under way', 30, () => answers.length > 300);
  applyVersion(folder, '2', 'local');
  await until('version 2 is stable', 240, async () => (await status())?.phase === 'Stable' && (await status())?.stable?.version === '2');

  expect(answers.filter((answer) => answer.kind !== 'answered' || answer.fallback)).toEqual([]);
  const steps = ((await status())?.history ?? []).filter(({ reason }) => reason === 'Advanced' || reason === 'Promoted');
  const weights = steps
    .slice(0, -2)
    .map((step, at) => ({ weight: weightOf(step), from: Date.parse(step.at) + SETTLE_MS, to: Date.parse(steps[at + 1]?.at ?? '') }));
  expect(weights.map(({ weight }) => weight)).toEqual([0.05, 0.25, 0.5]);
  for (const { weight, from, to } of weights) {
    const within = answers.filter(({ at }) => at >= from && at < to);
    const candidate = within.filter((answer) => answer.kind === 'answered' && answer.version === '2').length;
    const n = within.length;
    expect(n).toBeGreaterThan(500);
    // Binomial: 4.5 standard deviations are passed by chance once in 150,000 runs.
    expect(Math.abs(candidate - n * weight)).toBeLessThan(4.5 * Math.sqrt(n * weight * (1 - weight)));
  }
}, 400_000);

test('a version with a defect loses all traffic at once when the evidence is complete, is locked, and stays locked when it is applied again', async () => {
  const { folder, status, until, answers } = example;
  applyVersion(folder, '3', WITHOUT_SHADOW);
  await until('version 3 is locked', 180, async () => (await status())?.phase === 'Locked');
  const locked = await status();
  const digest = locked?.locks[0]?.digest;
  expect(digest).toMatch(/^sha256:/);
  const [failed, zero] = ['RollingBack', 'RolledBack'].map((word) =>
    locked?.history.findLast(({ to, reason }) => (word === 'RollingBack' ? to === word : reason === word)),
  );
  expect(Date.parse(zero?.at ?? '') - Date.parse(failed?.at ?? '')).toBeLessThanOrEqual(15_000); // the promise; some 10 ms here unless the machine pauses

  applyVersion(folder, '2', 'local');
  await until('version 2 named again', 60, async () => (await status())?.phase === 'Stable');
  const before = answers.length;
  applyVersion(folder, '3', WITHOUT_SHADOW);
  await until('told that it stays locked', 60, async () => (await status())?.conditions.some((one) => one.type === 'Locked' && one.status) ?? false);
  await until('traffic goes on', 60, () => answers.length > before + 1_000);
  expect(answers.slice(before).filter((answer) => answer.kind === 'answered' && answer.version === '3')).toEqual([]);
  expect((await status())?.locks[0]?.digest).toBe(digest);
  // What a person sees of all this; docs/images/page.png is the first of these.
  const url = `http://127.0.0.1:${example.platform.port}/`;
  const shots = [
    { name: 'readme', size: { width: 1280, height: 1_330, dark: false } },
    { name: 'live-1280-dark', size: { width: 1280, dark: true } },
    { name: 'live-390-light', size: { width: 390, dark: false } },
  ];
  for (const { name, size } of shots) expect(await takeScreenshot(url, `artifacts/${name}.png`, size)).toBe(true);
}, 400_000);

function weightOf({ message }: Transition): number {
  return Number(/ ([\d.]+) % of the traffic$/.exec(message)?.[1] ?? 100) / 100;
}
