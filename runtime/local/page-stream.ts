import type { ServerResponse } from 'node:http';
import type { AuditEvent } from '../telemetry/events.ts';
import type { Sample } from '../telemetry/samples.ts';
import type { View } from './view.ts';

/** News for the page. `changed` carries nothing: the view is only built when somebody looks, and at most twice a second. */
export type PageEvent =
  | { readonly kind: 'changed' }
  | { readonly kind: 'sample'; readonly model: string; readonly sample: Sample }
  | { readonly kind: 'audit'; readonly audit: AuditEvent };

export interface StreamSource {
  view(): View;
  /** Calls the listener for each event until the returned function is called. */
  subscribe(listener: (event: PageEvent) => void): () => void;
}

export interface StreamLimits {
  /** Open streams. Default 64: a browser holds one per tab. */
  readonly clients: number;
  /** Between two views. Default 500: the eye reads no faster. */
  readonly viewMilliseconds: number;
  /** Between two `beat` events, by which a page tells silence from death. Default 3000. */
  readonly beatMilliseconds: number;
  /** Unsent bytes after which a client counts as gone. Default 2 MiB, some ten whole views. */
  readonly bufferedBytes: number;
}

export const STREAM_LIMITS: StreamLimits = { clients: 64, viewMilliseconds: 500, beatMilliseconds: 3000, bufferedBytes: 2 * 2 ** 20 };

/**
 * Server-sent events to every open page: `view` (whole for a newcomer, later without `samples`, which come by themselves), `sample`
 * `{model, sample}`, `audit` and `beat`. Listens to the source only while somebody looks.
 */
export class PageStream {
  readonly #source: StreamSource;
  readonly #limits: StreamLimits;
  readonly #clients = new Set<ServerResponse>();
  #stop: (() => void) | null = null;
  #beat: NodeJS.Timeout | null = null;
  #pending: NodeJS.Timeout | null = null;

  constructor(source: StreamSource, limits: StreamLimits = STREAM_LIMITS) {
    this.#source = source;
    this.#limits = limits;
  }

  /** False when there is no place left: nothing was written then. */
  add(response: ServerResponse): boolean {
    if (this.#clients.size >= this.#limits.clients) return false;
    const first = frame('view', this.#source.view());
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.write(`retry: 1000\n\n${first}`);
    this.#clients.add(response);
    response.on('close', () => this.#remove(response));
    response.on('error', () => this.#remove(response));
    if (this.#clients.size === 1) this.#start();
    return true;
  }

  #start(): void {
    this.#stop = this.#source.subscribe((event) => this.#receive(event));
    this.#beat = setInterval(() => this.#send(frame('beat', {})), this.#limits.beatMilliseconds).unref();
  }

  #remove(response: ServerResponse): void {
    if (!this.#clients.delete(response) || this.#clients.size > 0) return;
    this.#stop?.();
    this.#stop = null;
    if (this.#beat !== null) clearInterval(this.#beat);
    if (this.#pending !== null) clearTimeout(this.#pending);
    this.#beat = this.#pending = null;
  }

  #receive(event: PageEvent): void {
    if (event.kind === 'sample') this.#send(frame('sample', { model: event.model, sample: event.sample }));
    else if (event.kind === 'audit') this.#send(frame('audit', event.audit));
    else this.#pending ??= setTimeout(() => this.#sendView(), this.#limits.viewMilliseconds).unref();
  }

  #sendView(): void {
    this.#pending = null;
    this.#send(frame('view', withoutSamples(this.#source.view())));
  }

  #send(text: string): void {
    for (const client of this.#clients) {
      if (client.writableLength > this.#limits.bufferedBytes) client.destroy();
      else client.write(text);
    }
  }
}

const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

const withoutSamples = (view: View): View => ({ ...view, models: view.models.map((model) => ({ ...model, samples: [] })) });
