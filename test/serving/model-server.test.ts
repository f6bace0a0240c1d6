import { createHash } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArgsError } from '../../runtime/errors.ts';
import type { VersionRef } from '../../runtime/model/status.ts';
import type { ModelKey } from '../../runtime/model/types.ts';
import { createModelServer, type ModelServer } from '../../runtime/serving/model-server.ts';
import { writeTinyOnnx } from '../support/onnx.ts';
import { tempFolder } from '../support/temp.ts';
import { until } from '../support/until.ts';

const KEY: ModelKey = 'flights/eta';
const good: VersionRef = { version: '1', digest: 'sha256:1' };
const other: VersionRef = { version: '2', digest: 'sha256:2' };

let folder: ReturnType<typeof tempFolder>;
let server: ModelServer;
let expected: string | null;
/** What the registry answers with before it works. */
let faults: Error[];

beforeEach(() => {
  folder = tempFolder();
  expected = null;
  faults = [];
  writeTinyOnnx(join(folder.path, 'model.onnx'), { base: [0.5, 0.25] });
  server = createModelServer({
    backOff: { firstMs: 5, maxMs: 40 },
    fetch: async (_model, version) => {
      const hash = createHash('sha256')
        .update(readFileSync(join(folder.path, 'model.onnx')))
        .digest('hex');
      for (const error of faults.splice(0, 1)) throw error;
      if (expected !== null && hash !== expected)
        throw new ArgsError('model.onnx', `is ${hash.slice(0, 8)}…, the manifest says ${expected.slice(0, 8)}…`, 'Push it again.');
      return { directory: folder.path, version: { digest: `sha256:${version}` } };
    },
  });
});

afterEach(async () => {
  await server.close();
  folder[Symbol.dispose]();
});

const pods = () => server.pods(KEY);
const ready = (count = 1) => until(async () => (await pods()).filter((pod) => pod.phase === 'Ready').length === count, pods);
const failed = () => until(async () => (await pods()).some((pod) => pod.phase === 'Failed'), pods);

async function infer(slot: 'a' | 'b', distance: readonly (number | null)[], place: readonly string[]): Promise<{ status: number; body: unknown }> {
  const shape = [distance.length, 1];
  const inputs = [
    { name: 'distance', datatype: 'FP32', shape, data: distance },
    { name: 'place', datatype: 'BYTES', shape, data: place },
  ];
  const response = await fetch(`http://127.0.0.1:${server.endpoint(KEY, slot)?.port}/v2/models/eta/infer`, {
    method: 'POST',
    body: JSON.stringify({ id: 'q', inputs }),
  });
  return { status: response.status, body: await response.json() };
}

describe('the embedded model server', () => {
  test('answers for a batch, names its version, and takes null for NaN', async () => {
    await server.apply(KEY, 'a', good);
    await ready();
    expect(await infer('a', [1, 2, null], ['A', 'B', 'A'])).toEqual({
      status: 200,
      body: {
        model_name: 'eta',
        model_version: '1',
        id: 'q',
        outputs: [{ name: 'score', datatype: 'FP32', shape: [3, 1], data: [1.5, 2.25, null] }],
      },
    });
  });

  test("a failure inside the graph answers 500 in ONNX Runtime's words, and the next request is served", async () => {
    await server.apply(KEY, 'a', good);
    await ready();
    const broken = await infer('a', [1], ['C']);
    expect(broken.status).toBe(500);
    expect(JSON.stringify(broken.body)).toContain('indices element out of data bounds');
    expect((await infer('a', [1], ['A'])).status).toBe(200);
  });

  test('a truncated file fails the copy with a message, and the process lives', async () => {
    truncateSync(join(folder.path, 'model.onnx'), 60);
    await server.apply(KEY, 'a', good);
    await failed();
    expect((await pods())[0]?.message).toMatch(/^version 1 cannot be loaded: .*(protobuf|parse|Load model)/i);
    expect(server.endpoint(KEY, 'a')).toBeNull();
  });

  test('a file that is missing, is not ONNX, or differs from the manifest fails the copy by name', async () => {
    writeFileSync(join(folder.path, 'model.onnx'), 'not a graph');
    await server.apply(KEY, 'a', good);
    await failed();
    expect((await pods())[0]?.message).toContain('version 1 cannot be loaded');
    await server.remove(KEY, 'a');
    expected = '0123456789abcdef';
    await server.apply(KEY, 'a', good);
    await failed();
    expect((await pods())[0]?.message).toMatch(/the manifest says 01234567…/);
    await server.apply(KEY, 'a', { version: '1', digest: 'sha256:else' });
  });

  test('a registry that has another digest than the rollout asked for is refused', async () => {
    await server.apply(KEY, 'a', { version: '1', digest: 'sha256:asked' });
    await failed();
    expect((await pods())[0]?.message).toContain('registry flights/eta  has sha256:1, but sha256:asked was asked for');
  });

  test('a registry that fails for a moment is asked again, and the version serves', async () => {
    faults = [new Error('too many open files'), new Error('too many open files')];
    await server.apply(KEY, 'a', good);
    await ready();
    expect((await pods())[0]).toMatchObject({ restarts: 2, message: '' });
  });

  test('a crash touches one version only; the copy comes back and its restart is counted', async () => {
    await server.apply(KEY, 'a', good);
    await server.apply(KEY, 'b', other);
    await ready(2);
    const port = server.endpoint(KEY, 'b')?.port;
    await server.kill(KEY, 'a');
    expect((await infer('b', [1], ['A'])).status).toBe(200);
    await until(async () => (await pods()).every((pod) => pod.phase === 'Ready' && pod.restarts === (pod.slot === 'a' ? 1 : 0)), pods);
    expect(server.endpoint(KEY, 'b')?.port).toBe(port);
    expect((await infer('a', [1], ['A'])).status).toBe(200);
  });

  test('apply is idempotent, replaces another version, and remove ends it', async () => {
    await server.apply(KEY, 'a', good);
    await ready();
    const port = server.endpoint(KEY, 'a')?.port;
    await server.apply(KEY, 'a', good);
    expect(server.endpoint(KEY, 'a')?.port).toBe(port);
    await server.apply(KEY, 'a', other);
    await ready();
    expect((await pods()).map((pod) => pod.version.version)).toEqual(['2']);
    await server.remove(KEY, 'a');
    expect(await pods()).toEqual([]);
    expect(server.endpoint(KEY, 'a')).toBeNull();
  });

  test('a disturbance fails requests until it is taken back, also over a restart', async () => {
    await server.apply(KEY, 'a', good);
    await ready();
    server.disturb(KEY, 'a', { delayMs: 1, errorShare: 1 });
    await until(async () => (await infer('a', [1], ['A'])).status === 500);
    await server.kill(KEY, 'a');
    await ready();
    await until(async () => (await infer('a', [1], ['A'])).status === 500);
    server.disturb(KEY, 'a', null);
    await until(async () => (await infer('a', [1], ['A'])).status === 200);
    expect((await pods())[0]?.restarts).toBe(1);
  });
});
