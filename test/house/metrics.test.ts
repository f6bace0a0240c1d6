import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { driftMetrics } from '../../runtime/drift/metrics.ts';
import { directoryOf } from '../../runtime/fallback/directory.ts';
import { fallbackMetrics } from '../../runtime/fallback/metrics.ts';
import { registerProxyMetrics } from '../../runtime/proxy/metrics.ts';
import { startWorld } from '../support/gateway.ts';
import { ROOT } from '../support/sources.ts';

test('docs/metrics.md lists every metric with its type and labels, and nothing else', async () => {
  await using world = await startWorld();
  const registry = new Registry();
  registerProxyMetrics(registry, world.gateway.core);
  driftMetrics(registry);
  const outside = new Registry(); // of another process: what it counts as the proxy does has the proxy's names
  fallbackMetrics(outside, { directory: directoryOf([]), unreadable: 0, ageSeconds: 0, failures: 0 });
  const own = outside.getMetricsAsArray().filter(({ name }) => registry.getSingleMetric(name) === undefined);
  const texts = (await Promise.all([registry.metrics(), outside.metrics()])).join('\n');
  const types = new Map([...texts.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
  const registered = [...registry.getMetricsAsArray(), ...own].map((metric) =>
    `${metric.name} ${types.get(metric.name)} ${labelsOf(metric).join(', ')}`.trim(),
  );
  const page = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8');
  const listed = [...page.matchAll(/^\| `(weir_\w+)` \| (\w+) \|([^|]*)\|/gm)].map(([, name, type, labels]) =>
    `${name} ${type} ${labels?.trim()}`.trim(),
  );
  expect(listed.sort()).toEqual(registered.sort());
});

/** What prom-client keeps of a metric and does not declare. */
function labelsOf(metric: object): readonly unknown[] {
  return 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames : [];
}
