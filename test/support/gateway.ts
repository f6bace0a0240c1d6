import type { EventLog, NewRecord } from '../../runtime/eventlog/port.ts';
import { loadHash64 } from '../../runtime/model/hash.ts';
import { positionsFor } from '../../runtime/model/positions.ts';
import type { Route } from '../../runtime/model/status.ts';
import { keyOf, type ModelKey, type ModelSpec, type Slot } from '../../runtime/model/types.ts';
import type { GatewayDeps } from '../../runtime/proxy/core.ts';
import { createGateway, type Gateway } from '../../runtime/proxy/gateway.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from '../../runtime/proxy/limits.ts';
import { createRouteTable, type RouteTable } from '../../runtime/proxy/routes.ts';
import { createModelServer, type ModelServer } from '../../runtime/serving/model-server.ts';
import type { LabelEvent, PredictionEvent } from '../../runtime/telemetry/events.ts';
import { writeTinyOnnx } from './onnx.ts';
import { tempFolder } from './temp.ts';
import { until } from './until.ts';

export const KEY: ModelKey = 'flights/eta';

/** A model file as the tiny ONNX graph of `onnx.ts` needs it. */
export function tinySpec(changes: Partial<ModelSpec> = {}): ModelSpec {
  return {
    tenant: 'flights',
    name: 'eta',
    owner: 'team',
    registry: { model: 'eta', version: '1' },
    inputs: [
      { name: 'distance', kind: 'numeric', datatype: 'FP32', log: 'full' },
      { name: 'place', kind: 'categorical', datatype: 'BYTES', log: 'full' },
    ],
    outputs: [{ name: 'score', kind: 'numeric', datatype: 'FP32', log: 'full' }],
    score: 'score',
    serving: { latencySeconds: 5 },
    slo: { availability: 0.99, latency: { quantile: 0.95, seconds: 0.2 } },
    fallback: { score: 0.2 },
    labels: [{ event: 'late', delaySeconds: 86_400 }],
    drift: { minDrop: 0.01, severeDrop: 0.05, cadenceSeconds: 3_600, maxNullShare: {} },
    rollout: PLAN,
    ...changes,
  };
}

const PLAN: ModelSpec['rollout'] = {
  preset: 'local',
  suspend: false,
  steps: [],
  bake: { durationSeconds: 0, controlMirror: 0 },
  gates: [],
  guards: [],
  analysis: { alpha: 0.01, r0: 1.2, advanceAlpha: 0.05, blockSeconds: 1, c: 0, cap: 2.5, maxNoDataSeconds: 60 },
  progressDeadlineSeconds: 60,
  stickiness: null,
  rollback: { keepCandidateSeconds: 0, bundleDeadlineSeconds: 1, lock: 'PerDigest', window: 1 },
  timing: { settleSeconds: 0, stillSeconds: 0, lagSeconds: 0 },
};

/** Stable "1" in slot a, candidate "2" in slot b. */
export function routeWith(candidateWeight: number, changes: Partial<Route> = {}): Route {
  return {
    positions: positionsFor({ stableSlot: 'a', candidateSlot: 'b', candidateWeight, sticky: false, start: 0 }),
    mirror: null,
    sticky: null,
    versions: { a: { version: '1', digest: 'sha256:1' }, b: { version: '2', digest: 'sha256:2' } },
    stableSlot: 'a',
    epoch: 1,
    ...changes,
  };
}

/** A log in memory that can be told to be full. */
export class MemoryLog {
  readonly records: (NewRecord & { readonly topic: string; readonly partition: number })[] = [];
  full = false;

  readonly append: EventLog['append'] = async (topic, partition, records) => {
    if (this.full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const first = this.records.length;
    for (const record of records) this.records.push({ ...record, topic, partition });
    return { first, last: this.records.length - 1 };
  };

  predictions(): readonly PredictionEvent[] {
    return this.#on('weir.predictions.').map((record) => JSON.parse(Buffer.from(record.value).toString()));
  }

  labels(): readonly LabelEvent[] {
    return this.#on('weir.labels.').map((record) => JSON.parse(Buffer.from(record.value).toString()));
  }

  #on(prefix: string): readonly NewRecord[] {
    return this.records.filter((record) => record.topic.startsWith(prefix));
  }
}

/** The gateway in front of real model workers: slot a adds 0.5 and 0.25, slot b 10 and 20; place C fails inside the graph. */
export interface World extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly server: ModelServer;
  readonly routes: RouteTable;
  readonly log: MemoryLog;
  readonly port: number;
  readonly folder: string;
  infer(inputs: unknown, headers?: Readonly<Record<string, string>>, path?: string): Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly error?: string; readonly outputs?: readonly { readonly data: readonly unknown[] }[]; readonly id?: string };
}

export interface WorldOptions {
  readonly specs?: readonly ModelSpec[];
  readonly route?: Route | null;
  readonly limits?: Partial<GatewayLimits>;
  readonly deps?: Partial<GatewayDeps>;
}

export async function startWorld({ specs = [tinySpec()], route = routeWith(0), limits = {}, deps = {} }: WorldOptions = {}): Promise<World> {
  const folder = tempFolder();
  const server = createModelServer({
    backOff: { firstMs: 20, maxMs: 200 },
    fetch: async (_model, version) => {
      writeTinyOnnx(`${folder.path}/model.onnx`, { base: version === '1' ? [0.5, 0.25] : [10, 20] });
      return { directory: folder.path, version: { digest: `sha256:${version}` } };
    },
  });
  const routes = createRouteTable(`${folder.path}/routes`);
  for (const [key, versions] of specs.map((spec) => [keyOf(spec), route?.versions] as const)) {
    for (const slot of ['a', 'b'] satisfies Slot[]) {
      const version = versions?.[slot];
      if (version != null) await server.apply(key, slot, version);
      if (version != null)
        await until(
          () => server.endpoint(key, slot) !== null,
          () => server.pods(key),
        ); // one file is written for all
    }
    if (route !== null) await routes.putRoute(key, route);
  }
  const log = new MemoryLog();
  const gateway = createGateway({ ...(await fixed(server, routes, log)), limits: { ...DEFAULT_LIMITS, ...limits }, models: specs, ...deps });
  const port = await gateway.listen(0);
  return {
    gateway,
    server,
    routes,
    log,
    port,
    folder: folder.path,
    infer: (inputs, headers = {}, path = '/v2/models/eta/infer') => post(port, path, JSON.stringify({ id: 'q', inputs }), headers),
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await server.close();
      folder[Symbol.dispose]();
    },
  };
}

async function fixed(server: ModelServer, routes: RouteTable, log: MemoryLog): Promise<Omit<GatewayDeps, 'limits' | 'models'>> {
  return {
    routes,
    endpoint: (model, slot) => server.endpoint(model, slot),
    append: log.append,
    logPolicy: { kind: 'acknowledged' },
    hash: await loadHash64(),
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    eventClock: null,
    handlers: [],
  };
}

export async function post(port: number, path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** Inputs of the tiny graph, one row per place. */
export function rowsOf(distance: readonly unknown[], place: readonly unknown[]): readonly unknown[] {
  const shape = [distance.length, 1];
  return [
    { name: 'distance', datatype: 'FP32', shape, data: distance },
    { name: 'place', datatype: 'BYTES', shape, data: place },
  ];
}
