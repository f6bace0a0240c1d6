import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** One registry per process, with Node's own figures in it; parts add theirs, and read their counters when somebody looks. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Answers `GET /metrics` in Prometheus' text format; false leaves the request to others. `others`: the texts of further registries, such as a thread's. */
export function metricsHandler(
  registry: Registry,
  others: () => Promise<string> = async () => '',
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') return false;
    Promise.all([registry.metrics(), others()]).then(
      (texts) => response.writeHead(200, { 'content-type': registry.contentType }).end(texts.join('\n')),
      () => response.writeHead(500).end('the metrics could not be collected\n'),
    );
    return true;
  };
}
