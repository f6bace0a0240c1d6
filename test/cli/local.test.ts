import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { localOptions } from '../../cli/commands/local.ts';
import { main } from '../../cli/main.ts';
import { lockDirectory } from '../../runtime/files-lock.ts';
import { INJECTION_NAMES } from '../../runtime/local/injections.ts';
import { fakeContext, pretendRunning, stateWithModel } from './fakes.ts';
import { scratch, weir } from './run.ts';

/** A platform's page that keeps what it was sent. */
async function page(
  status: number,
): Promise<{ readonly port: number; readonly got: { readonly request: IncomingMessage; readonly body: string }[] }> {
  const got: { readonly request: IncomingMessage; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      got.push({ request, body: await text(request) });
      response.writeHead(status).end('{"error":"no"}');
    };
    void answer();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { port: address.port, got };
}

test('inject speaks to the running platform as its own page does', async () => {
  const { folder } = await stateWithModel();
  const { port, got } = await page(200);
  pretendRunning(folder, port);
  expect(await weir(['local', 'inject', 'km', '--state', folder.root])).toEqual({
    code: 0,
    out: 'km is on: distance arrives in kilometres instead of miles\n',
    err: '',
  });
  expect(await weir(['local', 'inject', 'km', '--off', '--json', '--state', folder.root])).toMatchObject({
    code: 0,
    out: expect.stringContaining('"active":false'),
  });
  expect(got.map(({ body }) => JSON.parse(body))).toEqual([
    { name: 'km', active: true },
    { name: 'km', active: false },
  ]);
  expect(got[0]?.request).toMatchObject({
    method: 'POST',
    url: '/api/inject',
    headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' },
  });
});

test('inject without a platform, and one that refuses, are told by name', async () => {
  const { folder } = await stateWithModel();
  const context = fakeContext(folder.root);
  expect(await main(['local', 'inject', 'km'], context)).toBe(2);
  const { port } = await page(403);
  pretendRunning(folder, port);
  expect(await main(['local', 'inject', 'km'], context)).toBe(2);
  expect(context.noted).toEqual([
    `weir: ${folder.root}  no platform runs on this state folder\n  Start it: weir local`,
    `weir: http://127.0.0.1:${port}  the platform refused with 403: {"error":"no"}\n  Use the Weir that runs there.`,
  ]);
});

test('reset removes what Weir made, and nothing else', async () => {
  const { folder } = await stateWithModel();
  mkdirSync(join(folder.root, 'log/weir.audit'), { recursive: true });
  writeFileSync(join(folder.root, 'run.json.4711.3.tmp'), 'half of a killed write');
  writeFileSync(join(folder.root, 'mine.txt'), 'kept');
  expect(await weir(['local', 'reset', '--yes', '--state', folder.root])).toEqual({
    code: 0,
    out: `${folder.root} is empty, but for what Weir did not make: mine.txt\n`,
    err: '',
  });
  expect(readdirSync(folder.root)).toEqual(['mine.txt']);
});

test('reset given to the parent command goes to the same folder, which is gone when it is empty', async () => {
  const { folder } = await stateWithModel();
  expect(await weir(['local', '--state', folder.root, 'reset', '-y'])).toMatchObject({ code: 0, out: `${folder.root} is empty\n` });
  expect(existsSync(folder.root)).toBe(false);
});

test('reset never touches a folder that Weir did not make', async () => {
  const folder = scratch();
  mkdirSync(join(folder, 'log'));
  expect(await weir(['local', 'reset', '--yes', '--state', folder])).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no state folder of Weir here'),
  });
  expect(readdirSync(folder)).toEqual(['log']);
});

test('reset asks first, and without a terminal to ask on it wants --yes', async () => {
  const { folder } = await stateWithModel();
  expect(await weir(['local', 'reset', '--state', folder.root])).toMatchObject({ code: 2, err: expect.stringContaining('Add --yes') });
  expect(await main(['local', 'reset'], { ...fakeContext(folder.root), terminal: true })).toBe(2); // answered no
  expect(existsSync(join(folder.root, 'format'))).toBe(true);
  expect(await main(['local', 'reset'], { ...fakeContext(folder.root), terminal: true, confirm: async () => true })).toBe(0);
  expect(existsSync(folder.root)).toBe(false);
});

test('reset is refused while a platform lives, by its run.json or by its lock', async () => {
  const { folder } = await stateWithModel();
  pretendRunning(folder, 1);
  expect(await weir(['local', 'reset', '--yes', '--state', folder.root])).toMatchObject({
    code: 2,
    err: expect.stringContaining(`pid ${process.pid}`),
  });
  pretendRunning(folder, 1, 2 ** 22);
  const lock = await lockDirectory(folder.root);
  onTestFinished(() => lock.release());
  expect(await weir(['local', 'reset', '--yes', '--state', folder.root])).toMatchObject({
    code: 2,
    err: expect.stringContaining('another platform runs'),
  });
  expect(existsSync(folder.objects)).toBe(true);
});

test('flags become options with absolute paths', () => {
  const context = { env: { WEIR_STATE: '/tmp/w' } };
  expect(localOptions(context, { port: 0, variant: 'steps' })).toEqual({
    headless: false,
    exit: false,
    tour: false,
    port: 0,
    state: '/tmp/w',
    variant: 'steps',
    json: false,
  });
  const mine = localOptions(context, {
    port: 1,
    variant: 'steps',
    tenants: 't',
    replay: 'r.parquet',
    time: 'at',
    rate: 5,
    state: '/s',
    headless: true,
  });
  expect(mine).toMatchObject({
    tenants: join(process.cwd(), 't'),
    replay: join(process.cwd(), 'r.parquet'),
    time: 'at',
    rate: 5,
    state: '/s',
    headless: true,
  });
});

test('help names every injection', async () => {
  const { out } = await weir(['local', 'inject', '--help']);
  for (const name of INJECTION_NAMES) expect(out).toContain(`  ${name} `);
});
