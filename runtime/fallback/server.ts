import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { ArgsError, hasCode } from '../errors.ts';
import { sendError } from '../proxy/answers.ts';
import { metricsHandler } from '../telemetry/metrics.ts';
import { type AnswerDeps, answer } from './answer.ts';
import type { KnownModels } from './known-models.ts';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no new connections and lets requests under way end; past `drainMs` connections are cut. */
  close(drainMs: number): Promise<void>;
}

/** Where the gateway sends requests for which no pod lives. */
export function fallbackServer(deps: AnswerDeps): Server {
  const { limits, counts } = deps;
  let inFlight = 0;
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.bodyMs,
      keepAliveTimeout: 65_000, // longer than the gateway keeps a connection: no request meets a closed one
    },
    (request, response) => {
      if (inFlight >= limits.maxInFlight) {
        counts.refused(503);
        sendError(response, 503, `${limits.maxInFlight} requests are under way, which is all that fit; try again in a moment`, ['retry-after', '1']);
        return;
      }
      inFlight += 1;
      counts.begun();
      response.once('close', () => {
        inFlight -= 1;
        counts.ended();
      });
      void answer(deps, request, response);
    },
  );
  server.maxConnections = limits.maxConnections;
  return server;
}

/** On a port of its own, which no route leads to: the process is alive, has models to answer for, and what it counted. */
export function adminServer(registry: Registry, known: KnownModels, stop: AbortSignal): Server {
  const metrics = metricsHandler(registry);
  return createServer((request, response) => {
    if (request.url === '/healthz') reply(response, 200, { live: true });
    else if (request.url === '/readyz') ready(known, stop, response);
    else if (!metrics(request, response)) notFound(request, response);
  });
}

/** A list that is old still answers: only without any, or on the way out, no request shall come. */
function ready(known: KnownModels, { aborted }: AbortSignal, response: ServerResponse): void {
  const { ageSeconds, failures } = known;
  const isReady = ageSeconds !== null && !aborted;
  const age = ageSeconds === null ? null : Math.round(ageSeconds);
  reply(response, isReady ? 200 : 503, { ready: isReady, models: known.directory.size, listedSecondsAgo: age, failures });
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}

function notFound({ url }: IncomingMessage, response: ServerResponse): void {
  reply(response, 404, { error: `there is no ${url ?? ''}` });
}

/** @param host In a pod `0.0.0.0`. @throws ArgsError when the port is in use */
export function listen(server: Server, port: number, host: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(hasCode(error, 'EADDRINUSE') ? new ArgsError(`${host}:${port}`, 'the port is in use', 'Choose another one.') : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ port: found, close: (drainMs) => closed(server, drainMs) });
    });
  });
}

/** Kept connections are idle once their answer is out. */
async function closed(server: Server, drainMs: number): Promise<void> {
  const ended = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 10);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await ended;
  clearInterval(idle);
  clearTimeout(cut);
}
