import { Worker } from 'node:worker_threads';
import { ArgsError, messageOf } from '../errors.ts';
import type { VersionRef } from '../model/status.ts';
import type { Slot } from '../model/types.ts';
import type { Disturbance, FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import type { Pod } from './port.ts';

/** Waits between restarts of a crashed copy: doubled from `firstMs` up to `maxMs`, and forgotten after it has served for `maxMs`. */
export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

export interface CopyOptions {
  readonly slot: Slot;
  readonly version: VersionRef;
  /**
   * Verifies the version and says what to load. Asked again at each restart, so that a changed file is never loaded. An ArgsError is
   * final; any other error (too many open files, a busy disk) is tried again like a crash.
   */
  readonly prepare: () => Promise<WorkerOptions>;
  readonly backOff: BackOff;
}

const WORKER = new URL('./worker.ts', import.meta.url);

/** One copy of one version in one slot: a worker thread that is started again when it dies. */
export class Copy {
  readonly version: VersionRef;
  readonly #options: CopyOptions;
  #worker: Worker | null = null;
  #port: number | null = null;
  #phase: Pod['phase'] = 'Loading';
  #message = '';
  #restarts = 0;
  #waitMs: number;
  #timer: NodeJS.Timeout | undefined;
  #disturbance: Disturbance | null = null;
  #stopped = false;

  constructor(options: CopyOptions) {
    this.version = options.version;
    this.#options = options;
    this.#waitMs = options.backOff.firstMs;
    void this.#start();
  }

  pod(): Pod {
    return { slot: this.#options.slot, version: this.version, phase: this.#phase, message: this.#message, restarts: this.#restarts };
  }

  /** Null while it does not serve. */
  port(): number | null {
    return this.#port;
  }

  disturb(disturbance: Disturbance | null): void {
    this.#disturbance = disturbance;
    this.#tell(this.#worker);
  }

  /** Ends the worker as a crash does: it comes back. */
  async kill(): Promise<void> {
    await this.#worker?.terminate();
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#port = null;
    clearTimeout(this.#timer);
    await this.#worker?.terminate();
  }

  async #start(): Promise<void> {
    const prepared = await this.#options.prepare().catch((error: unknown) => ({ refused: messageOf(error), final: error instanceof ArgsError }));
    if (this.#stopped) return;
    if ('refused' in prepared) {
      if (prepared.final) this.#fail(prepared.refused);
      else this.#ended(prepared.refused);
      return;
    }
    const worker = new Worker(WORKER, { workerData: prepared });
    this.#worker = worker;
    let why = 'it was ended';
    worker.on('message', (said: FromWorker) => (said.kind === 'ready' ? this.#ready(said.port) : this.#fail(said.message)));
    worker.on('error', (error) => {
      why = messageOf(error);
    });
    worker.on('exit', () => this.#ended(why));
  }

  #ready(port: number): void {
    this.#port = port;
    this.#phase = 'Ready';
    this.#message = '';
    this.#tell(this.#worker);
    this.#timer = setTimeout(() => {
      this.#waitMs = this.#options.backOff.firstMs;
    }, this.#options.backOff.maxMs).unref();
  }

  /** Not tried again: the same bytes would fail again. */
  #fail(why: string): void {
    this.#phase = 'Failed';
    this.#message = `version ${this.version.version} cannot be loaded: ${why}`;
    void this.#worker?.terminate();
  }

  #ended(why: string): void {
    this.#port = null;
    this.#worker = null;
    if (this.#stopped || this.#phase === 'Failed') return;
    this.#phase = 'Loading';
    this.#message = `it does not run: ${why}; started again after ${this.#waitMs} ms`;
    this.#restarts += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#start(), this.#waitMs);
    this.#waitMs = Math.min(this.#options.backOff.maxMs, this.#waitMs * 2);
  }

  #tell(worker: Worker | null): void {
    worker?.postMessage({ kind: 'disturb', disturbance: this.#disturbance } satisfies ToWorker, []);
  }
}
