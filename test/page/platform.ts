import { createServer, type Server } from 'node:http';
import { ArgsError } from '../../runtime/errors.ts';
import { createPageHandlers } from '../../runtime/local/page-server.ts';
import { type PageEvent, STREAM_LIMITS, type StreamLimits } from '../../runtime/local/page-stream.ts';
import type { View } from '../../runtime/local/view.ts';
import { fixtureDetail, fixtureView } from './fixture.ts';

/** The real handlers on a real server, over a view that a test sets; what the page asked for is kept. */
export interface FakePlatform {
  readonly url: string;
  readonly port: number;
  readonly calls: unknown[];
  /** Open subscriptions: 0 when nobody looks. */
  listeners(): number;
  set(view: View): void;
  emit(event: PageEvent): void;
  /** Ends every connection and listens no more; the port stays known. */
  stop(): Promise<void>;
  /** Listens on the same port again. */
  start(): Promise<void>;
}

export async function startPlatform(limits: Partial<StreamLimits> = {}): Promise<FakePlatform> {
  const calls: unknown[] = [];
  const listeners = new Set<(event: PageEvent) => void>();
  let view = fixtureView();
  const handle = createPageHandlers({
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    detail: async (model, feature, window) => {
      calls.push({ detail: { model, feature, window } });
      return feature === 'unknown' ? null : fixtureDetail(feature);
    },
    inject: async (name, active) => void calls.push({ inject: { name, active } }),
    act: async (model, action, reason, digest) => {
      if (model !== 'flights/eta') throw new ArgsError('model', `"${model}" is not served here`, 'Use flights/eta.');
      calls.push({ act: { model, action, reason, digest } });
      return `${action} was asked for.`;
    },
    report: async (path) => (path === 'flights/eta/2001-05-01.html' ? '<!doctype html><title>Report</title><p>fine' : null),
    record: async (path) => (path === 'bundles/eta-1/index.json' ? '{"attempt":"eta-1"}' : null),
    limits: { ...STREAM_LIMITS, ...limits },
  });
  const server = createServer((request, response) => {
    if (!handle(request, response)) response.writeHead(404).end('not the page');
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    calls,
    listeners: () => listeners.size,
    set: (next) => {
      view = next;
      for (const listener of listeners) listener({ kind: 'changed' });
    },
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    stop: () => close(server),
    start: async () => void (await listen(server, port)),
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
