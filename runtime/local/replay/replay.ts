import type { ModelSpec } from '../../model/types.ts';
import type { InjectionName } from '../view.ts';
import { type Answer, createInferClient, type InferClient } from './client.ts';
import { createLabelQueue, type LabelQueue, type QueuedLabel } from './label-queue.ts';
import type { ReplaySource, SourceRow } from './source.ts';
import { type TransformState, transform } from './transform.ts';

export interface ReplayOptions {
  readonly origin: string;
  readonly model: ModelSpec;
  readonly source: ReplaySource;
  /** Requests per wall second, sent whether or not earlier ones were answered. */
  readonly rate: number;
  readonly injections: () => readonly InjectionName[];
  /** Wall milliseconds, monotonic. */
  readonly now: () => number;
  readonly random: () => number;
  readonly saved: ReplayState | null;
  /** Sees every answer, with the id that the client gave. */
  readonly onAnswer: (answer: Answer, clientId: string) => void;
}

/** Where a replay goes on after a stop. */
export interface ReplayState {
  readonly eventTime: number;
  readonly labels: readonly QueuedLabel[];
}

/** What the client saw, cumulative. `shed`: not sent, because too many were unanswered. */
export interface ReplayStats {
  readonly sent: number;
  readonly answered: number;
  readonly fallbacks: number;
  readonly refused: number;
  readonly unreachable: number;
  readonly shed: number;
  readonly labels: number;
  readonly versions: Readonly<Record<string, number>>;
  /** Milliseconds over the last 2,000 answers. */
  readonly p50: number;
  readonly p95: number;
  readonly eventTime: number;
  /** True when the file ended. */
  readonly finished: boolean;
}

const TICK_MS = 10;
const MAX_IN_FLIGHT = 2_000;
const LABEL_BATCH = 500;

export class Replay {
  readonly #options: ReplayOptions;
  readonly #client: InferClient;
  readonly #queue: LabelQueue | null;
  readonly #rows: AsyncGenerator<SourceRow>;
  readonly #recent = new Float64Array(2_000);
  readonly #counts = { sent: 0, answered: 0, fallbacks: 0, refused: 0, unreachable: 0, shed: 0, labels: 0 };
  readonly #versions: Record<string, number> = {};
  #transform: TransformState = { frozen: null };
  #eventTime: number;
  #inFlight = 0;
  #stopping = false;
  #finished = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: ReplayOptions) {
    const { model, source, saved } = options;
    this.#options = options;
    this.#client = createInferClient(options.origin, model, options.now);
    const label = model.labels[0];
    this.#queue = label === undefined ? null : createLabelQueue(model.name, label.event, label.delaySeconds * 1_000, saved?.labels ?? []);
    this.#eventTime = saved?.eventTime ?? source.firstTime;
    this.#rows = source.from(this.#eventTime);
  }

  start(): void {
    this.#running = Promise.all([this.#send(), this.#sendLabels()]);
  }

  /** Stops sending and gives what a later run needs to go on. */
  async stop(): Promise<ReplayState> {
    this.#stopping = true;
    await this.#running;
    const drained = this.#options.now() + 5_000;
    while (this.#inFlight > 0 && this.#options.now() < drained) await pause(TICK_MS);
    await this.#client.close();
    return { eventTime: this.#eventTime, labels: this.#queue?.state() ?? [] };
  }

  stats(): ReplayStats {
    const seen = this.#recent.slice(0, Math.min(this.#counts.answered, this.#recent.length)).sort();
    const quantile = (q: number): number => seen[Math.max(0, Math.ceil(q * seen.length) - 1)] ?? 0;
    const { p50, p95 } = { p50: quantile(0.5), p95: quantile(0.95) };
    return { ...this.#counts, versions: { ...this.#versions }, p50, p95, eventTime: this.#eventTime, finished: this.#finished };
  }

  async #send(): Promise<void> {
    let due = 0;
    let last = this.#options.now();
    while (!this.#stopping) {
      await pause(TICK_MS);
      const now = this.#options.now();
      // A machine that slept does not answer with a burst: at most a second's requests are owed.
      due = Math.min(due + ((now - last) / 1_000) * this.#options.rate, this.#options.rate);
      last = now;
      if (this.#options.injections().includes('stop-traffic')) due = 0;
      for (; due >= 1 && !this.#stopping; due -= 1) {
        const next = await this.#rows.next();
        if (next.done === true) {
          this.#finished = true;
          return;
        }
        this.#one(next.value, now);
      }
    }
  }

  #one(source: SourceRow, dueAt: number): void {
    this.#eventTime = source.time;
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      this.#counts.shed += 1;
      return;
    }
    const made = transform(source.features, this.#options.injections(), this.#transform, this.#options.random());
    this.#transform = made.state;
    this.#counts.sent += 1;
    this.#inFlight += 1;
    const clientId = `replay-${source.time}-${this.#counts.sent}`;
    void this.#client.infer(made.row, source.time, dueAt, clientId).then((answer) => this.#seen(answer, source, clientId));
  }

  #seen(answer: Answer, source: SourceRow, clientId: string): void {
    this.#inFlight -= 1;
    this.#options.onAnswer(answer, clientId);
    if (answer.kind !== 'answered') {
      this.#counts[answer.kind] += 1;
      return;
    }
    this.#recent[this.#counts.answered % this.#recent.length] = answer.latencyMs;
    this.#counts.answered += 1;
    if (answer.fallback) this.#counts.fallbacks += 1;
    this.#versions[answer.version] = (this.#versions[answer.version] ?? 0) + 1;
    if (source.label !== null) this.#queue?.add(answer.requestId, source.label, source.time);
  }

  async #sendLabels(): Promise<void> {
    while (this.#queue !== null && !this.#stopping) {
      const batch = this.#queue.due(this.#eventTime, LABEL_BATCH);
      if (batch.length > 0 && (await this.#client.labels(batch))) {
        this.#queue.done(batch.length);
        this.#counts.labels += batch.length;
      } else await pause(10 * TICK_MS);
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
