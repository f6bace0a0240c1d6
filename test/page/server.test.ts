import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FakePlatform, startPlatform } from './platform.ts';
import { ask, write } from './requests.ts';

let platform: FakePlatform;

beforeAll(async () => {
  platform = await startPlatform();
});

beforeEach(() => platform.calls.splice(0));

afterAll(async () => platform.stop());

test('the page, its modules and its libraries come from this server with a policy that lets nothing else in', async () => {
  const page = await ask(platform.port, { path: '/' });
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'.*require-trusted-types-for 'script'/);
  expect(page.text).not.toMatch(/<script>|https?:/);
  for (const path of ['/page/app.js', '/page/vendor/preact.js', '/page/vendor/htm.js', '/page/vendor/uplot.js']) {
    const asset = await ask(platform.port, { path });
    expect([path, asset.status, asset.headers['content-type']]).toEqual([path, 200, 'text/javascript; charset=utf-8']);
    expect(asset.headers['x-content-type-options']).toBe('nosniff');
  }
});

test('a file that has not changed is not sent again', async () => {
  const { headers } = await ask(platform.port, { path: '/page/app.js' });
  expect(headers['cache-control']).toBe('no-cache');
  const again = await ask(platform.port, { path: '/page/app.js', headers: { 'if-none-match': String(headers.etag) } });
  expect([again.status, again.text]).toEqual([304, '']);
});

test.each([
  '/page/../page-server.ts',
  '/page/%2e%2e/page-server.ts',
  '/page/vendor/../../../../package.json',
  '/page/',
  '/page/vendor/package.json',
  '/api/',
  '/api/constructor',
])('nothing beyond the list is served: %s', async (path) => {
  const answer = await ask(platform.port, { path });
  expect(answer.status).toBe(404);
});

test('a path that is not the page is left to others', async () => {
  expect((await ask(platform.port, { path: '/v2/health/live' })).text).toBe('not the page');
});

test.each(['/', '/api/view', '/api/stream', '/reports/flights/eta/2001-05-01.html'])(
  '%s is refused to a name that only resolves here',
  async (path) => {
    const answer = await ask(platform.port, { path, headers: { host: `weir.example:${platform.port}` } });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ error: expect.stringContaining('weir.example') });
  },
);

test.each(['127.0.0.1', 'localhost', '[::1]'])('the view is answered to %s', async (name) => {
  const answer = await ask(platform.port, { path: '/api/view', headers: { host: `${name}:${platform.port}` } });
  expect(answer.status).toBe(200);
  expect(answer.json()).toMatchObject({ sentence: { level: 'attention' } });
});

test.each([
  ['another origin', { origin: 'http://evil.example' }, 403],
  ['another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['https', { origin: 'https://127.0.0.1' }, 403],
  ['a sandboxed page', { origin: 'null' }, 403],
  ['another site by its own header', { 'sec-fetch-site': 'same-site' }, 403],
  ['another host', { host: 'evil.example' }, 403],
  ['a form', { 'content-type': 'text/plain' }, 415],
])('a write from %s is refused and does nothing', async (_, headers, status) => {
  for (const path of ['/api/inject', '/api/action']) {
    const answer = await write(platform.port, path, { name: 'km', active: true }, headers);
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ error: expect.any(String), remedy: expect.any(String) });
  }
  expect(platform.calls).toEqual([]);
});

test('a write without an origin is refused', async () => {
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(platform.port, { method: 'POST', path: '/api/inject', headers, body: '{"name":"km","active":true}' });
  expect(answer.status).toBe(403);
  expect(platform.calls).toEqual([]);
});

test.each([
  ['/api/inject', '{"name":', 400, 'not JSON'],
  ['/api/inject', '[]', 400, 'other fields'],
  ['/api/inject', '{"name":"kilometres","active":true}', 400, 'kilometres'],
  ['/api/inject', '{"name":"km","active":"yes"}', 400, 'active'],
  ['/api/inject', '{"name":"km","active":true,"__proto__":1}', 400, 'other fields'],
  ['/api/action', '{"model":"flights/eta","action":"Explode","reason":"x"}', 400, 'Explode'],
  ['/api/action', '{"model":"eta","action":"Pause","reason":"x"}', 400, 'model'],
  ['/api/action', '{"model":"flights/eta","action":"Pause","reason":" "}', 400, 'reason'],
  ['/api/action', '{"model":"flights/other","action":"Pause","reason":"x"}', 400, 'flights/other'],
  ['/api/action', `{"model":"flights/eta","action":"Pause","reason":"${'x'.repeat(5000)}"}`, 413, '4096'],
])('%s with %.60s is refused by name', async (path, body, status, word) => {
  const answer = await write(platform.port, path, body);
  expect(answer.status).toBe(status);
  expect(answer.json()).toEqual({ error: expect.stringContaining(word), remedy: expect.any(String) });
  expect(platform.calls).toEqual([]);
});

test('a write from the page reaches the platform, and its answer the page', async () => {
  const answer = await write(platform.port, '/api/action', { model: 'flights/eta', action: 'Unlock', reason: ' a mistake ', digest: 'sha256:4be1' });
  expect(answer.json()).toEqual({ message: 'Unlock was asked for.' });
  await write(platform.port, '/api/inject', { name: 'km', active: false });
  expect(platform.calls).toEqual([
    { act: { model: 'flights/eta', action: 'Unlock', reason: 'a mistake', digest: 'sha256:4be1' } },
    { inject: { name: 'km', active: false } },
  ]);
});

test.each([
  ['POST', '/api/view', 'GET'],
  ['HEAD', '/api/stream', 'GET'],
  ['GET', '/api/inject', 'POST'],
  ['DELETE', '/', 'GET, HEAD'],
])('%s %s is answered with what is allowed', async (method, path, allow) => {
  const answer = await ask(platform.port, { method, path });
  expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
});

test('a verdict is asked for by model, feature and window', async () => {
  const good = await ask(platform.port, { path: '/api/verdict?model=flights%2Feta&feature=distance&window=988693200000' });
  expect(good.json()).toMatchObject({ feature: 'distance', level: 'critical' });
  expect(platform.calls).toEqual([{ detail: { model: 'flights/eta', feature: 'distance', window: 988_693_200_000 } }]);
  expect((await ask(platform.port, { path: '/api/verdict?model=flights%2Feta&feature=unknown&window=1' })).status).toBe(404);
  expect((await ask(platform.port, { path: '/api/verdict?model=flights%2Feta&feature=distance&window=soon' })).status).toBe(400);
});

test('a report and a record are shown as documents that run nothing', async () => {
  const report = await ask(platform.port, { path: '/reports/flights/eta/2001-05-01.html' });
  expect([report.status, report.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(report.headers['content-security-policy']).toMatch(/^default-src 'none';.*sandbox$/);
  const record = await ask(platform.port, { path: '/records/bundles/eta-1/index.json' });
  expect([record.text, record.headers['content-type']]).toEqual(['{"attempt":"eta-1"}', 'text/plain; charset=utf-8']);
  for (const path of [
    '/reports/..%2fkey',
    '/records/%2e%2e%2fregistry%2fkey',
    '/records/.weir/key',
    '/records/a%00b',
    '/records/a%5cb',
    '/records/%',
    '/reports/none.html',
  ]) {
    expect((await ask(platform.port, { path })).status).toBe(404);
  }
});

test("the page's own scripts stay below 40 kB on their way", async () => {
  const scripts = readdirSync(new URL('../../runtime/local/page/', import.meta.url)).filter((name) => name.endsWith('.js'));
  const headers = { 'accept-encoding': 'gzip' };
  const answers = await Promise.all(scripts.map((name) => ask(platform.port, { path: `/page/${name}`, headers })));
  expect(answers.map((answer) => answer.headers['content-encoding'])).toEqual(scripts.map(() => 'gzip'));
  expect(answers.reduce((bytes, answer) => bytes + Number(answer.headers['content-length']), 0)).toBeLessThan(40_000);
});
