import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Core } from './core.ts';
import type { Tallies, Tally } from './tally.ts';

const DURATION = 'weir_request_duration_seconds';
const LABELS = ['tenant', 'model', 'version', 'arm'] as const;

/** Puts the gateway's counters into a registry (docs/metrics.md). They are plain integers, read when somebody looks. */
export function registerProxyMetrics(registry: Registry, core: Core): void {
  counter(
    registry,
    'weir_requests_total',
    'Requests by how they ended; a declared fallback answer is its own class.',
    [...LABELS, 'code_class'],
    (add) => {
      for (const tally of core.tallies.all()) {
        for (const [code_class, count] of Object.entries(tally.classes)) add({ ...tally.labels, code_class }, count);
      }
    },
  );
  counter(registry, 'weir_fallback_total', 'Requests that the declared fallback answered.', [...LABELS], (add) => {
    for (const tally of core.tallies.all()) add({ ...tally.labels }, tally.classes.fallback);
  });
  counter(registry, 'weir_log_dropped_total', 'Prediction and label records that did not reach the event log.', [], (add) => {
    add({}, core.predictions.dropped() + core.labels.dropped());
  });
  counter(registry, 'weir_unlogged_answers_total', 'Answers withheld because their records did not reach the log.', [], (add) => {
    add({}, core.refusals.unlogged);
  });
  counter(registry, 'weir_mirror_dropped_total', 'Mirrored copies not sent because too many were under way.', [], (add) => {
    add({}, core.refusals.unmirrored);
  });
  counter(registry, 'weir_refused_total', 'Requests refused before a version was chosen, by HTTP status.', ['code'], (add) => {
    for (const [code, count] of core.refusals.byStatus) add({ code: String(code) }, count);
  });
  featureMetrics(registry, core);
  const inFlight: Gauge = new Gauge({
    name: 'weir_requests_in_flight',
    help: 'Requests being answered now.',
    registers: [registry],
    collect: () => inFlight.set(core.inFlight),
  });
  registry.registerMetric(new CountedDurations(core.tallies));
}

function featureMetrics(registry: Registry, { features }: Core): void {
  const help = 'Reads of features by how they ended: only after `read` a version was asked.';
  counter(registry, 'weir_feature_reads_total', help, ['tenant', 'model', 'outcome'], (add) => {
    for (const [key, { outcomes }] of features.all())
      for (const [outcome, count] of Object.entries(outcomes)) add({ ...namesOf(key), outcome }, count);
  });
  const age: Gauge = new Gauge({
    name: 'weir_feature_age_seconds',
    help: 'Age of the newest row of a view, as the last read of the model saw it.',
    labelNames: ['tenant', 'model', 'view'],
    registers: [registry],
    collect() {
      age.reset();
      for (const [key, { newestAges }] of features.all()) for (const [view, seconds] of newestAges) age.set({ ...namesOf(key), view }, seconds);
    },
  });
}

function namesOf(key: string): { readonly tenant: string; readonly model: string } {
  const [tenant = '', model = ''] = key.split('/');
  return { tenant, model };
}

const DURATION_CONFIG = { name: DURATION, help: "Seconds from the whole request to the version's answer.", labelNames: [...LABELS], registers: [] };

type Add = (labels: Readonly<Record<string, string>>, value: number) => void;

function counter(registry: Registry, name: string, help: string, labelNames: readonly string[], read: (add: Add) => void): void {
  const metric = new Counter({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      metric.reset();
      read((labels, value) => metric.inc({ ...labels }, value));
    },
  });
}

/** A histogram whose observations were counted on the request path; prom-client's own would count them a second time. */
class CountedDurations extends Histogram {
  readonly #tallies: Tallies;
  /** Never observed: it knows how prom-client describes a histogram. */
  readonly #described = new Histogram(DURATION_CONFIG);

  constructor(tallies: Tallies) {
    super(DURATION_CONFIG);
    this.#tallies = tallies;
  }

  override async get(): ReturnType<Histogram['get']> {
    return { ...(await this.#described.get()), values: [...this.#tallies.all()].flatMap(seriesOf) };
  }

  /** What the registry's text format asks for first. */
  getForPromString(): ReturnType<Histogram['get']> {
    return this.get();
  }
}

interface Series {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function seriesOf(tally: Tally): readonly Series[] {
  const labels = { ...tally.labels };
  let below = 0;
  const buckets = tally.counts.map((count, index) => {
    below += count;
    return { metricName: `${DURATION}_bucket`, labels: { ...labels, le: String(tally.bounds[index] ?? '+Inf') }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${DURATION}_sum`, labels, value: tally.sumSeconds },
    { metricName: `${DURATION}_count`, labels, value: tally.requests },
  ];
}
