import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DCGM_FIELDS } from '../../charts/values/dcgm-exporter.ts';
import { METRICS } from '../../components/observability/exporters.ts';
import { runbookOf } from '../../components/observability/rules/manifest.ts';
import { emittedMetrics } from '../support/emitted-metrics.ts';
import { ROOT } from '../support/sources.ts';
import { ALERTS, GROUPS } from './example.ts';
import { metricOf, queriesOf, seriesOf } from './metric-names.ts';

const RECORDED = new Set(GROUPS.flatMap(({ recordings }) => recordings.map(({ record }) => record)));

test('names of series are found between words, functions, labels and texts', () => {
  expect(seriesOf('histogram_quantile(0.99, sum by (le) (rate(a_bucket{b="c"}[5m]))) > on (d) group_left (e) weir:f:g offset 1h')).toEqual([
    'a_bucket',
    'weir:f:g',
  ]);
  expect(seriesOf('1 - (vllm:x / clamp_min(count_values by (t) ("le", y), 0.1)) or time() - z == bool 0')).toEqual(['vllm:x', 'y', 'z']);
});

test('every metric of every rule is emitted by somebody: it stands in the registry, or is recorded by a rule', () => {
  const rules = GROUPS.flatMap(({ recordings, alerts }) => [...recordings, ...alerts]);
  const unknown = rules.flatMap(({ expr }) => seriesOf(expr).filter((name) => metricOf(name) === undefined && !RECORDED.has(name)));
  expect(unknown).toEqual([]);
});

test('and so is every metric of a query in a runbook', () => {
  const pages = ALERTS.map(({ alert }) => readFileSync(join(ROOT, `docs/runbooks/${runbookOf(alert)}.md`), 'utf8'));
  const unknown = pages.flatMap(queriesOf).flatMap((query) => seriesOf(query).filter((name) => metricOf(name) === undefined && !RECORDED.has(name)));
  expect(unknown).toEqual([]);
});

test('what is said to be ours is in the registries of the runtime, with this type and these words, and nothing of them is missing', async () => {
  const registered = (await emittedMetrics()).map(({ name, type, help }) => [name, type, help]);
  const listed = Object.entries(METRICS).flatMap(([name, { source, type, help }]) => (source === 'weir' ? [[name, type, help]] : []));
  const byName = (left: readonly unknown[], right: readonly unknown[]) => String(left[0]).localeCompare(String(right[0]));
  expect(listed.sort(byName)).toEqual(registered.sort(byName));
});

test('the exporter of GPUs is told to emit every field that the registry has', () => {
  const asked = Object.entries(METRICS).flatMap(([name, { source }]) => (source === 'dcgm-exporter' ? [name] : []));
  expect(asked.length).toBeGreaterThan(8);
  expect(DCGM_FIELDS.map(({ field }) => field)).toEqual(expect.arrayContaining(asked));
});
