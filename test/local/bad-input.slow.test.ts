import { spawn } from 'node:child_process';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Dispatcher, request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readIfThere } from '../../runtime/files.ts';
import { type PlatformProcess, startPlatformProcess } from '../../runtime/local/platform-process.ts';
import { startReplays } from '../../runtime/local/replay/replays.ts';
import { copyTenant, openStateFolder, type StateFolder } from '../../runtime/local/state-folder.ts';
import { EXAMPLE } from '../../runtime/local/training.ts';
import { profileOf } from '../../runtime/model/layers/profiles.ts';
import { loadFolder } from '../../runtime/model/read/load.ts';
import { logged } from '../support/running.ts';
import { specsOf } from '../support/specs.ts';
import { tempFolder } from '../support/temp.ts';
import { copyTrainedRegistry } from '../support/trained-registry.ts';
import { until } from '../support/until.ts';

// Issue 3, "Bad input by name", on the real platform process: each is told by name, the process lives, nothing acknowledged is lost.

const MAIN = fileURLToPath(new URL('../../runtime/local/platform-main.ts', import.meta.url));
const INFER = '/v2/models/eta/infer';

const scope = new DisposableStack();
const words: string[] = [];
const acknowledged: string[] = [];
let folder: StateFolder;
let features = '';
let platform: PlatformProcess;

beforeAll(async () => {
  folder = openStateFolder(join(scope.use(tempFolder()).path, `state of "us" 'quoted' %41 ü`));
  features = join((await copyTrainedRegistry(folder.registry)).cacheDir, 'features.parquet');
  copyTenant(EXAMPLE.tenant, folder.tenants);
  platform = await start();
  await until(
    async () => (await post(INFER, sound())).status === 200,
    () => words.slice(-10),
    60_000,
  );
}, 600_000);

afterAll(async () => {
  await platform?.stop();
  scope.dispose();
});

test('what no model takes is refused by name, and the same process serves the next caller', async () => {
  const pid = platform.pid();
  const wrong = (change: object): string => sound({ ...TENSORS.distance, ...change });
  const refusals: readonly (readonly [string, string, number, RegExp])[] = [
    [INFER, '{"inputs":[{', 400, /malformed JSON/],
    [INFER, wrong({ shape: [2, 1] }), 400, /distance\W+ has shape \[2, 1\]/],
    [INFER, wrong({ datatype: 'INT64' }), 400, /distance\W+ has datatype INT64; FP32 is expected/],
    [INFER, wrong({ data: ['far'] }), 400, /distance\W+ has \W+far\W+ at element 0/],
    [INFER, wrong({ name: 'mileage' }), 400, /distance\W+ is missing|mileage\W+ is unknown/],
    ['/v2/models/nope/infer', sound(), 404, /nope\W+ is unknown; there are eta/],
    [INFER, JSON.stringify({ inputs: 'x'.repeat(20_000_000) }), 413, /at most 1048576/],
    ['/v2/labels', '{"x":1}', 400, /x\W+ is unknown/],
  ];
  for (const [path, body, status, text] of refusals) {
    expect(await post(path, body)).toEqual({ status, text: expect.stringMatching(text) });
    expect((await post(INFER, sound())).status).toBe(200);
  }
  expect([platform.pid(), platform.restarts()]).toEqual([pid, 0]);
});

test("a page of another origin cannot press the page's buttons, nor read it under a name of its own", async () => {
  const inject = JSON.stringify({ name: 'stop-traffic', active: true });
  for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, {}, { host: 'evil.example', origin: 'http://evil.example' }]) {
    expect((await post('/api/inject', inject, headers)).status).toBe(403);
  }
  expect((await send('/api/view', { method: 'GET', headers: { host: 'evil.example' } })).status).toBe(403);
  expect((await send('/api/view', { method: 'GET' })).text).toContain('"name":"stop-traffic","active":false');
});

test('a client that sends its headers slowly is cut off with 408, and others are served meanwhile', async () => {
  const socket = connect(platform.port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  const drip = setInterval(() => socket.write('x-slow: 1\r\n'), 500);
  socket.on('error', () => undefined).on('close', () => clearInterval(drip)); // cut in the middle of a drip
  socket.write(`POST ${INFER} HTTP/1.1\r\nhost: 127.0.0.1\r\n`);
  expect((await post(INFER, sound())).status).toBe(200);
  await until(() => socket.destroyed);
  expect(answer).toMatch(/^HTTP\/1\.1 408/);
});

test('a second platform on the state folder, and one on a port that is taken, are refused by name', async () => {
  await expect(start()).rejects.toMatchObject({ path: folder.root, problem: `another platform runs on this state folder, pid ${platform.pid()}` });
  const other = openStateFolder(join(scope.use(tempFolder()).path, 'other'));
  await expect(start(other, platform.port)).rejects.toMatchObject({ path: `127.0.0.1:${platform.port}`, problem: 'the port is in use' });
});

test('a replay file that cannot be replayed is refused before anything is sent', async () => {
  const models = specsOf(loadFolder(folder.tenants, { profile: profileOf('local') }));
  const replay = (file: string, time: string) => startReplays({ origin: `http://127.0.0.1:${platform.port}`, file, time, models, rate: 10, folder });
  await expect(replay(features, 'when')).rejects.toMatchObject({ path: features, problem: expect.stringContaining('has no column "when"') });
  await expect(replay(MAIN, 'event_time')).rejects.toMatchObject({ path: MAIN, problem: expect.stringContaining('cannot be read as Parquet') });
});

test('a damaged file of the state folder is named with its remedy; mended, the platform goes on', async () => {
  await platform.stop();
  const files = [
    [folder.clock, 'garbage'],
    [join(folder.root, 'injections.json'), '["no such injection"]'],
    [join(folder.root, 'epoch.json'), '"one"'],
    [join(folder.routes, 'flights', 'eta.json'), '{"positions":['],
    [join(folder.routes, 'flights', 'eta.json'), '{}'],
  ] as const;
  for (const [file, content] of files) {
    const before = readIfThere(file);
    writeFileSync(file, content);
    await expect(start()).rejects.toMatchObject({ path: file, remedy: expect.stringMatching(/^Remove the file: /) });
    if (before === null) rmSync(file);
    else writeFileSync(file, before);
  }
  platform = await start();
  expect((await post(INFER, sound())).status).toBe(200);
});

test('on a full disk answers are withheld, not lost: every acknowledged id is in the log, and once there is room all goes on', async () => {
  await platform.stop();
  const limited = await startLimited(folder);
  const statuses = new Set<number>();
  const withheld: string[] = [];
  for (let sent = 0; sent < 20_000 && !statuses.has(503); sent += 20) {
    for (const { status, text } of await Promise.all(Array.from({ length: 20 }, () => post(INFER, sound(), {}, limited.port)))) {
      statuses.add(status);
      if (status !== 200) withheld.push(text);
    }
  }
  expect(statuses).toEqual(new Set([200, 503]));
  expect(withheld.filter((text) => !text.includes('could not be logged'))).toEqual([]);
  expect((await send('/v2/health/live', { method: 'GET' }, limited.port)).status).toBe(200);
  await limited.stop();
  platform = await start();
  expect((await post(INFER, sound())).status).toBe(200);
});

test('a model file that was cut off is never loaded: callers get the declared fallback, and the page says what is wrong', async () => {
  await platform.stop();
  truncateSync(join(folder.registry, 'models', 'eta', 'versions', '1', 'files', 'model.onnx'), 500);
  platform = await start();
  expect(await post(INFER, sound())).toEqual({ status: 200, text: expect.stringContaining('"data":[0.2]') });
  await until(async () => (await send('/api/view', { method: 'GET' })).text.includes('model.onnx  differs from the manifest'));
  expect((await send('/api/view', { method: 'GET' })).text).toMatch(/"sentence":\{"level":"alarm","text":"eta 1 does not serve/);
});

test('of everything that was acknowledged nothing is lost or twice in the log', async () => {
  await platform.stop();
  const counts = new Map<string, number>();
  for (const { event } of await logged(folder)) counts.set(event.requestId, (counts.get(event.requestId) ?? 0) + 1);
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.filter((id) => counts.get(id) !== 1)).toEqual([]);
});

interface Tensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

const tensor = (name: string, value: number | string): Tensor => {
  return { name, datatype: typeof value === 'string' ? 'BYTES' : 'FP32', shape: [1, 1], data: [value] };
};
const TENSORS = {
  distance: tensor('distance', 500),
  hour: tensor('hour', 8),
  weekday: tensor('weekday', 1),
  month: tensor('month', 3),
  origin: tensor('origin', 'ORD'),
  destination: tensor('destination', 'SFO'),
  origin_late_4h: tensor('origin_late_4h', 0.1),
  nation_late_4h: tensor('nation_late_4h', 0.2),
};

/** A request that version 1 answers, unless `distance` is spoiled. */
function sound(distance: object = TENSORS.distance): string {
  return JSON.stringify({ inputs: [distance, ...Object.values(TENSORS).slice(1)] });
}

const start = (of: StateFolder = folder, port = 0): Promise<PlatformProcess> =>
  startPlatformProcess({ state: of.root, tenants: folder.tenants, port, onOutput: (line) => words.push(line) });

/** The platform's process below a limit on the size of its files: write(2) fails as on a full disk. */
async function startLimited({ root, tenants }: StateFolder): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const args = [process.execPath, MAIN, '--state', root, '--tenants', tenants, '--port', '0'];
  const child = spawn('sh', ['-c', 'ulimit -f 1000; exec "$@"', 'sh', ...args], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => words.push(text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', resolve).once('exit', () => reject(new Error(words.slice(-10).join('\n'))));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { port, stop };
}

interface Answered {
  readonly status: number;
  readonly text: string;
}

type Ask = Pick<Dispatcher.RequestOptions, 'method'> & { readonly headers?: Record<string, string>; readonly body?: string };

const post = (path: string, body: string, headers: Record<string, string> = {}, port = platform.port): Promise<Answered> =>
  send(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }, port);

/** Keeps the id of every prediction that was acknowledged. */
async function send(path: string, ask: Ask, port = platform.port): Promise<Answered> {
  const { statusCode, headers, body } = await request(`http://127.0.0.1:${port}${path}`, ask);
  const text = await body.text();
  if (path === INFER && statusCode === 200) acknowledged.push(String(headers['x-request-id']));
  return { status: statusCode, text };
}
