import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../runtime/proxy/gateway.ts';
import { post, rowsOf, startWorld, type World } from '../support/gateway.ts';
import { until } from '../support/until.ts';

const distance = { name: 'distance', datatype: 'FP32', shape: [1, 1], data: [1] };
const place = { name: 'place', datatype: 'BYTES', shape: [1, 1], data: ['A'] };

async function alive(world: World): Promise<void> {
  expect((await world.infer(rowsOf([1], ['A']))).status).toBe(200);
}

/** Everything that comes back on a raw connection until the other side ends it. */
function converse(port: number, ...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.on('data', (chunk) => {
      heard += chunk.toString();
    });
    socket.on('close', () => resolve(heard));
    socket.on('error', (error) => (heard === '' ? reject(error) : resolve(heard)));
  });
}

describe('inputs that the model file does not allow', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.each([
    ['a missing input', [distance], 'input "place" is missing; BYTES of shape [rows, 1] is expected'],
    ['no input', [], 'input "distance" is missing; FP32 of shape [rows, 1] is expected'],
    ['an unknown input', [distance, place, { ...place, name: 'colour' }], 'input "colour" is unknown; the model takes distance, place'],
    [
      'an unknown input in the place of one',
      [distance, { ...place, name: '__proto__' }],
      'input "__proto__" is unknown; the model takes distance, place',
    ],
    ['an input given twice', [distance, distance], 'input "distance" is given twice'],
    ['a wrong datatype', [{ ...distance, datatype: 'FP64' }, place], 'input "distance" has datatype FP64; FP32 is expected'],
    ['a datatype that is not served', [{ ...distance, datatype: 'FP16' }, place], 'input "distance" has datatype "FP16", which is not served'],
    ['a wrong shape', [{ ...distance, shape: [1] }, place], 'input "distance" has shape [1]; [1, 1] is expected'],
    ['different numbers of rows', [distance, { ...place, shape: [2, 1], data: ['A', 'B'] }], 'input "place" has shape [2, 1]; [1, 1] is expected'],
    [
      'fewer elements than the shape',
      [{ ...distance, shape: [3, 1] }, place],
      'input "distance" has shape [3, 1], which is 3 elements, but 1 were given',
    ],
    ['no rows', [{ ...distance, shape: [0, 1], data: [] }, place], 'input "distance" has no rows; 1 to 1000 are expected'],
    [
      'too many rows',
      rowsOf(
        Array.from({ length: 1_001 }, () => 1),
        Array.from({ length: 1_001 }, () => 'A'),
      ),
      'the request has 1001 rows; at most 1000 are served',
    ],
    ['a string for a number', [{ ...distance, data: ['1'] }, place], 'input "distance" has "1" at element 0; FP32 expects a number or null'],
    ['a lone surrogate', [distance, { ...place, data: ['\ud800'] }], 'BYTES expects a string of valid Unicode'],
  ])('%s gives 400 by name', async (_, inputs, message) => {
    const { status, headers, body } = await world.infer(inputs);
    expect([status, body.error]).toEqual([400, expect.stringContaining(message)]);
    expect(headers.get('x-request-id')).not.toBeNull();
    await alive(world);
  });
});

describe('bad input', () => {
  test('malformed, deep, or empty JSON, another path, method, or encoding: each is an error by name', async () => {
    await using world = await startWorld();
    const answer = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
      const reply = await post(world.port, path, body, headers);
      return [reply.status, reply.body.error];
    };
    expect(await answer('/v2/models/eta/infer', '{"inputs": [')).toEqual([400, expect.stringContaining('malformed JSON')]);
    expect(await answer('/v2/models/eta/infer', '['.repeat(100_000))).toEqual([400, 'the JSON is nested deeper than 16 levels']);
    expect(await answer('/v2/models/eta/infer', '')).toEqual([400, 'the body is empty; a JSON object is expected']);
    expect(await answer('/v2/models/eta/infer', '{}', { 'content-encoding': 'gzip' })).toEqual([
      415,
      expect.stringContaining('"gzip" is not served'),
    ]);
    expect(await answer('/v2/models/nobody/infer', '{}')).toEqual([404, 'model "nobody" is unknown; there are eta']);
    expect(await answer('/v2/models/eta/else', '{}')).toEqual([404, 'there is no /v2/models/eta/else']);
    expect(await answer('/else', '{}')).toEqual([404, 'there is no /else']);
    expect(await answer('/v2/models/eta', '{}')).toEqual([405, 'POST /v2/models/eta is not served; GET is']);
    await alive(world);
  });

  test('a body of 20 MB is refused at once, whether its length is declared or not, and the connection ends', async () => {
    await using world = await startWorld();
    const big = Buffer.alloc(20 << 20, 0x20);
    for (const chunked of [false, true]) {
      const status = await new Promise((resolve, reject) => {
        const headers = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': big.length };
        const sent = httpRequest({ port: world.port, method: 'POST', path: '/v2/models/eta/infer', headers }, (response) => {
          response.resume();
          resolve([response.statusCode, response.headers.connection]);
        });
        sent.on('error', reject);
        sent.end(big);
      });
      expect(status).toEqual([413, 'close']);
    }
    await alive(world);
  });

  test('a client that waits for 100 Continue with 20 MB is told 413 before it sends any', async () => {
    await using world = await startWorld();
    const head = `POST /v2/models/eta/infer HTTP/1.1\r\nHost: x\r\nContent-Length: ${20 << 20}\r\nExpect: 100-continue\r\n\r\n`;
    const heard = await converse(world.port, head);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    await alive(world);
  });

  test('slow-loris clients get 408, in the headers or in the body, while others are served', async () => {
    await using world = await startWorld({ limits: { headersMs: 200, bodyMs: 300 } });
    const slowHeaders = converse(world.port, 'POST /v2/models/eta/infer HTTP/1.1\r\nHost: x\r\nX-Slow:');
    const slowBody = converse(world.port, 'POST /v2/models/eta/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"inputs"');
    await alive(world);
    expect(await slowHeaders).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    expect(await slowBody).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    await alive(world);
  });

  test('headers that are too long give 431, and what is not HTTP gives 400', async () => {
    await using world = await startWorld();
    expect(await converse(world.port, `GET /v2 HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await converse(world.port, 'hello there\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    await alive(world);
  });

  test('a client that goes away inside its body leaves nothing behind', async () => {
    await using world = await startWorld();
    const socket = connect(world.port, '127.0.0.1');
    socket.write('POST /v2/models/eta/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"inputs"', () => socket.destroy());
    await new Promise((resolve) => socket.on('close', resolve));
    await alive(world);
    expect(world.log.predictions()).toHaveLength(1);
  });

  test('more requests at once than the limit get 503 with Retry-After, and the others are answered', async () => {
    await using world = await startWorld({ limits: { maxInFlight: 2 } });
    world.server.disturb('flights/eta', 'a', { delayMs: 300, errorShare: 0 });
    let replies: readonly { readonly status: number; readonly retry: string | null }[] = [];
    await until(async () => {
      const all = await Promise.all(Array.from({ length: 6 }, () => world.infer(rowsOf([1], ['A']))));
      replies = all.map(({ status, headers }) => ({ status, retry: headers.get('retry-after') }));
      return replies.some(({ status }) => status === 503);
    });
    expect(replies.filter(({ status }) => status === 503).every(({ retry }) => retry === '1')).toBe(true);
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
  });

  test('a port in use is an error for a person', async () => {
    await using world = await startWorld({ route: null });
    const second = createGateway(world.gateway.core.deps);
    await expect(second.listen(world.port)).rejects.toThrow(`127.0.0.1:${world.port}  the port is in use`);
  });
});
