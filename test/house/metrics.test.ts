import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { driftMetrics } from '../../runtime/drift/metrics.ts';
import { registerProxyMetrics } from '../../runtime/proxy/metrics.ts';
import { startWorld } from '../support/gateway.ts';
import { ROOT } from '../support/sources.ts';

test('docs/metrics.md lists every metric with its type and labels, and nothing else', async () => {
  await using world = await startWorld();
  const registry = new Registry();
  registerProxyMetrics(registry, world.gateway.core);
  driftMetrics(registry);
  const types = new Map([...(await registry.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
  const registered = registry.getMetricsAsArray().map((metric) => `${metric.name} ${types.get(metric.name)} ${labelsOf(metric).join(', ')}`.trim());
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
