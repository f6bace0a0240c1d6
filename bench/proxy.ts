import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import type { ModelSpec } from '../runtime/model/types.ts';
import { createRouteTable } from '../runtime/proxy/routes.ts';
import { createModelServer } from '../runtime/serving/model-server.ts';
import { KEY, routeWith, rowsOf, tinySpec } from '../test/support/gateway.ts';
import { writeTinyOnnx } from '../test/support/onnx.ts';
import { tempFolder } from '../test/support/temp.ts';
import { until } from '../test/support/until.ts';
import type { GatewayStart } from './proxy-gateway.ts';
import type { Row } from './report.ts';

const WARM_UP = 5_000;
const REQUESTS = 30_000;
const IN_FLIGHT = 32;
const PAIRS = 3_000;
const PATH = '/v2/models/eta/infer';
/** With distance and place these are the eight features of the flights example. */
const UNUSED = ['hour', 'weekday', 'month', 'origin_late_4h', 'nation_late_4h', 'carrier'];

/** Requests per second of the gateway's CPU time, with a real model and the real log behind it, and the latency that it adds. */
export async function bench(): Promise<readonly Row[]> {
  using folder = tempFolder();
  const server = createModelServer({
    fetch: async () => {
      writeTinyOnnx(`${folder.path}/model.onnx`, { base: [0.5, 0.25], unused: UNUSED });
      return { directory: folder.path, version: { digest: 'sha256:1' } };
    },
  });
  await server.apply(KEY, 'a', { version: '1', digest: 'sha256:1' });
  await until(
    () => server.endpoint(KEY, 'a') !== null,
    () => server.pods(KEY),
  );
  await createRouteTable(`${folder.path}/routes`).putRoute(KEY, routeWith(0));
  const direct = server.endpoint(KEY, 'a')?.port ?? 0;
  const child = fork(fileURLToPath(new URL('./proxy-gateway.ts', import.meta.url)));
  try {
    child.send({ spec: wideSpec(), port: direct, folder: folder.path } satisfies GatewayStart);
    const through = await told(child, 'port');
    return await measure(child, direct, through);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
    await server.close();
  }
}

async function measure(child: ChildProcess, direct: number, through: number): Promise<readonly Row[]> {
  const gateway = new Pool(`http://127.0.0.1:${through}`, { connections: IN_FLIGHT, pipelining: 1 });
  const model = new Pool(`http://127.0.0.1:${direct}`, { connections: IN_FLIGHT, pipelining: 1 });
  const body = Buffer.from(JSON.stringify({ inputs: [...rowsOf([733], ['A']), ...UNUSED.map(number)] }));
  await load(gateway, body, WARM_UP);
  const before = await cpuSeconds(child);
  const started = performance.now();
  await load(gateway, body, REQUESTS);
  const wall = (performance.now() - started) / 1_000;
  const cpu = (await cpuSeconds(child)) - before;
  const { added, without } = await addedLatency(gateway, model, body);
  await Promise.all([gateway.close(), model.close()]);
  return [
    { name: 'proxy: requests per second of its CPU', value: REQUESTS / cpu, unit: '/s' },
    { name: 'proxy: CPU time per request', value: (cpu / REQUESTS) * 1e6, unit: 'us' },
    { name: `proxy: requests per second, ${IN_FLIGHT} in flight, model and client on the same machine`, value: REQUESTS / wall, unit: '/s' },
    { name: 'proxy: p50 through the gateway', value: without + added, unit: 'us', baseline: without, ratio: (without + added) / without },
    { name: 'proxy: added p50', value: added, unit: 'us' },
  ];
}

function wideSpec(): ModelSpec {
  const spec = tinySpec();
  return { ...spec, inputs: [...spec.inputs, ...UNUSED.map((name) => ({ name, kind: 'numeric', datatype: 'FP32', log: 'full' }) as const)] };
}

function number(name: string): unknown {
  return { name, datatype: 'FP32', shape: [1, 1], data: [0.25] };
}

async function load(pool: Pool, body: Buffer, requests: number): Promise<void> {
  let left = requests;
  const client = async (): Promise<void> => {
    while (left-- > 0) await ask(pool, body);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, client));
}

/** One at a time, direct and through the gateway in turns, so that both meet the same machine. Microseconds. */
async function addedLatency(gateway: Pool, model: Pool, body: Buffer): Promise<{ readonly added: number; readonly without: number }> {
  const times = { through: new Float64Array(PAIRS), direct: new Float64Array(PAIRS) };
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const [pool, into] of [[gateway, times.through] as const, [model, times.direct] as const]) {
      const started = performance.now();
      await ask(pool, body);
      into[pair] = (performance.now() - started) * 1_000;
    }
  }
  const p50 = (values: Float64Array): number => values.toSorted()[PAIRS >> 1] ?? 0;
  return { added: p50(times.through) - p50(times.direct), without: p50(times.direct) };
}

async function ask(pool: Pool, body: Buffer): Promise<void> {
  const { statusCode, body: answer } = await pool.request({ path: PATH, method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const text = await answer.text();
  if (statusCode !== 200 || !text.includes('733.5')) throw new Error(`${statusCode}: ${text}`); // a fast wrong answer is worth nothing
}

async function cpuSeconds(child: ChildProcess): Promise<number> {
  child.send('cpu');
  return (await told(child, 'cpu')) / 1e6;
}

async function told(child: ChildProcess, field: string): Promise<number> {
  const [message]: unknown[] = await once(child, 'message');
  const value: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, field) : undefined;
  if (typeof value !== 'number') throw new Error(`the gateway said ${JSON.stringify(message)}; "${field}" is expected`);
  return value;
}
