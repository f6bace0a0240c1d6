import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Recording } from '../../cli/graph/node.ts';
import { unwrapped } from '../../cli/graph/secrets.ts';
import { at, isMap, type TreeMap } from '../../runtime/model/layers/tree.ts';
import { recordEnvironment } from '../support/environments.ts';

const DIGEST = 'sha256:bc07375737fbf3d8df20dc8b8f84df7837ca0b5e3ce3eddf543340c31ff9bc9e';
const ZONE = 'Z0123456789ABCDEFGHIJ';
const TRAINING = { trainingGpus: 8 };
const SHARED = { sharedGpus: 2 };

/** Another value than dev's for each setting of the platform, and what has to be said before it means anything. */
const CHANGES: Readonly<Record<string, readonly [change: TreeMap, above?: TreeMap]>> = {
  lake: [{ lake: 'on' }],
  'pools.ami': [{ pools: { ami: 'al2023@v20260901' } }],
  'pools.generalCpu': [{ pools: { generalCpu: 64 } }],
  'pools.inferenceCpu': [{ pools: { inferenceCpu: 64 } }],
  'pools.gpuFamilies': [{ pools: { gpuFamilies: ['g6', 'g6e'] } }],
  'pools.gpus': [{ pools: { gpus: 6 } }],
  'pools.gpuSpot': [{ pools: { gpuSpot: 'off' } }],
  'pools.trainingFamilies': [{ pools: { trainingFamilies: ['p5'] } }, { pools: TRAINING }],
  'pools.trainingGpus': [{ pools: TRAINING }],
  'pools.sharedGpus': [{ pools: SHARED }],
  'pools.sharedBy': [{ pools: { sharedBy: 2 } }, { pools: SHARED }],
  'pools.consolidation': [{ pools: { consolidation: 'WhenEmpty' } }],
  'gateway.domain': [{ gateway: { domain: 'models.example.org' } }],
  'gateway.scheme': [{ gateway: { scheme: 'internet-facing' } }],
  'gateway.certificate': [{ gateway: { certificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012' } }],
  'gateway.issuer': [{ gateway: { issuer: 'platform@example.com' } }, { gateway: { dnsZone: ZONE } }],
  'gateway.dnsZone': [{ gateway: { dnsZone: ZONE } }],
  'gateway.jwt': [{ gateway: { jwt: { audiences: ['another'] } } }],
  'gateway.people': [{ gateway: { people: { issuer: 'https://login.example.com', clientId: 'weir' } } }],
  'gateway.requestsPerSecond': [{ gateway: { requestsPerSecond: 10 } }],
  'gateway.maxBodyMiB': [{ gateway: { maxBodyMiB: 16 } }],
  'features.online': [{ features: { online: 'dynamodb' } }],
  'features.replicas': [{ features: { replicas: 20 } }],
  'prometheus.days': [{ prometheus: { days: 30 } }],
  'prometheus.GiB': [{ prometheus: { GiB: 80 } }],
  'alerts.receivers': [{ alerts: { receivers: ['slack', 'pagerduty'] } }],
  'alerts.slackChannel': [{ alerts: { slackChannel: '#another' } }],
  'alerts.watchdog': [{ alerts: { watchdog: 'on' } }],
  'images.digests.weir': [{ images: { digests: { weir: DIGEST } } }],
  'images.digests.triton': [{ images: { digests: { triton: DIGEST } } }],
  'images.digests.vllm': [{ images: { digests: { vllm: DIGEST } } }],
  'images.digests.mlflow': [{ images: { digests: { mlflow: DIGEST } } }],
  'images.digests.feast': [{ images: { digests: { feast: DIGEST } } }],
};

const SECTIONS = ['pools', 'gateway', 'features', 'prometheus', 'alerts', 'images.digests'];

test('each setting of the platform is held against what it changes', () => {
  const schema: TreeMap = JSON.parse(readFileSync('stacks/settings/settings.v1alpha1.json', 'utf8'));
  const settings = SECTIONS.flatMap((section) => {
    const properties = at(
      schema,
      section.split('.').flatMap((key) => ['properties', key]),
    );
    const own = isMap(properties) && isMap(properties.properties) ? Object.keys(properties.properties) : [];
    expect(own).not.toEqual([]);
    return own.map((key) => `${section}.${key}`);
  });
  expect(Object.keys(CHANGES).sort()).toEqual([...settings, 'lake'].sort());
});

test.each(Object.entries(CHANGES))('%s changes what is made, or what the layer above is told', async (_, [change, above = {}]) => {
  const [before, after] = [await recordEnvironment('dev', { settings: above }), await recordEnvironment('dev', { settings: merged(above, change) })];
  expect(told(after)).not.toEqual(told(before));
});

function told({ graph, outputs }: Recording): unknown {
  return [[...graph].map(([urn, { inputs }]) => [urn, inputs]), unwrapped(outputs.models)];
}

/** Sections side by side; a section that both name has the members of both. */
function merged(above: TreeMap, change: TreeMap): TreeMap {
  const rows = Object.entries(change).map(([key, value]) => {
    const below = above[key];
    return [key, isMap(below) && isMap(value) ? { ...below, ...value } : value];
  });
  return { ...above, ...Object.fromEntries(rows) };
}
