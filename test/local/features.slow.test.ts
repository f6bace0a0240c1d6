import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withDuckDb } from '../../runtime/drift/executors/duckdb/connection.ts';
import { openReader } from '../../runtime/eventlog/reader.ts';
import { writeWhole } from '../../runtime/files.ts';
import { type PlatformProcess, startPlatformProcess } from '../../runtime/local/platform-process.ts';
import { openStateFolder, type StateFolder } from '../../runtime/local/state-folder.ts';
import { type PredictionEvent, predictionTopic } from '../../runtime/telemetry/events.ts';
import { weir } from '../cli/run.ts';
import { post, type Reply } from '../support/gateway.ts';
import { writeTinyOnnx } from '../support/onnx.ts';
import { tempFolder } from '../support/temp.ts';
import { until } from '../support/until.ts';

// Issue 4: ten lines of YAML validate, render and serve on one machine, with direct inputs and with a feature service over DuckDB. On the real
// platform process; both models are one graph: score = base[place] + distance, with A 0.5 and B 0.25.

const FEATURES = `# yaml-language-server: $schema=https://weir.dev/schemas/features.v1alpha1.json
entities: { city: { key: city } }
views:
  city_facts: { entity: city, freshness: 1h, ttl: 7d, source: { file: data/city_facts.csv }, fields: { place: categorical } }
services: { places: [city_facts] }
`;

const scope = new DisposableStack();
const words: string[] = [];
let root = '';
let tenants = '';
let folder: StateFolder;
let platform: PlatformProcess;

beforeAll(async () => {
  root = scope.use(tempFolder()).path;
  folder = openStateFolder(join(root, 'state'));
  tenants = join(root, 'tenants');
  const common = ['--owner', 'shop-ml', '--latency', '5s', '--outputs', 'score:numeric', '--fallback', 'score=-1', '--dir', tenants];
  await told('init', 'tenant', 'shop', '--owner', 'shop-ml', '--email', 'a@example.com', '--developers', 'shop-ml', '--dir', tenants);
  await told('init', 'model', 'shop/direct', '--inputs', 'distance:numeric,place:categorical', ...common);
  await told('init', 'model', 'shop/reading', '--inputs', 'distance:numeric', '--features', 'places', ...common);
  writeFileSync(join(tenants, 'shop', 'features.yaml'), FEATURES);
  mkdirSync(join(tenants, 'shop', 'data'));
  facts([0.1, 'Berlin', 'A'], [0.2, 'Paris', 'B'], [0.3, 'Berlin', 'B'], [8 * 24, 'Troy', 'B']);
  for (const model of ['direct', 'reading']) await push(model);
  platform = await startPlatformProcess({ state: folder.root, tenants, port: 0, onOutput: (line) => words.push(line) });
  for (const ask of [() => direct('A'), () => reading('Berlin')]) await until(async () => (await ask()) === 100.5, lastWords, 60_000);
}, 300_000);

afterAll(async () => {
  await platform?.stop();
  scope.dispose();
});

const lastWords = (): readonly string[] => words.slice(-10);

async function told(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await weir(args, { cwd: root });
  if (code !== 0) throw new Error(`weir ${args.join(' ')} ended with ${code}: ${err}`);
  return out;
}

/** Rows of the view, each with its age in hours; `hours` ago is event time. */
function facts(...rows: readonly (readonly [number, string, string])[]): void {
  const lines = rows.map(([hours, city, place]) => `${city},${new Date(Date.now() - hours * 3_600_000).toISOString()},${place}`);
  writeWhole(join(tenants, 'shop', 'data', 'city_facts.csv'), `${['city,event_time,place', ...lines].join('\n')}\n`);
}

/** The folder that a training would write, pushed as a person does. */
async function push(model: string): Promise<void> {
  const built = join(root, 'build');
  const training = join(root, 'training.parquet');
  mkdirSync(built, { recursive: true });
  writeTinyOnnx(join(built, 'model.onnx'), { base: [0.5, 0.25] });
  const tensor = (name: string, datatype: string) => ({ name, datatype, shape: [-1, 1] });
  const inputs = [tensor('distance', 'FP32'), tensor('place', 'BYTES')];
  writeFileSync(join(built, 'schema.json'), JSON.stringify({ kind: 'weir.registry/Signature', v: 1, inputs, outputs: [tensor('score', 'FP32')] }));
  const cases = [{ inputs: { distance: 1, place: 'B' }, outputs: { score: 1.25 } }];
  writeFileSync(join(built, 'golden.json'), JSON.stringify({ kind: 'weir.registry/GoldenSet', v: 1, tolerance: 1e-6, cases }));
  const rows = `SELECT TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS at, (i % 300)::FLOAT AS distance, chr((65 + i % 2)::INTEGER) AS place FROM range(5000) r(i)`;
  await withDuckDb((sql) => sql.rows(`COPY (${rows}) TO '${training}' (FORMAT parquet)`));
  await told('registry', 'push', built, '--model', model, '--version', '1', '--reference', training, '--time', 'at', '--state', folder.root);
}

const tensor = (name: string, datatype: string, value: unknown): unknown => ({ name, datatype, shape: [1, 1], data: [value] });

async function ask(model: string, inputs: readonly unknown[], headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return post(platform.port, `/v2/models/${model}/infer`, JSON.stringify({ inputs: [tensor('distance', 'FP32', 100), ...inputs] }), headers);
}

/** The score; -1 is the declared fallback. */
const scoreOf = ({ body }: Reply): unknown => body.outputs?.[0]?.data[0];
const direct = async (place: string): Promise<unknown> => scoreOf(await ask('direct', [tensor('place', 'BYTES', place)]));
const reading = async (city: string): Promise<unknown> => scoreOf(await ask('reading', [tensor('city', 'BYTES', city)]));

/** What the log says of the newest prediction of the model that reads. */
async function lastEvent(): Promise<PredictionEvent | undefined> {
  const log = openReader(folder.log);
  const topic = predictionTopic('shop');
  const partitions = (await log.topics()).find((one) => one.topic === topic)?.partitions ?? 0;
  const events: PredictionEvent[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    for (const { value } of await log.read(topic, partition, 0, { maxRecords: 10_000 })) events.push(JSON.parse(value.toString()));
  }
  return events
    .filter(({ model }) => model === 'reading')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .at(-1);
}

test('a file of ten lines validates, renders, and is served over HTTP', async () => {
  for (const model of ['direct', 'reading']) {
    const file = join(tenants, 'shop', 'models', `${model}.yaml`);
    expect(readFileSync(file, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(await told('validate', tenants)).toContain('no problems');
    expect(await told('render', file)).toMatch(/kind: Deployment[\s\S]*kind: HTTPRoute/);
  }
  const reply = await ask('direct', [tensor('place', 'BYTES', 'B')]);
  expect([reply.status, reply.headers.get('x-model-version'), scoreOf(reply)]).toEqual([200, '1', 100.25]);
});

test('a request that carries the key alone gets the answer of the request that carries the feature', async () => {
  expect([await reading('Berlin'), await reading('Paris')]).toEqual([await direct('A'), await direct('B')]);
  expect(await lastEvent()).toMatchObject({ features: { distance: 100, place: 'B' }, keys: { city: expect.stringMatching(/^[0-9a-f]{16}$/) } });
  const refused = await ask('reading', [tensor('place', 'BYTES', 'A')]);
  expect([refused.status, refused.body.error]).toEqual([400, 'input "place" is read from feature service shop/places; send distance, city alone']);
  const described: unknown = await (await fetch(`http://127.0.0.1:${platform.port}/v2/models/reading`)).json();
  expect(described).toMatchObject({ inputs: [{ name: 'distance' }, { name: 'city' }] });
});

test('an unknown key and a row past its time to live give the model nulls, and the fallback when the file asks for it', async () => {
  expect([await reading('Atlantis'), await reading('Troy')]).toEqual([100.5, 100.5]); // the graph's default place
  expect(await lastEvent()).toMatchObject({ features: { place: null }, featureAgeSeconds: { city_facts: null } });
  const file = join(tenants, 'shop', 'models', 'reading.yaml');
  writeWhole(file, readFileSync(file, 'utf8').replace('service: places', 'service: places, missing: fallback, timeout: 400ms'));
  await until(async () => (await reading('Atlantis')) === -1, lastWords);
  expect([await reading('Troy'), await reading('Paris')]).toEqual([-1, 100.25]);
});

test('a store that is slow costs its timeout: the declared fallback answers, and the event says why', async () => {
  await told('local', 'inject', 'slow-features', '--state', folder.root);
  expect(await reading('Paris')).toBe(-1);
  expect(await lastEvent()).toMatchObject({ status: 'fallback', unread: 'late', outputs: {} });
  expect(await direct('B')).toBe(100.25);
  await told('local', 'inject', 'slow-features', '--off', '--state', folder.root);
  await until(async () => (await reading('Paris')) === 100.25, lastWords);
});

test('a file that is replaced while the platform runs is read again; one that cannot be read leaves the former rows', async () => {
  facts([0, 'Paris', 'A'], [0, 'Oslo', 'B']);
  await until(async () => (await reading('Paris')) === 100.5, lastWords);
  expect([await reading('Oslo'), await reading('Berlin')]).toEqual([100.25, -1]);
  writeWhole(join(tenants, 'shop', 'data', 'city_facts.csv'), 'town,event_time,place\n');
  await until(() => words.some((line) => line.includes('has no column "city"; it has town, event_time, place')), lastWords);
  expect(await reading('Oslo')).toBe(100.25);
});

test('a view that nobody writes any more is told to the owner, and past twice its promise it is not used', async () => {
  const later = String(Date.now() + 3 * 3_600_000); // honoured by the embedded gateway alone
  expect(scoreOf(await ask('reading', [tensor('city', 'BYTES', 'Oslo')], { 'x-weir-event-time': later }))).toBe(-1);
  expect(await lastEvent()).toMatchObject({ unread: 'stale', features: { place: 'B' } });
  const view = async (): Promise<string> => (await fetch(`http://127.0.0.1:${platform.port}/api/view`)).text();
  await until(async () => (await view()).includes('the newest row of view city_facts is 3 h old; 60 min were promised. The fallback answers.'), view);
  const metrics = await (await fetch(`http://127.0.0.1:${platform.port}/metrics`)).text();
  expect(metrics).toMatch(/weir_feature_age_seconds\{tenant="shop",model="reading",view="city_facts"\} 10[89]\d\d/);
});
