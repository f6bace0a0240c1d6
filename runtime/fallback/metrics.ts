import { Counter, Gauge, type Registry } from 'prom-client';
import type { KnownModels } from './known-models.ts';
import type { FallbackModel } from './model.ts';

/** What the answers are counted by; the names are the proxy's, since its pods cannot count these requests. */
export interface FallbackCounts {
  readonly answered: (model: FallbackModel, codeClass: 'fallback' | '4xx' | '5xx') => void;
  /** Before a model was found, by HTTP status. */
  readonly refused: (status: number) => void;
  readonly begun: () => void;
  readonly ended: () => void;
}

/** What of the known models is told. */
export type Known = Pick<KnownModels, 'directory' | 'unreadable' | 'ageSeconds' | 'failures'>;

/** In the words of the proxy's: a name has one meaning. */
const REQUESTS = 'Requests by how they ended; a declared fallback answer is its own class.';
const REFUSED = 'Requests refused before a version was chosen, by HTTP status.';

/** Puts the fallback proxy's metrics into a registry: docs/metrics.md. */
export function fallbackMetrics(registry: Registry, known: Known): FallbackCounts {
  const registers = [registry];
  const labels = ['tenant', 'model', 'version', 'arm'];
  const requests = new Counter({
    name: 'weir_requests_total',
    help: REQUESTS,
    labelNames: [...labels, 'code_class'],
    registers,
  });
  const fallbacks = new Counter({
    name: 'weir_fallback_total',
    help: 'Requests that the declared fallback answered.',
    labelNames: labels,
    registers,
  });
  const refused = new Counter({ name: 'weir_refused_total', help: REFUSED, labelNames: ['code'], registers });
  const inFlight = new Gauge({ name: 'weir_requests_in_flight', help: 'Requests being answered now.', registers });
  knownModels(registry, known);
  return {
    answered: ({ tenant, name, version }, code_class) => {
      const of = { tenant, model: name, version, arm: 'stable' };
      requests.inc({ ...of, code_class });
      if (code_class === 'fallback') fallbacks.inc(of);
    },
    refused: (status) => refused.inc({ code: String(status) }),
    begun: () => inFlight.inc(),
    ended: () => inFlight.dec(),
  };
}

/** Read from `known` when somebody looks. */
function knownModels(registry: Registry, known: Known): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | null): void => {
    const metric: Gauge = new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        if (value !== null) metric.set(value);
      },
    });
  };
  gauge('weir_known_models', 'Models that the last list had and somebody may call.', () => known.directory.size);
  gauge('weir_known_models_unreadable', 'Models of the last list that could not be read.', () => known.unreadable);
  gauge('weir_known_models_age_seconds', 'Seconds since the API server last listed the models.', () => known.ageSeconds);
  const failures: Counter = new Counter({
    name: 'weir_known_models_failures_total',
    help: 'Lists of models that failed.',
    registers,
    collect() {
      failures.reset();
      failures.inc(known.failures);
    },
  });
}
