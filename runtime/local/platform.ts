import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { openLog } from '../eventlog/log.ts';
import { readJsonIfThere, writeWhole } from '../files.ts';
import { lockDirectory } from '../files-lock.ts';
import { loadHash64 } from '../model/hash.ts';
import { createFilesObjectStore } from '../objects/files.ts';
import { createGateway, type Gateway } from '../proxy/gateway.ts';
import { DEFAULT_LIMITS } from '../proxy/limits.ts';
import { registerProxyMetrics } from '../proxy/metrics.ts';
import { createRouteTable } from '../proxy/routes.ts';
import { DirectoryRegistry } from '../registry/directory.ts';
import { createModelServer } from '../serving/model-server.ts';
import { createMetrics, metricsHandler } from '../telemetry/metrics.ts';
import { createApplier } from './applier.ts';
import { openAuditTrail } from './audit.ts';
import { createEventClock, isClockState } from './clock.ts';
import { type DriftThread, startDriftThread } from './drift/client.ts';
import { createLocalFeatures } from './features.ts';
import { createPage } from './page.ts';
import { startRollouts } from './rollouts.ts';
import { openStateFolder } from './state-folder.ts';
import { differingText, leftOutText } from './tenants.ts';
import { every } from './timers.ts';

export interface PlatformOptions {
  readonly state: string;
  readonly tenants: string;
  /** 0: any free port. */
  readonly port: number;
  readonly onTrouble: (text: string) => void;
}

export interface Platform {
  readonly port: number;
  /** Ends requests under way, then what they logged; the state folder is free afterwards. */
  close(): Promise<void>;
}

const TICK_MS = 250;
const SLOW_TICK_MS = 1_000;

/**
 * The embedded platform: every part of Weir behind its port's embedded adapter, composed here and nowhere else. Killed at any moment and
 * started again it goes on from the state folder.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const folder = openStateFolder(options.state);
  const lock = await lockDirectory(folder.root);
  const now = Date.now;
  const savedClock = readJsonIfThere(folder.clock, isClockState, 'Remove the file: event time goes on with the next request.');
  const clock = createEventClock(savedClock, now());
  const log = await openLog(folder.log, { clock: () => Math.floor(clock.now(now()) ?? now()) });
  for (const { file, cutBytes } of log.repairs) options.onTrouble(`${file}: cut ${cutBytes} bytes of a record that was never acknowledged`);
  const audit = await openAuditTrail(log, now, randomUUID);
  const objects = createFilesObjectStore(folder.objects, { now, newId: randomUUID, report: (problem) => options.onTrouble(problem.message) });
  const registry = new DirectoryRegistry({ directory: folder.registry, now });
  const hash = await loadHash64();
  const models = createModelServer({
    fetch: async (key, version) => registry.fetch((await objects.model(key))?.spec.registry.model ?? key, version),
  });
  const routes = createRouteTable(folder.routes);
  const metrics = createMetrics();
  const features = createLocalFeatures({ tenants: options.tenants, audit, onTrouble: options.onTrouble });
  const page = createPage({ folder, objects, routes, audit, clock, now, models, features, gateway: () => gateway, drift: () => drift });
  const gateway: Gateway = createGateway({
    models: (await objects.models()).map(({ spec }) => spec),
    routes,
    endpoint: (key, slot) => models.endpoint(key, slot),
    append: (topic, partition, records) => log.append(topic, partition, records),
    logPolicy: { kind: 'acknowledged' },
    hash,
    now,
    monotonic: () => performance.now(),
    random: Math.random,
    eventClock: clock,
    limits: DEFAULT_LIMITS,
    features: features.source,
    handlers: [metricsHandler(metrics, () => drift.metrics()), page.handler],
  });
  const drift: DriftThread = startDriftThread({
    folder,
    log,
    audit: (event) => audit.put(event),
    onViews: (views) => page.setDrift(views),
    onTrouble: options.onTrouble,
  });
  const rollouts = await startRollouts({ folder, objects, registry, models, routes, gateway, log, audit, hash, now, onTrouble: options.onTrouble });
  registerProxyMetrics(metrics, gateway.core);

  const tell = (kind: string, text: string, data: Readonly<Record<string, unknown>>) => {
    options.onTrouble(text);
    return audit.write({ eventTime: null, source: 'platform', tenant: '*', model: '*', kind, text, record: null, data });
  };
  const applier = createApplier(options.tenants, objects, {
    problems: async (problems) => {
      for (const text of problems.slice(1)) options.onTrouble(text);
      await tell('FileRefused', problems[0] ?? '', { problems });
    },
    read: async (tenants) => {
      for (const told of tenants.leftOut) await tell('LeftOut', leftOutText(told, (await objects.model(told.key)) !== null), { ...told });
      for (const told of tenants.differing) await tell('ServedOtherwise', differingText(told), { ...told });
      features.apply(tenants);
    },
  });
  const slowTick = async (): Promise<void> => {
    const changed = await applier.tick();
    const specs = (await objects.models()).map(({ spec }) => spec);
    if (changed) {
      gateway.setModels(specs);
      drift.specs(specs);
    }
    await features.tick(specs, gateway.core.features);
    writeWhole(folder.clock, JSON.stringify(clock.state()));
    page.restoreInjections();
    await page.refresh();
  };
  await slowTick();
  const timers = [
    every(TICK_MS, options.onTrouble, async () => {
      gateway.sampler.sample(now());
      drift.tick(clock.now(now()), now());
      await rollouts.tick();
    }),
    every(SLOW_TICK_MS, options.onTrouble, slowTick),
  ];
  await rollouts.warm();
  const port = await gateway.listen(options.port);
  writeWhole(folder.run, JSON.stringify({ pid: process.pid, port, startedAt: new Date(now()).toISOString() }));
  return {
    port,
    async close() {
      await gateway.close();
      await Promise.all(timers.map((timer) => timer.stop()));
      await drift.close();
      await models.close();
      await features.close();
      await log.close();
      rmSync(folder.run, { force: true });
      lock.release();
    },
  };
}
