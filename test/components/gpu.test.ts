import { expect, test } from 'vitest';
import { DCGM_FIELDS, dcgmExporterValues } from '../../charts/values/dcgm-exporter.ts';
import { GPU_DAEMON, planSharing } from '../../components/gpu/plan.ts';
import { METRICS } from '../../components/observability/exporters.ts';
import { ArgsError } from '../../runtime/errors.ts';

test('every metric of GPUs that a rule or a dashboard may use is one that the exporter is told to watch', () => {
  const used = Object.entries(METRICS).filter(([, { source }]) => source === 'dcgm-exporter');
  expect(used.length).toBeGreaterThan(5);
  const watched = new Map(DCGM_FIELDS.map(({ field, type }) => [field, type]));
  expect(used.filter(([name, { type }]) => watched.get(name) !== type).map(([name]) => name)).toEqual([]);
});

test('few fields are watched: each is a series for every GPU and pod', () => {
  expect(new Set(DCGM_FIELDS.map(({ field }) => field)).size).toBe(DCGM_FIELDS.length);
  expect(DCGM_FIELDS.length).toBeLessThanOrEqual(15);
});

test('the list reads as DCGM writes it, a line for each field', () => {
  const { customMetrics } = dcgmExporterValues(GPU_DAEMON);
  const lines = String(customMetrics).split('\n');
  expect(lines).toHaveLength(DCGM_FIELDS.length);
  for (const line of lines) expect(line).toMatch(/^DCGM_FI_(DEV|PROF)_[A-Z_]+, (gauge|counter), [^,]+\.$/);
});

test('two to four pods share a GPU, and no more', () => {
  expect(planSharing({ sharedGpus: 0, sharedBy: 9 })).toEqual([]);
  expect(planSharing({ sharedGpus: 1, sharedBy: 4 })).toEqual([4]);
  expect(() => planSharing({ sharedGpus: 1, sharedBy: 5 })).toThrow(ArgsError);
  expect(() => planSharing({ sharedGpus: 1, sharedBy: 1 })).toThrow(ArgsError);
});
