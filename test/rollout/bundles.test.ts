import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBundles } from '../../runtime/rollout/bundles.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weir-bundles-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const KEY = 'flights/eta' as const;

test('a bundle holds the facts, the route before, the growth of the evidence and failed requests', async () => {
  const bundles = createBundles({ directory, now: () => 0, samples: () => Promise.resolve([{ status: 500 }]) });
  const guard = { name: 'errors', verdict: 'Fail', logE: 6, samples: 100, events: 9 };
  const world = { route: { positions: [1] }, status: { attempt: { guards: [guard] } } };
  bundles.record(KEY, 'eta-3', { at: 't', decision: { kind: 'WriteIntent', reason: 'errors', message: 'm', phase: 'RollingBack' }, world });
  expect(bundles.state(KEY, 'eta-3').state).toBe('none');
  bundles.start(KEY, 'eta-3', { route: { positions: [2] } });
  expect(bundles.state(KEY, 'eta-3').state).toBe('running');
  await vi.waitFor(() => expect(bundles.state(KEY, 'eta-3').state).toBe('done'));
  const { path } = bundles.state(KEY, 'eta-3');
  expect(path).toBe('bundles/flights/eta-3/bundle.json');
  const written: unknown = JSON.parse(readFileSync(join(directory, path ?? ''), 'utf8'));
  expect(written).toMatchObject({
    routeBefore: { positions: [1] },
    route: { positions: [2] },
    evidence: [{ guards: [guard] }],
    failedRequests: [{ status: 500 }],
  });
});

test('a bundle outlives a restart, and one that was not done starts again', async () => {
  const options = { directory, now: () => 0, samples: () => Promise.resolve([]) };
  const before = createBundles(options);
  before.start(KEY, 'eta-3', {});
  expect(createBundles(options).state(KEY, 'eta-4').state).toBe('none');
  await vi.waitFor(() => expect(before.state(KEY, 'eta-3').state).toBe('done'));
  expect(createBundles(options).state(KEY, 'eta-3').state).toBe('done');
});

test('a bundle past its deadline is given up, and says so', async () => {
  const bundles = createBundles({ directory, now: () => 0, samples: () => new Promise(() => undefined), deadlineMs: 10 });
  bundles.start(KEY, 'eta-3', {});
  await vi.waitFor(() => expect(bundles.state(KEY, 'eta-3').state).toBe('failed'));
  expect(existsSync(join(directory, 'bundles/flights/eta-3/bundle.json'))).toBe(false);
});

test('a decision record is cut at its bound, once', () => {
  const bundles = createBundles({ directory, now: () => 0, samples: () => Promise.resolve([]), recordBytes: 1000 });
  for (let line = 0; line < 50; line++) bundles.record(KEY, 'eta-3', { at: String(line), text: 'x'.repeat(90) });
  const file = join(directory, 'bundles/flights/eta-3/decisions.jsonl');
  expect(statSync(file).size).toBeLessThanOrEqual(1100);
  expect(readFileSync(file, 'utf8').trim().split('\n').at(-1)).toContain('cut');
});
