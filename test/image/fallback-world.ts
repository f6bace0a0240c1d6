import { Registry } from 'prom-client';
import { KnownModels } from '../../runtime/fallback/known-models.ts';
import { fallbackMetrics } from '../../runtime/fallback/metrics.ts';
import { adminServer, fallbackServer, listen } from '../../runtime/fallback/server.ts';
import type { Get } from '../../runtime/kubernetes/get.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from '../../runtime/proxy/limits.ts';

/** The fallback proxy over an API server that the test plays. */
export interface FallbackWorld extends AsyncDisposable {
  readonly known: KnownModels;
  readonly said: readonly string[];
  readonly clock: { now: number };
  readonly stop: AbortController;
  readonly ask: (host: string, path: string, body?: unknown, init?: RequestInit) => Promise<Response>;
  readonly admin: (path: string) => Promise<Response>;
}

/** @param get Answers the API server's questions; what it throws is what the server does not answer. */
export async function fallbackWorld(get: Get, limits: Partial<GatewayLimits> = {}): Promise<FallbackWorld> {
  const [said, clock, stop, registry]: [string[], { now: number }, AbortController, Registry] = [
    [],
    { now: 0 },
    new AbortController(),
    new Registry(),
  ];
  const known = new KnownModels({
    open: async () => get,
    periodSeconds: 60,
    random: () => 0.5,
    monotonic: () => clock.now,
    pause: async () => undefined,
    stop: stop.signal,
    say: (line) => void said.push(line),
  });
  const all = { ...DEFAULT_LIMITS, ...limits };
  const front = await listen(fallbackServer({ known, counts: fallbackMetrics(registry, known), limits: all, nextId: () => 'id-1' }), 0, '127.0.0.1');
  const admin = await listen(adminServer(registry, known, stop.signal), 0, '127.0.0.1');
  return {
    known,
    said,
    clock,
    stop,
    ask: (host, path, body, init) => fetchAs(front.port, host, path, body, init),
    admin: (path) => fetch(`http://127.0.0.1:${admin.port}${path}`),
    [Symbol.asyncDispose]: async () => {
      await front.close(0);
      await admin.close(0);
    },
  };
}

/** `fetch` lets nobody set a host: undici's own request does. */
export async function fetchAs(port: number, host: string, path: string, body?: unknown, init: RequestInit = {}): Promise<Response> {
  const { request } = await import('undici');
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const method = init.method === 'GET' || (init.method === undefined && text === null) ? 'GET' : 'POST';
  const headers = { host, 'content-type': 'application/json', ...Object.fromEntries(new Headers(init.headers)) };
  const answer = await request(`http://127.0.0.1:${port}${path}`, { method, headers, body: text });
  const flat = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Response(await answer.body.text(), { status: answer.statusCode, headers: flat });
}
