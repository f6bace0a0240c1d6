import { Worker } from 'node:worker_threads';
import type { DriftView, VerdictDetail } from '../../drift/view-types.ts';
import type { EventLog, NewRecord } from '../../eventlog/port.ts';
import type { ModelSpec } from '../../model/types.ts';
import type { AuditEvent } from '../../telemetry/events.ts';
import { createRpc, type Rpc } from '../rpc.ts';
import type { StateFolder } from '../state-folder.ts';

export interface DriftThreadOptions {
  readonly folder: StateFolder;
  /** The one writer of the log: the thread appends and commits through it. */
  readonly log: EventLog;
  readonly audit: (event: AuditEvent) => Promise<void>;
  readonly onViews: (views: Readonly<Record<string, DriftView>>) => void;
  /** The thread ended or failed: said once, started again. */
  readonly onTrouble: (text: string) => void;
}

/** The thread that watches data and predictions, as the main thread sees it. It is started again when it dies: all its state is in the store. */
export interface DriftThread {
  /** Event time and wall time now, epoch milliseconds; the thread has no clock of its own. */
  tick(event: number | null, wall: number): void;
  specs(specs: readonly ModelSpec[]): void;
  detail(model: string, feature: string, window: number): Promise<VerdictDetail | null>;
  metrics(): Promise<string>;
  close(): Promise<void>;
}

const RESTART_MS = 1_000;

export function startDriftThread(options: DriftThreadOptions): DriftThread {
  let closing = false;
  let specs: readonly ModelSpec[] = [];
  let running = start();

  function start(): { readonly worker: Worker; readonly rpc: Rpc; readonly ended: Promise<unknown> } {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { folder: options.folder } });
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    const rpc = createRpc(worker, handlers(options), (error) => options.onTrouble(`drift: ${String(error)}`));
    worker.once('error', (error) => options.onTrouble(`drift: the watching thread failed: ${error instanceof Error ? error.stack : String(error)}`));
    worker.once('exit', (code) => {
      rpc.fail(new Error('the watching thread ended'));
      if (closing) return;
      options.onTrouble(`drift: the watching thread ended with code ${code}; starting it again`);
      setTimeout(() => {
        if (!closing) running = start();
      }, RESTART_MS);
    });
    rpc.tell('specs', specs);
    return { worker, rpc, ended };
  }

  return {
    tick: (event, wall) => running.rpc.tell('clock', event, wall),
    specs(next) {
      specs = next;
      running.rpc.tell('specs', next);
    },
    detail: (model, feature, window) => running.rpc.call<VerdictDetail | null>('detail', model, feature, window),
    metrics: () => running.rpc.call<string>('metrics'),
    async close() {
      closing = true;
      running.rpc.tell('close');
      await running.ended;
    },
  };
}

/** What the thread may ask of the main thread. */
function handlers({ log, audit, onViews }: DriftThreadOptions) {
  return {
    // Bytes arrive as Uint8Array: structured clone knows no Buffer.
    append: (topic: string, partition: number, records: readonly NewRecord[]) => log.append(topic, partition, records),
    commit: (group: string, topic: string, partition: number, next: number) => log.commit(group, topic, partition, next),
    audit: (event: AuditEvent) => audit(event),
    views: (views: Readonly<Record<string, DriftView>>) => onViews(views),
  };
}
