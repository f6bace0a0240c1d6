import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** One registry per process, with Node's own figures in it; parts add theirs, and read their counters when somebody looks. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Answers `GET /metrics` in Prometheus' text format; false leaves the request to others. */
export function metricsHandler(registry: Registry): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return false;
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end('the metrics could not be collected\n'),
    );
    return true;
  };
}
