import { describe, expect, test } from 'vitest';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { lagThreshold } from '../../../runtime/model/render/queue-scale.ts';
import { queueTopics } from '../../../runtime/model/render/queue-topics.ts';
import type { KubernetesObject } from '../../../runtime/model/render/types.ts';
import { render } from '../../../runtime/model/render.ts';
import { ENVIRONMENT } from './models.ts';
import { objectOf, templateOf } from './objects.ts';
import { CLICKS, MODERATION } from './queue-models.ts';
import { aStatus, stations } from './statuses.ts';

const kinds = (objects: readonly KubernetesObject[]) => new Set(objects.map(({ kind }) => kind));

function proxyArgs(model: TenantModel): readonly string[] {
  const { spec }: { spec: { containers: readonly { name: string; args: readonly string[] }[] } } = JSON.parse(
    JSON.stringify(templateOf(render(model, aStatus(model), ENVIRONMENT), `${model.model}-a`)),
  );
  return spec.containers.find(({ name }) => name === 'proxy')?.args ?? [];
}

describe.each([
  ['async', MODERATION],
  ['streaming', CLICKS],
])('a model of pattern %s', (_, model) => {
  const stepping = render(model, aStatus(model, { versions: ['7', '8'], phase: 'Stepping', weight: 500 }), ENVIRONMENT);

  test('has the pods of any model, and no route at the gateway', () => {
    expect(kinds(stepping)).toContain('Deployment');
    expect(kinds(stepping)).not.toContain('HTTPRoute');
    expect(kinds(stepping)).not.toContain('BackendTrafficPolicy');
  });

  test('reads its route from a file that says the whole intent', () => {
    const status = aStatus(model, { versions: ['7', '8'], phase: 'Stepping', weight: 500 });
    const { data }: { data: { 'route.json': string } } = JSON.parse(JSON.stringify(objectOf(stepping, 'ConfigMap', `${model.model}.route`)));
    expect(JSON.parse(data['route.json'])).toEqual(status.route);
  });

  test('has the same pods at every station of a rollout: neither role nor share stands in them', () => {
    const templates = Object.values(stations(model)).flatMap((status) => {
      const objects = render(model, status, ENVIRONMENT);
      return status.route.versions.b === null ? [] : [templateOf(objects, `${model.model}-b`)];
    });
    expect(templates.length).toBeGreaterThan(5);
    for (const template of templates) expect(template).toEqual(templates[0]);
  });

  test('lets its slots reach each other, for the reader hands records to the other one', () => {
    expect(proxyArgs(model)).toEqual(
      expect.arrayContaining([`--slot=a`, `--peer-a=http://${model.model}-a.tenant-shop:8080`, `--peer-b=http://${model.model}-b.tenant-shop:8080`]),
    );
    const selector = { podSelector: { matchLabels: { 'weir.dev/model': model.model } } };
    const ports = [{ protocol: 'TCP', port: 8080 }];
    expect(objectOf(stepping, 'NetworkPolicy', `${model.model}.peers`)).toMatchObject({
      spec: { ...selector, ingress: [{ from: [selector], ports }], egress: [{ to: [selector], ports }] },
    });
  });

  test('is scaled by the lag of its group, which KEDA reads as MSK wants it', () => {
    const trigger = {
      type: 'kafka',
      metadata: { bootstrapServers: ENVIRONMENT.kafka, sasl: 'oauthbearer', saslTokenProvider: 'aws_msk_iam', awsRegion: 'eu-west-1', tls: 'enable' },
      authenticationRef: { name: `${model.model}-kafka` },
    };
    expect(objectOf(stepping, 'ScaledObject', `${model.model}-a`)).toMatchObject({ spec: { triggers: [trigger] } });
    expect(objectOf(stepping, 'TriggerAuthentication', `${model.model}-kafka`)).toMatchObject({ spec: { podIdentity: { provider: 'aws' } } });
  });
});

test('an async model answers what waited too long with the fallback, and works on so many at once', () => {
  expect(proxyArgs(MODERATION)).toEqual(expect.arrayContaining(['--max-age=30m', '--concurrency=8']));
});

test('topics begin with their kind and tenant, and both slots are one group', () => {
  expect(queueTopics(MODERATION)).toEqual({
    from: 'weir.async.shop.moderation',
    to: 'weir.async.shop.moderation.answers',
    consumerGroup: 'weir.async.shop.moderation',
  });
  expect(queueTopics(CLICKS)).toEqual({
    from: 'weir.stream.shop.clicks',
    to: 'weir.stream.shop.click-scores',
    consumerGroup: 'weir.streaming.shop.clickstream',
  });
});

test.each<[string, number, TenantModel]>([
  ['ten that wait for each that is worked on', 80, MODERATION],
  ['what comes in maxLag at the usual rate, for each of the fewest replicas', 25_000, CLICKS],
  ['what may wait in the server, when nobody said the rate', 100, withoutTraffic(CLICKS)],
])('a replica may lag by %s: %d', (_, records, model) => {
  expect(lagThreshold(model)).toBe(records);
});

function withoutTraffic(model: TenantModel): TenantModel {
  const { traffic: _, ...rest } = model;
  return rest;
}
