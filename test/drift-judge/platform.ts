import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriftServiceOptions } from '../../runtime/drift/service/options.ts';
import { createDriftService, type DriftService } from '../../runtime/drift/service.ts';
import { filesProfileStore } from '../../runtime/drift/store/files.ts';
import type { Reference } from '../../runtime/drift/types.ts';
import { type FilesLog, openLog } from '../../runtime/eventlog/log.ts';
import type { EventLog, NewRecord } from '../../runtime/eventlog/port.ts';
import { AUDIT_TOPIC, type AuditEvent, labelTopic, type PredictionEvent, predictionTopic, type Value } from '../../runtime/telemetry/events.ts';
import { lcg, MODEL_SPEC } from './fixture.ts';

/** A log, a store and a lake in a temporary folder, with a clock that the test turns. */
export interface Bench {
  readonly folder: string;
  readonly log: FilesLog;
  readonly clock: { now: number };
  /** A new service over the same folder, as after a restart. */
  service(over?: Partial<DriftServiceOptions>): Promise<DriftService>;
  /** Sends an hour of predictions, evenly spread, with their labels one delay later when `label` gives one. */
  hour(start: number, n: number, draw: Draw, version?: string): Promise<void>;
  /** Labels that are due by now reach the log. */
  deliver(): Promise<void>;
  audit(): Promise<readonly AuditEvent[]>;
  close(): Promise<void>;
}

export interface Drawn {
  readonly features: Readonly<Record<string, Value>>;
  readonly score: number;
  readonly late: boolean;
  /** Labels about it; default one of event `late` with its truth, a day later. */
  readonly labels?: readonly { readonly event: string; readonly value: boolean; readonly afterSeconds: number }[];
}
export type Draw = (random: () => number) => Drawn;

export async function openBench(reference: Reference): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-drift-'));
  const clock = { now: 0 };
  const log = await openLog(join(folder, 'log'), { clock: () => clock.now });
  let due: { at: number; value: Uint8Array }[] = [];
  let serial = 0;
  const bench: Bench = {
    folder,
    log,
    clock,
    service: (over = {}) =>
      createDriftService({
        log,
        store: filesProfileStore(join(folder, 'drift')),
        lakeDirectory: join(folder, 'lake'),
        references: async () => reference,
        specs: () => [MODEL_SPEC],
        eventNow: () => clock.now,
        wallNow: () => 0,
        monotonic: () => clock.now,
        ...over,
      }),
    async hour(start, n, draw, version = '7') {
      const random = lcg(start + 7);
      const sent: NewRecord[][] = [[], []];
      for (let row = 0; row < n; row++) {
        const at = start * 1000 + Math.floor((row / n) * 3_600_000);
        const { features, score, late, labels = [{ event: 'late', value: late, afterSeconds: 86_400 }] } = draw(random);
        const requestId = `r${serial++}`;
        sent[serial % 2]?.push({ key: null, headers: {}, value: json(predictionEvent(requestId, at, version, features, score)), time: at });
        for (const { event, value, afterSeconds } of labels) {
          const known = at + 1000 * afterSeconds;
          const time = new Date(known).toISOString();
          due.push({ at: known, value: json({ requestId, row: 0, tenant: 'flights', model: 'eta', event, value, time }) });
        }
      }
      for (const [partition, records] of sent.entries()) await log.append(predictionTopic('flights'), partition, records);
      clock.now = (start + 3600) * 1000;
      await bench.deliver();
    },
    async deliver() {
      const now = due.filter(({ at }) => at <= clock.now);
      due = due.filter(({ at }) => at > clock.now);
      if (now.length > 0)
        await log.append(
          labelTopic('flights'),
          0,
          now.map(({ at, value }) => ({ key: null, headers: {}, value, time: at })),
        );
    },
    async audit() {
      return (await readAll(log, AUDIT_TOPIC)).map((value): AuditEvent => JSON.parse(value.toString()));
    },
    async close() {
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

function predictionEvent(requestId: string, at: number, version: string, features: PredictionEvent['features'], score: number): PredictionEvent {
  return {
    id: `${requestId}/0`,
    requestId,
    clientId: null,
    time: new Date(at).toISOString(),
    tenant: 'flights',
    model: 'eta',
    version,
    arm: 'stable',
    status: 200,
    latencySeconds: 0.001,
    features,
    outputs: { late: score },
    typeErrors: [],
  };
}

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

export async function readAll(log: EventLog, topic: string, partition = 0): Promise<Buffer[]> {
  const { next } = await log.offsets(topic, partition);
  const values: Buffer[] = [];
  for (let from = 0; from < next; ) {
    const records = await log.read(topic, partition, from);
    if (records.length === 0) break;
    values.push(...records.map(({ value }) => value));
    from = (records.at(-1)?.offset ?? next) + 1;
  }
  return values;
}

/** Rounds until one finds nothing more to do. */
export async function settle(service: DriftService): Promise<void> {
  for (let idle = 0; idle < 2; ) {
    const { records, windows, labelled, acts } = await service.round();
    idle = records === 0 && windows.length === 0 && !labelled && acts === 0 ? idle + 1 : 0;
  }
}
