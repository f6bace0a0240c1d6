import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ArgsError, hasCode, messageOf } from '../errors.ts';
import type { ModelSpec } from '../model/types.ts';
import { parsePath } from '../serving/v2/paths.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import { refuseBody, sendError } from './answers.ts';
import { type Core, createCore, type GatewayDeps } from './core.ts';
import { describe } from './describe.ts';
import { infer } from './infer.ts';
import { takeLabels } from './labels.ts';
import { Sampler } from './sampler.ts';

/** The gateway and proxy of one machine. */
export interface Gateway {
  /** Resolves with the port; ArgsError when it is in use. Host default 127.0.0.1; port 0: any free one. */
  listen(port: number, host?: string): Promise<number>;
  /** Replaces the models that are served. */
  setModels(specs: Iterable<ModelSpec>): void;
  /** Readings for the rollout and samples for the page; its owner calls `sample`. */
  readonly sampler: Sampler;
  /** Counters, for the metrics registry. */
  readonly core: Core;
  /** Takes no new connections, lets requests under way end, then what they logged; past `drainMs` connections are cut. */
  close(): Promise<void>;
}

export function createGateway(deps: GatewayDeps): Gateway {
  const core = createCore(deps);
  const server = serverOf(core);
  return {
    core,
    sampler: new Sampler(core.directory),
    listen: (port, host = '127.0.0.1') => listen(server, port, host),
    setModels: (specs) => core.directory.setModels(specs),
    async close() {
      await closed(server, deps.limits.drainMs);
      await Promise.all([core.predictions.drain(), core.labels.drain()]);
      await core.upstream.close();
    },
  };
}

function serverOf(core: Core): Server {
  const { limits } = core.deps;
  const timeouts = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.bodyMs,
    connectionsCheckingInterval: Math.max(50, Math.min(limits.headersMs, limits.bodyMs) / 4),
    keepAliveTimeout: 65_000, // longer than a client pool keeps a connection: the client closes first, and no request meets a closed one
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    route(core, request, response).catch((error: unknown) => refuse(core, request, response, error));
  };
  const server = createServer(timeouts, listener);
  server.maxConnections = limits.maxConnections;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length'] ?? 0) <= limits.maxBodyBytes) response.writeContinue();
    listener(request, response);
  });
  server.on('clientError', (error, socket) => refuseConnection(core, error, socket));
  return server;
}

/** The page and `/metrics` have limits of their own: an open stream takes no prediction's place, and overload does not hide the page. */
async function route(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  if (!path.startsWith('/v2')) {
    if (core.deps.handlers.some((handler) => handler(request, response))) return;
    throw new V2Error(404, `there is no ${path}`);
  }
  const { maxInFlight } = core.deps.limits;
  if (core.inFlight >= maxInFlight) throw new V2Error(503, `${maxInFlight} requests are under way, which is all that fit; try again in a moment`);
  core.inFlight += 1;
  response.once('close', () => {
    core.inFlight -= 1;
  });
  return routeV2(core, path, request, response);
}

async function routeV2(core: Core, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (path === '/v2/labels') {
    requireMethod(request, 'POST', path);
    return takeLabels(core, request, response);
  }
  const asked = parsePath(path);
  if (asked === null) throw new V2Error(404, `there is no ${path}`);
  requireMethod(request, asked.kind === 'infer' ? 'POST' : 'GET', path);
  if (asked.kind === 'infer') return infer(core, asked.model, asked.version, request, response);
  describe(core, asked, request, response);
}

function requireMethod(request: IncomingMessage, method: string, path: string): void {
  if (request.method !== method) throw new V2Error(405, `${request.method} ${path} is not served; ${method} is`);
}

/** An error that no version is to blame for. */
function refuse(core: Core, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return; // the caller has gone, or was answered by hand
  const status = error instanceof V2Error ? error.status : 500;
  const { byStatus } = core.refusals;
  byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  const headers = status === 503 ? ['retry-after', '1'] : [];
  if (request.complete) sendError(response, status, messageOf(error), headers);
  else refuseBody(request, response, status, messageOf(error), headers);
}

/** How often a closing server looks for connections that have become idle. */
const IDLE_MS = 10;

const CONNECTION_ERRORS: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
};

/** What is not HTTP, too slow, or too long in its headers has no request object: the answer is written by hand. */
function refuseConnection(core: Core, error: Error, socket: Duplex): void {
  const code = 'code' in error ? String(error.code) : '';
  const [status, reason] = CONNECTION_ERRORS[code] ?? [400, 'Bad Request'];
  core.refusals.byStatus.set(status, (core.refusals.byStatus.get(status) ?? 0) + 1);
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ error: `${reason}: ${error.message}` });
  const head = `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const remedy = 'End the program that has it, or choose another one with --port.';
      reject(hasCode(error, 'EADDRINUSE') ? new ArgsError(`${host}:${port}`, 'the port is in use', remedy) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Resolves when every connection has ended; those that have not after `drainMs` are cut. */
async function closed(server: Server, drainMs: number): Promise<void> {
  const ended = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS); // a kept connection is idle once its answer is out
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await ended;
  clearInterval(idle);
  clearTimeout(cut);
}
