import { describe, expect, test } from 'vitest';
import { BATCH, type BadFiles, FEATURES, features, IMAGE, LLM, SERVICE, SHOP, STREAM, second, tenant, VLLM } from '../bad-files/case.ts';
import { filesOf, lineOf, problemsOf } from '../bad-files/folder.ts';

type Good = Omit<BadFiles, 'says'>;

/** What people may well write: the other side of the table of bad files. */
const GOOD: readonly Good[] = [
  { name: 'no labels', without: ['labels'] },
  { name: 'no fallback', without: ['fallback'] },
  { name: 'no preset', without: ['rollout'] },
  { name: 'a map of fields, a list of fields', edit: ['inputs: [{name: amount, kind: numeric}, {name: country, kind: categorical}]'] },
  { name: 'every preset but that of one machine: shadow-48h', edit: ['rollout: shadow-48h'] },
  { name: 'blue-green', edit: ['rollout: blue-green'] },
  { name: 'an A/B test', edit: ['rollout: {preset: ab-test, stickiness: {header: x-user-id}}'] },
  { name: 'a challenger', edit: ['rollout: champion-challenger'] },
  { name: 'a challenger without labels', edit: ['rollout: champion-challenger'], without: ['labels'] },
  { name: 'the preset of one machine where it is trusted', edit: ['rollout: local'], files: tenant('trusted: {presets: [local]}') },
  { name: 'the lowest risk', edit: ['risk: low'] },
  { name: 'a high risk', edit: ['risk: high'], without: ['rollout'] },
  {
    name: 'a regulated model',
    edit: ['risk: regulated', 'groups: [{name: age, values: [young, old], reference: old}]'],
    without: ['rollout'],
    files: tenant('retention: {predictions: 400d}'),
  },
  { name: 'an alias', edit: ['registry: {follow: candidate}'] },
  { name: 'a table', edit: BATCH },
  { name: 'a topic', edit: STREAM },
  { name: 'a queue', edit: ['pattern: async', 'serving: {latency: 20s}'] },
  { name: 'a language model', edit: [VLLM, ...LLM], without: ['rollout'] },
  {
    name: 'a language model on two GPUs',
    edit: [VLLM, ...LLM, 'llm: {tensorParallel: 2}'],
    without: ['rollout'],
    files: tenant('quota: {gpus: 32, cpu: 256, memory: 512Gi}', 'pools: {}'),
  },
  {
    name: 'a container',
    edit: [
      `serving: {latency: 50ms, engine: container, container: {${IMAGE}, environment: {MAX_TOKENS: "512", PASSWORD_FILE: /run/secrets/db, MODE: fast}}}`,
    ],
  },
  { name: 'rules', edit: ['serving: {latency: 50ms, engine: rules}'] },
  { name: 'a place in a pool', edit: ['serving: {latency: 50ms, gpu: fraction}'] },
  { name: 'a place in a pool on CPU', edit: ['serving: {latency: 50ms, mode: shared}'], files: tenant('pools: {default: {gpu: none}}') },
  { name: 'a family', edit: ['serving: {latency: 50ms, gpu: fraction, family: {header: x-district, members: "district-[001-120]"}}'] },
  { name: 'scale to zero', edit: ['serving: {latency: 50ms, autoscaling: {min: 1, zero: {}}}'] },
  { name: 'one replica', edit: ['serving: {latency: 50ms, autoscaling: {max: 1}}'] },
  { name: 'a regression', edit: ['outputs: {minutes: numeric}', 'fallback: {minutes: 20}'] },
  {
    name: 'several probabilities without labels',
    edit: ['outputs: {nude: probability, violent: probability}', 'fallback: {nude: 1, violent: 1}'],
    without: ['labels'],
  },
  {
    name: 'a list of recommended items',
    edit: ['outputs: {items: {kind: items, shape: 3}}', 'fallback: {items: [a, b, c]}', 'recommendations: {output: items, size: 3, catalogue: 500}'],
    without: ['labels'],
  },
  { name: 'a slow load', edit: ['serving: {latency: 50ms, loadTime: 40m}'] },
  { name: 'features', edit: [SERVICE], files: features() },
  { name: 'features alone', edit: [SERVICE], without: ['inputs'], files: features() },
  {
    name: 'features of a tenant that shares them',
    edit: ['features: {service: shop/taste_v1}'],
    files: {
      'shop/tenant.yaml': `${SHOP}shares: {features: {taste_v1: [payments]}}\n`,
      'shop/features.yaml': FEATURES.replace('fraud_v3', 'taste_v1'),
    },
  },
  {
    name: 'a registered model of a tenant that shares it',
    edit: ['registry: {model: shop/embeddings, version: 1}'],
    files: { 'shop/tenant.yaml': `${SHOP}shares: {models: {embeddings: [payments]}}\n` },
  },
  { name: 'delicate data', files: tenant('dataClass: confidential') },
  { name: 'a host of its own', edit: ['route: {host: fraud.example.com}'], files: tenant('trusted: {hosts: ["*.example.com"]}') },
  { name: 'Python with trust', edit: ['serving: {latency: 50ms, backend: python}'], files: tenant('trusted: {pythonBackend: [fraud]}') },
  { name: 'two models whose names begin alike', files: second('fraud-a') },
  { name: 'two models of the same inputs', files: second('eta') },
  { name: 'traffic enough', edit: ['traffic: {usual: 200, errors: 0.005, compute: 20ms}'] },
  {
    name: 'a gate list without what no plan can leave out',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: RegistryMetric, metric: {name: auc, min: 0.7}}]}'],
  },
  {
    name: 'peaks and schedules',
    edit: [
      'serving: {latency: 50ms, autoscaling: {peaks: [{name: rush, from: "30 6 * * mon-fri", to: "0 9 * * mon-fri", zone: Europe/Berlin, replicas: 3}, {name: sale, from: 2026-11-27T00:00Z, to: 2026-11-30T00:00Z, replicas: 4}]}}',
      'retraining: {workflow: train, schedule: "*/30 2-4 1,15 jan-jun *"}',
    ],
  },
];

describe('nothing is wrong with', () => {
  test.each(GOOD)('$name', (good) => {
    expect(problemsOf(filesOf(good)).map(lineOf)).toEqual([]);
    expect(problemsOf(filesOf(good), 'local').map(lineOf)).toEqual([]);
  });

  test('a model without a tenant file, on one machine', () => {
    expect(problemsOf({ ...filesOf({}), 'payments/tenant.yaml': null }, 'local').map(lineOf)).toEqual([]);
  });
});
