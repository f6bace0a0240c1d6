import { type Dispatcher, Pool } from 'undici';

/** What became of a request to a model: an answer, none in time, or none at all. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string; readonly headerLength: string | null; readonly body: Buffer }
  | { readonly kind: 'late' }
  | { readonly kind: 'down'; readonly message: string };

export interface Call {
  readonly path: string;
  readonly body: Buffer;
  /** Inference-Header-Content-Length, as the caller gave it. */
  readonly headerLength: string | null;
  readonly timeoutMs: number;
}

const CONNECT_MS = 1_000;
const IDLE_MS = 60_000;
/** A model thread serves one request at a time; more connections would only queue inside it. */
const CONNECTIONS = 64;

interface Place {
  readonly port: number;
  readonly pool: Pool;
}

/** Connections to the model servers on this machine, one pool per slot of a model. Requests are never sent twice: a prediction may cost. */
export class Upstream {
  readonly #places = new Map<string, Place>();

  /** @param place Names the slot; when its port is another one than before, the old copy's connections are let go. */
  send(place: string, port: number, call: Call): Promise<Outcome> {
    return new Promise((resolve) => {
      const handler = new Handler(call.timeoutMs, resolve);
      const headers = call.headerLength === null ? JSON_HEADERS : { ...BINARY_HEADERS, 'inference-header-content-length': call.headerLength };
      this.#pool(place, port).dispatch({ path: call.path, method: 'POST', headers, body: call.body }, handler);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#places.values()].map(({ pool }) => pool.destroy()));
    this.#places.clear();
  }

  #pool(place: string, port: number): Pool {
    const known = this.#places.get(place);
    if (known?.port === port) return known.pool;
    void known?.pool.close().catch(() => undefined); // its requests under way end first; a failure to close is a connection that is gone
    const pool = new Pool(`http://127.0.0.1:${port}`, {
      connections: CONNECTIONS,
      pipelining: 1, // an aborted request takes its connection with it, and must take nobody else's request
      connect: { timeout: CONNECT_MS },
      headersTimeout: 0,
      bodyTimeout: 0, // the request's own deadline covers both
      keepAliveTimeout: IDLE_MS,
    });
    this.#places.set(place, { port, pool });
    return pool;
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const BINARY_HEADERS = { 'content-type': 'application/octet-stream' };

/** One request under way. Settles once; whatever comes after is dropped. */
class Handler implements Dispatcher.DispatchHandler {
  readonly #resolve: (outcome: Outcome) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #settled = false;
  #status = 0;
  #contentType = 'application/json';
  #headerLength: string | null = null;
  #chunks: Buffer[] = [];

  constructor(timeoutMs: number, resolve: (outcome: Outcome) => void) {
    this.#resolve = resolve;
    this.#timer = setTimeout(() => this.#late(), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('too late')); // it waited for a connection longer than it had
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    if (typeof headers['content-type'] === 'string') this.#contentType = headers['content-type'];
    const length = headers['inference-header-content-length'];
    if (typeof length === 'string') this.#headerLength = length;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
    this.#settle({ kind: 'answer', status: this.#status, contentType: this.#contentType, headerLength: this.#headerLength, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle({ kind: 'down', message: error.message });
  }

  #late(): void {
    this.#settle({ kind: 'late' });
    this.#controller?.abort(new Error('too late'));
  }

  #settle(outcome: Outcome): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#resolve(outcome);
  }
}
