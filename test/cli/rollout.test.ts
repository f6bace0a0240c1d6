import { expect, test } from 'vitest';
import { main } from '../../cli/main.ts';
import type { Lock } from '../../runtime/model/status.ts';
import type { ObjectStore } from '../../runtime/objects/port.ts';
import type { ModelStatus } from '../../runtime/rollout/types.ts';
import { fakeContext, pretendRunning, stateWithModel } from './fakes.ts';
import { scratch, weir } from './run.ts';

const AT = '2026-11-21T11:56:00Z';

function lock(version: string, digest: string): Lock {
  return { digest: `sha256:${digest}`, version, reason: 'errors: 3.1 x stable', at: AT, bundle: null };
}

function status(locks: readonly Lock[] = []): ModelStatus {
  return {
    observedGeneration: 1,
    phase: 'Stable',
    stable: { version: '7', digest: 'sha256:aa', slot: 'a' },
    attempt: null,
    intent: null,
    observed: null,
    conditions: [],
    locks,
    former: [],
    nextAttempt: 2,
    history: [{ at: AT, from: 'RollingBack', to: 'Stable', attempt: null, reason: 'Verified', message: 'all traffic on version 7' }],
  };
}

/** The controller: answers every action that waits. */
function answering(objects: ObjectStore, result: 'Done' | 'Refused'): () => Promise<void> {
  return async () => {
    for (const action of await objects.actions('payments/fraud')) {
      if (action.status === null) await objects.answerAction(action.name, { result, message: `${action.spec.action} was seen`, at: AT });
    }
  };
}

test('an action that the controller did is fine', async () => {
  const { folder, objects } = await stateWithModel();
  pretendRunning(folder, 1);
  const context = fakeContext(folder.root, answering(objects, 'Done'));
  expect(await main(['rollout', 'abort', 'fraud', '--reason', 'wrong file'], context)).toBe(0);
  expect(context.said).toEqual(['payments/fraud  Abort Done: Abort was seen']);
  expect(await objects.actions('payments/fraud')).toMatchObject([
    { spec: { tenant: 'payments', model: 'fraud', action: 'Abort', reason: 'wrong file' } },
  ]);
});

test('an action that the controller refused cannot be done', async () => {
  const { folder, objects } = await stateWithModel();
  pretendRunning(folder, 1);
  const context = fakeContext(folder.root, answering(objects, 'Refused'));
  expect(await main(['rollout', 'promote', 'payments/fraud', '--json'], context)).toBe(2);
  expect(JSON.parse(context.said.join(''))).toMatchObject({
    model: 'payments/fraud',
    action: 'Promote',
    platform: 'running',
    answer: { result: 'Refused' },
  });
});

test('an answer that does not come in ten seconds is said, after a word at two', async () => {
  const { folder } = await stateWithModel();
  pretendRunning(folder, 1);
  const context = fakeContext(folder.root);
  expect(await main(['rollout', 'pause', 'fraud'], context)).toBe(1);
  expect(context.noted).toEqual(['waiting for the rollout controller (up to 10 s)']);
  expect(context.said[0]).toMatch(/^payments\/fraud {2}Pause is recorded as pause-[0-9a-f-]{36}: no answer in 10 s, see weir rollout status$/);
});

test('with --no-wait the record is enough', async () => {
  const { folder, objects } = await stateWithModel();
  pretendRunning(folder, 1);
  expect(await main(['rollout', 'skip', 'fraud', '--no-wait'], fakeContext(folder.root))).toBe(0);
  expect(await objects.actions('payments/fraud')).toMatchObject([
    { spec: { action: 'Skip', reason: 'asked for with weir rollout skip' }, status: null },
  ]);
});

test('without a platform the action waits, and is said to wait', async () => {
  const { folder, objects } = await stateWithModel();
  pretendRunning(folder, 1, 2 ** 22); // above the largest pid there can be
  const { code, out } = await weir(['rollout', 'rollback', 'fraud', '--state', folder.root]);
  expect(code).toBe(1);
  expect(out).toMatch(/^payments\/fraud {2}Rollback is recorded as rollback-\S+: no platform runs on this state folder, it waits until one does\n$/);
  expect(await objects.actions('payments/fraud')).toHaveLength(1);
});

test('unlock takes the only lock, or the one whose digest begins as given', async () => {
  const { folder, objects } = await stateWithModel();
  const first = await objects.model('payments/fraud');
  const one = await objects.writeStatus('payments/fraud', first?.resourceVersion ?? 0, status([lock('8', '4be1aa')]));
  expect(await main(['rollout', 'unlock', 'fraud', '--no-wait'], fakeContext(folder.root))).toBe(0);
  await objects.writeStatus('payments/fraud', one.resourceVersion, status([lock('8', '4be1aa'), lock('9', '4be2bb')]));
  expect(await main(['rollout', 'unlock', 'fraud', '--no-wait', '--digest', 'sha256:4BE2'], fakeContext(folder.root))).toBe(0);
  expect(new Set((await objects.actions('payments/fraud')).map(({ spec }) => spec.digest))).toEqual(new Set(['sha256:4be1aa', 'sha256:4be2bb']));
  const context = fakeContext(folder.root);
  expect(await main(['rollout', 'unlock', 'fraud', '--digest', '4be'], context)).toBe(2);
  expect(context.noted).toEqual(['weir: --digest  2 locks fit\n  Locked are sha256:4be1aa (version 8), sha256:4be2bb (version 9).']);
});

test.each([
  [['rollout', 'abort', 'frad'], 'weir: frad  is not a model\n  Did you mean "fraud"? Known are payments/fraud.'],
  [['rollout', 'abort', '../../etc'], 'weir: ../../etc  is not a model\n  Known are payments/fraud.'],
  [['rollout', 'unlock', 'fraud'], 'weir: payments/fraud  no version of it is locked\n  See weir rollout status fraud'],
  [['rollout', 'abort', 'fraud', '--reason', ' '], 'weir: --reason  has 0 characters\n  Say why in 1 to 500.'],
])('%j is answered by name, and records nothing', async (args, problem) => {
  const { folder, objects } = await stateWithModel();
  const context = fakeContext(folder.root);
  expect(await main(args, context)).toBe(2);
  expect(context.noted).toEqual([problem]);
  expect(await objects.actions('payments/fraud')).toEqual([]);
});

test('status lists every model, and says when nobody keeps it up to date', async () => {
  const { folder, objects } = await stateWithModel();
  const model = await objects.model('payments/fraud');
  await objects.writeStatus('payments/fraud', model?.resourceVersion ?? 0, status());
  const { code, out } = await weir(['rollout', 'status', '--state', folder.root]);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'MODEL           PHASE   STABLE  CANDIDATE  SINCE                 WHY',
      `payments/fraud  Stable  7       -          ${AT}  all traffic on version 7`,
      '',
      'no platform runs on this state folder: this is how it was left',
      '',
    ].join('\n'),
  );
});

test('status as JSON holds the whole status', async () => {
  const { folder, objects } = await stateWithModel();
  const model = await objects.model('payments/fraud');
  await objects.writeStatus('payments/fraud', model?.resourceVersion ?? 0, status());
  pretendRunning(folder, 8080);
  const { code, out } = await weir(['rollout', 'status', 'fraud', '--json'], { env: { WEIR_STATE: folder.root } });
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    platform: { pid: process.pid, port: 8080 },
    models: [{ model: 'payments/fraud', owner: 'payments-ml', version: '8', generation: 1, status: status() }],
  });
});

test('a folder that is no state folder is told so, and stays as it is', async () => {
  const folder = scratch();
  expect(await weir(['rollout', 'status', '--state', folder])).toEqual({
    code: 2,
    out: '',
    err: `weir: ${folder}  there is no state folder of Weir here\n  Start the platform first (weir local), or name its folder with --state.\n`,
  });
});
