import { Counter, type Registry } from 'prom-client';
import type { Core } from './core.ts';
import type { Tally } from './tally.ts';

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
  // A histogram of prom-client's counts observations itself; these were counted on the request path, so they are written as series.
  counter(registry, 'weir_request_duration_seconds_bucket', "Seconds from the whole request to the version's answer.", [...LABELS, 'le'], (add) => {
    for (const tally of core.tallies.all()) addBuckets(tally, add);
  });
  counter(registry, 'weir_request_duration_seconds_sum', 'Sum of the same.', [...LABELS], (add) => {
    for (const tally of core.tallies.all()) add({ ...tally.labels }, tally.sumSeconds);
  });
  counter(registry, 'weir_request_duration_seconds_count', 'Number of the same.', [...LABELS], (add) => {
    for (const tally of core.tallies.all()) add({ ...tally.labels }, tally.requests);
  });
}

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

function addBuckets(tally: Tally, add: Add): void {
  let sum = 0;
  tally.counts.forEach((count, index) => {
    sum += count;
    const bound = tally.bounds[index];
    add({ ...tally.labels, le: bound === undefined ? '+Inf' : String(bound) }, sum);
  });
}
