import { expect, test } from 'vitest';
import { specOf, TEN_LINES } from './files.ts';

const withLine = (line: string): string =>
  `${TEN_LINES.split('\n')
    .filter((other) => !other.startsWith(`${line.split(':')[0]}:`))
    .join('\n')}${line}\n`;

test('numbers are in seconds and in 10,000ths', () => {
  const { rollout, serving } = specOf(withLine('rollout: {preset: local, steps: [{weight: 0.5, minDwell: 1.5h, maxDwell: 2h}]}'));
  expect(rollout.steps).toMatchObject([{ kind: 'weight', weight: 50, minDwellSeconds: 5400 }]);
  expect(serving).toEqual({ latencySeconds: 0.05 });
});

test('times and probabilities are numbers to it, and a probability has its domain', () => {
  const { inputs } = specOf(withLine('inputs: {seen: timestamp, risk: probability, country: categorical}'));
  expect(inputs).toEqual([
    { name: 'seen', kind: 'numeric', datatype: 'INT64', log: 'full' },
    { name: 'risk', kind: 'numeric', datatype: 'FP32', domain: { min: 0, max: 1 }, log: 'full' },
    { name: 'country', kind: 'categorical', datatype: 'BYTES', log: 'full' },
  ]);
});

test('a proxy is no truth that performance is measured on', () => {
  const labels = 'labels: [{event: review, delay: 2d, proxy: true, selection: reviewed above 0.8}, {event: chargeback, delay: 45d}]';
  expect(specOf(withLine(labels)).labels[0]).toEqual({ event: 'chargeback', delaySeconds: 45 * 86_400 });
});

test('gates and guards that only a cluster has are not part of it', () => {
  const { rollout } = specOf(withLine('rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: Scan}, {type: Approval, by: owner}]}'));
  expect(rollout.gates.map(({ type }) => type)).toEqual(['SchemaCompat', 'GoldenSet']);
  expect(rollout.guards.map(({ name }) => name)).toEqual(['errors', 'slow', 'rejects', 'slo-errors', 'slo-latency', 'fuse']);
});
