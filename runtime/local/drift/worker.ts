import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Registry } from 'prom-client';
import { driftMetrics } from '../../drift/metrics.ts';
import { decodeReference } from '../../drift/reference/codec.ts';
import { createDriftService, type DriftService } from '../../drift/service.ts';
import { filesProfileStore } from '../../drift/store/files.ts';
import type { DriftView } from '../../drift/view-types.ts';
import { ArgsError } from '../../errors.ts';
import { openReader } from '../../eventlog/reader.ts';
import { keyOf, type ModelSpec } from '../../model/types.ts';
import { createFilesObjectStore } from '../../objects/files.ts';
import { DirectoryRegistry } from '../../registry/directory.ts';
import { FILES } from '../../registry/port.ts';
import type { AuditEvent } from '../../telemetry/events.ts';
import { createRpc } from '../rpc.ts';
import type { StateFolder } from '../state-folder.ts';
import { threadLog } from './thread-log.ts';

/** Between two rounds that found nothing to do. */
const IDLE_MS = 100;

if (parentPort === null) throw new Error('this file is a worker thread of the platform');
const { folder }: { readonly folder: StateFolder } = workerData;
let specs: readonly ModelSpec[] = [];
let clock: { readonly event: number | null; readonly wall: number } = { event: null, wall: Date.now() };
let closing = false;
const service = Promise.withResolvers<DriftService>();

const metrics = new Registry(); // without Node's own figures: the platform's registry has them
const shown = driftMetrics(metrics);

const rpc = createRpc(
  parentPort,
  {
    clock: (event: number | null, wall: number) => {
      clock = { event, wall };
    },
    specs: (next: readonly ModelSpec[]) => {
      specs = next;
    },
    detail: async (model: string, feature: string, window: number) => (await service.promise).detail(model, feature, window),
    metrics: async () => {
      const running = await service.promise;
      shown.show(
        specs.flatMap((spec) => running.status(keyOf(spec)) ?? []),
        running.collector(),
      );
      return metrics.metrics();
    },
    close: () => {
      closing = true;
    },
  },
  (error) => {
    throw error;
  },
);

const registry = new DirectoryRegistry({ directory: folder.registry, now: Date.now });
service.resolve(
  await createDriftService({
    log: threadLog(openReader(folder.log), rpc),
    store: filesProfileStore(folder.drift),
    lakeDirectory: folder.lake,
    references: async ({ registry: { model } }, version) => {
      if ((await registry.get(model, version))?.hasReference !== true) return null;
      try {
        const { directory } = await registry.fetch(model, version);
        return decodeReference(readFileSync(join(directory, FILES.reference), 'utf8'), `${model}/${version}/${FILES.reference}`);
      } catch (error) {
        if (!(error instanceof ArgsError)) throw error;
        // A version whose files were changed has no reference to trust, and must not stop the watch over the others. It does not load either.
        process.stderr.write(`drift: ${model}/${version} is not judged until the next start: ${error.message}\n`);
        return null;
      }
    },
    specs: () => specs,
    objects: createFilesObjectStore(folder.objects, {
      now: () => clock.wall,
      newId: randomUUID,
      report: (problem) => process.stderr.write(`${problem.message}\n`),
    }),
    eventNow: () => clock.event,
    wallNow: () => clock.wall,
    monotonic: () => performance.now(),
    audit: (event: AuditEvent) => rpc.call('audit', event),
  }),
);

const running = await service.promise;
// oxlint-disable-next-line no-unmodified-loop-condition -- the call `close` ends it
while (!closing) {
  const { records, windows, labelled, acts } = await running.round();
  if (windows.length > 0 || labelled || acts > 0) rpc.tell('views', viewsOf(running));
  if (records === 0 && windows.length === 0) await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
}
await running.flush();
parentPort.close();

function viewsOf(from: DriftService): Readonly<Record<string, DriftView>> {
  return Object.fromEntries(specs.flatMap((spec) => [[keyOf(spec), from.view(keyOf(spec))]]).filter(([, view]) => view !== null));
}
