import { Registry } from 'prom-client';
import { driftMetrics } from '../../runtime/drift/metrics.ts';
import { directoryOf } from '../../runtime/fallback/directory.ts';
import { fallbackMetrics } from '../../runtime/fallback/metrics.ts';
import { registerProxyMetrics } from '../../runtime/proxy/metrics.ts';
import { startWorld } from './gateway.ts';

/** A metric as one of our processes registers it. */
export interface EmittedMetric {
  readonly name: string;
  readonly help: string;
  /** Of the exposition format, such as `counter`. */
  readonly type: string | undefined;
  readonly labels: readonly unknown[];
}

/** Every metric that the runtime's processes register, each name once: what two of them count alike has one name. */
export async function emittedMetrics(): Promise<readonly EmittedMetric[]> {
  await using world = await startWorld();
  const registry = new Registry();
  registerProxyMetrics(registry, world.gateway.core);
  driftMetrics(registry);
  const outside = new Registry(); // of another process
  fallbackMetrics(outside, { directory: directoryOf([]), unreadable: 0, ageSeconds: 0, failures: 0 });
  const own = outside.getMetricsAsArray().filter(({ name }) => registry.getSingleMetric(name) === undefined);
  const text = (await Promise.all([registry.metrics(), outside.metrics()])).join('\n');
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
  return [...registry.getMetricsAsArray(), ...own].map((metric) => ({
    name: metric.name,
    help: metric.help,
    type: types.get(metric.name),
    labels: labelsOf(metric),
  }));
}

/** What prom-client keeps of a metric and does not declare. */
function labelsOf(metric: object): readonly unknown[] {
  return 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames : [];
}
