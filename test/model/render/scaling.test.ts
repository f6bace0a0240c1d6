import { describe, expect, test } from 'vitest';
import { peakTriggers } from '../../../runtime/model/render/peaks.ts';
import { candidateReplicas, wantedCandidate } from '../../../runtime/model/render/sizes.ts';
import { pendingPerReplica } from '../../../runtime/model/render/triggers.ts';
import { render } from '../../../runtime/model/render.ts';
import { aModel, CONTAINER, ENVIRONMENT, GPU, STICKY } from './models.ts';
import { objectOf } from './objects.ts';
import { aStatus, stations } from './statuses.ts';

const scaled = (model: typeof GPU, station: string) =>
  render(model, stations(model)[station] ?? aStatus(model), ENVIRONMENT).filter(({ kind }) => kind === 'ScaledObject');

describe('an autoscaler', () => {
  test('is stable’s alone until baking, when the champion that stays warm keeps one too', () => {
    const names = (station: string) => scaled(GPU, station).map(({ metadata }) => metadata.name);
    expect(names('alone')).toEqual(['fraud-a']);
    for (const station of ['provisioning', 'shadowing', 'stepping', 'promoting', 'refused']) expect(names(station)).toEqual(['fraud-a']);
    expect(names('baking')).toEqual(['fraud-a', 'fraud-b']);
    expect(names('done')).toEqual(['fraud-b']);
  });

  test('keeps what stable has while another version runs beside it', () => {
    const minimum = (station: string) => scaled(GPU, station).map(({ spec }) => JSON.stringify(spec).match(/"minReplicaCount":(\d+)/)?.[1]);
    expect(minimum('alone')).toEqual(['2']);
    expect(minimum('stepping')).toEqual(['4']);
    expect(minimum('baking')).toEqual(['4', '4']);
    expect(minimum('done')).toEqual(['2']);
  });

  test('asks for pending requests first, then for the ratio of waiting to computing, and never falls for a silent Prometheus', () => {
    expect(objectOf(scaled(GPU, 'alone'), 'ScaledObject', 'fraud-a').spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'fraud-a' },
      maxReplicaCount: 8,
      pollingInterval: 15,
      cooldownPeriod: 300,
      fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' },
      triggers: [
        { name: 'pending', metricType: 'AverageValue', metadata: { threshold: '64', ignoreNullValues: 'false' } },
        { name: 'ratio', metricType: 'Value', metadata: { threshold: '1', ignoreNullValues: 'false' } },
        { type: 'cron', name: 'peak-evening' },
        { type: 'cron', name: 'peak-black-friday' },
      ],
    });
  });

  test('sees an engine of the tenant’s own through its proxies', () => {
    expect(JSON.stringify(scaled(CONTAINER, 'alone'))).toContain('weir_requests_in_flight{namespace=\\"tenant-logistics\\"');
  });

  test('goes to zero only by the gateway’s count of ended requests, and reads series that are not there as no load only then', () => {
    const { spec } = objectOf(scaled(STICKY, 'alone'), 'ScaledObject', 'ranking-a');
    expect(spec).toMatchObject({ minReplicaCount: 0, fallback: { replicas: 1 } });
    const { triggers }: { triggers: readonly { name: string; metadata: { query: string } }[] } = JSON.parse(JSON.stringify(spec));
    for (const { metadata } of triggers) expect(metadata.query).toMatch(/ or vector\(0\)$/);
    expect(triggers.find(({ name }) => name === 'asked')?.metadata.query).toBe(
      'sum(increase(envoy_cluster_upstream_rq_completed{envoy_cluster_name=~"httproute/tenant-shop/weir-ranking/rule/.+"}[1800s])) or vector(0)',
    );
    expect(JSON.stringify(scaled(GPU, 'alone'))).not.toContain('vector(0)');
  });

  test('never lets a Deployment carry a number of replicas: what is applied once and left out later becomes 1', () => {
    for (const status of Object.values(stations(GPU))) {
      const deployments = render(GPU, status, ENVIRONMENT).filter(({ kind }) => kind === 'Deployment');
      for (const { spec } of deployments) expect(spec).not.toHaveProperty('replicas');
    }
  });
});

describe('a candidate', () => {
  test.each([
    [0, 1, 1],
    [5_000, 1, 1],
    [0, 4, 2],
    [500, 4, 2],
    [2_500, 4, 2],
    [2_501, 4, 3],
    [5_000, 10, 6],
    [9_999, 10, 10],
    [10_000, 10, 10],
    [1_000, 0, 1],
  ])('of %i per 10,000 beside %i replicas has %i', (weight, stable, wanted) => {
    expect(candidateReplicas(weight, stable)).toBe(wanted);
  });

  test('has a size until it bakes, and it stands where people read', () => {
    const at = stations(GPU);
    expect(Object.entries(at).map(([station, status]) => [station, wantedCandidate(status)])).toEqual([
      ['alone', null],
      ['provisioning', 2],
      ['shadowing', 2],
      ['stepping', 2],
      ['promoting', 4],
      ['baking', null],
      ['done', null],
      ['refused', null],
    ]);
    const objects = render(GPU, aStatus(GPU, { versions: ['7', '8'], phase: 'Stepping', weight: 5_000 }), ENVIRONMENT);
    expect(objectOf(objects, 'Deployment', 'fraud-b').metadata.annotations).toMatchObject({ 'weir.dev/replicas': '3' });
    expect(objectOf(objects, 'Deployment', 'fraud-a').metadata.annotations).not.toHaveProperty('weir.dev/replicas');
  });
});

test.each([
  [{ instances: 2, preferred: [16, 32], max: 64 }, 64],
  [{ instances: 1, preferred: [], max: 64 }, 8],
  [{ instances: 3, preferred: [], max: 0 }, 3],
  [{ instances: 1, preferred: [128], max: 64 }, 64],
])('a replica of %o takes %i pending requests', ({ instances, preferred, max }, expected) => {
  const model = aModel({ serving: { instances, batching: { max, delay: '0s', preferred, queue: 100 } } });
  expect(pendingPerReplica(model)).toBe(expected);
});

describe('a known peak', () => {
  const peak = { name: 'rush', from: '0 17 * * *', to: '0 23 * * *', zone: 'Europe/Berlin', replicas: 6 };
  const metadata = (changes: Partial<typeof peak>, leadSeconds = 300) => peakTriggers([{ ...peak, ...changes }], leadSeconds)[0]?.metadata;

  test('begins as early as a pod takes to be ready, in the zone of its schedule', () => {
    expect(metadata({})).toEqual({ timezone: 'Europe/Berlin', start: '55 16 * * *', end: '0 23 * * *', desiredReplicas: '6' });
    expect(metadata({ from: '2 0 * * *' })).toMatchObject({ start: '57 23 * * *' });
  });

  test('begins as written where a shift would change its days, or where it is many times a day', () => {
    expect(metadata({ from: '2 0 * * 1' })).toMatchObject({ start: '2 0 * * 1' });
    expect(metadata({ from: '*/10 8 * * *' })).toMatchObject({ start: '*/10 8 * * *' });
    expect(metadata({ from: '0 6 * * *', to: '55 5 * * *' })).toMatchObject({ start: '0 6 * * *', end: '55 5 * * *' });
  });

  test('of dates becomes that day and minute of every year in UTC: the scaler knows no year', () => {
    expect(metadata({ from: '2026-11-27T00:00Z', to: '2026-11-30T12:30Z' })).toMatchObject({
      timezone: 'UTC',
      start: '55 23 26 11 *',
      end: '30 12 30 11 *',
    });
  });
});
