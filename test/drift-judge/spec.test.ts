import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../runtime/drift/windows.ts';
import { specOf, TEN_LINES } from '../model/files.ts';

const BARE = TEN_LINES.split('\n')
  .filter((line) => !/^(labels|drift):/.test(line))
  .join('\n');

test('what the file says of drift reaches the judge and the responder, with every default filled in', () => {
  expect(specOf(BARE).drift).toMatchObject({
    thresholds: { warn: 0.1, critical: 0.25 },
    features: {},
    zone: 'UTC',
    responses: { warn: 'notify', harm: 'page', severe: 'rollback' }, // there is no retraining to start
  });
  const drift = 'drift: {thresholds: {critical: 0.5}, features: {amount: {warn: 0.2}}, zone: Europe/Berlin, responses: {warn: none, severe: page}}';
  expect(specOf(`${BARE}${drift}\n`).drift).toMatchObject({
    thresholds: { warn: 0.1, critical: 0.5 },
    features: { amount: { warn: 0.2 } },
    zone: 'Europe/Berlin',
    responses: { warn: 'none', harm: 'page', severe: 'page' },
  });
  const retraining = 'labels: {event: chargeback, delay: 45d}\nretraining: {workflow: fraud-train}\n';
  expect(specOf(`${BARE}${retraining}`).drift.responses?.harm).toBe('retrain');
});

test('truths come before proxies, and a horizon with what silence means', () => {
  const labels = [
    '{event: review, delay: 1h, proxy: true, selection: reviewed above 0.8}',
    '{event: chargeback, delay: 45d, horizon: 90d, default: false}',
    '{event: complaint, delay: 2d}',
  ];
  expect(specOf(`${BARE}labels: [${labels.join(', ')}]\n`).labels).toEqual([
    { event: 'chargeback', delaySeconds: 45 * DAY, absent: { afterSeconds: 90 * DAY, value: false } },
    { event: 'complaint', delaySeconds: 2 * DAY },
    { event: 'review', delaySeconds: HOUR, proxy: true },
  ]);
});
