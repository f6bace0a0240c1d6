import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differingText, type LocalTenants, leftOutText, readLocalTenants } from '../../runtime/local/tenants.ts';
import { tempFolder } from '../support/temp.ts';

const MODEL = `model: fraud
owner: payments-ml
registry: { version: 8 }
serving: { latency: 50ms }
inputs: { amount: numeric, country: categorical }
outputs: { score: probability }
fallback: { score: 0.02 }
`;

const FEATURES = `entities: { card: { key: card_id } }
views:
  stats: { entity: card, freshness: 5m, source: { file: data/stats.csv }, fields: { spend: numeric } }
  lake: { entity: card, freshness: 5m, source: { table: card_stats }, fields: { visits: numeric } }
services: { here: [stats], there: [lake] }
`;

function read(files: Readonly<Record<string, string>>): LocalTenants {
  using folder = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  return readLocalTenants(folder.path);
}

/** The model with these sections in the place of its own. */
function withSections(sections: string): string {
  const keys = [...sections.matchAll(/^(\w+):/gm)].map(([, key]) => `${key}:`);
  const kept = MODEL.split('\n').filter((line) => !keys.some((key) => line.startsWith(key)));
  return `${kept.join('\n')}\n${sections}\n`;
}

const model = (sections: string): LocalTenants => read({ 'payments/models/fraud.yaml': withSections(sections) });

test('ten lines are served, as they are written', () => {
  const { specs, leftOut, differing, problems } = read({ 'payments/models/fraud.yaml': MODEL });
  expect([specs.map(({ name }) => name), leftOut, differing, problems]).toEqual([['fraud'], [], [], []]);
  expect(specs[0]?.rollout.preset).toBe('local');
});

describe('what one machine cannot do leaves a model out, in words', () => {
  test.each([
    [
      `serving: { latency: 50ms, engine: container, container: { image: "x.example.com/y@sha256:${'0'.repeat(64)}" } }`,
      'serving.engine (container: only ONNX models',
    ],
    ['serving: { latency: 50ms, backend: openvino }', 'serving.backend (openvino: only ONNX models'],
    ['registry: { follow: candidate }', 'registry.follow (candidate: one machine follows no alias; name a version)'],
    ['registry: { version: 8, model: other/fraud }', 'registry.model (other/fraud: the registry on one machine'],
    ['outputs: { score: probability, why: text }\nfallback: { score: 1, why: "" }', 'outputs.why.kind (text: drift of text fields'],
    ['inputs: { amount: { kind: numeric, shape: 4 } }', 'inputs.amount.shape (4: tensors on one machine have one value per row)'],
    ['rollout: { gates: [{ type: Format }, { type: Webhook, url: "https://x.example.com/y" }] }', 'rollout.gates[1] (Webhook: this gate is not run'],
    [
      'rollout: { bake: { labelGate: { minMatured: 5 } } }\nlabels: { event: bad, delay: 1d }',
      'rollout.bake.labelGate (baking does not wait for labels',
    ],
  ])('%s', (sections, text) => {
    const { specs, leftOut, problems } = model(sections);
    expect(problems).toEqual([]);
    expect([specs, leftOut.map((told) => leftOutText(told))]).toEqual([
      [],
      [expect.stringContaining(`payments/fraud is not served on this machine: ${text}`)],
    ]);
  });

  test.each([
    ['here', []],
    ['there', ['features.service (there: view "lake" has no source.file, which is what one machine reads)']],
    ['nowhere', ['features.service (nowhere: no features.yaml of these tenants has it for this one)']],
  ])('a model of feature service %s', (service, texts) => {
    const { leftOut, services } = read({
      'payments/features.yaml': FEATURES,
      'payments/models/fraud.yaml': withSections(`inputs: { amount: numeric }\nfeatures: { service: ${service} }`),
    });
    expect(leftOut.map((told) => leftOutText(told))).toEqual(texts.map((text) => `payments/fraud is not served on this machine: ${text}`));
    expect([...services.keys()]).toEqual(texts.length === 0 ? ['payments/fraud'] : []);
  });
});

test('what is done otherwise is told when somebody asked for it, and the model is served', () => {
  const { specs, differing } = model(
    'serving: { latency: 50ms, gpu: whole, autoscaling: { max: 6 } }\ngroups: [{ name: age, values: [young, old], reference: old }]\ndrift: { thresholds: { warn: 0.2 } }',
  );
  expect(specs).toHaveLength(1);
  expect(differing.map(differingText)).toEqual([
    'payments/fraud is served otherwise than its file says: serving.gpu (computed on the CPU); serving.autoscaling (nothing is scaled on one machine); groups (fairness by group is not judged here)',
  ]);
});

test('labels that nothing is measured on here are told', () => {
  const { differing } = model(
    'labels: [{ event: paid, delay: 120d }, { event: seen, delay: 1d, proxy: true, selection: by chance }]\ndrift: { minDrop: 0.02 }',
  );
  expect(differing.map(differingText)).toEqual([
    'payments/fraud is served otherwise than its file says: labels[0].delay (120d: performance is measured up to an age of 90 days here); labels[1].proxy (proxies are kept, and nothing is measured on them here)',
  ]);
});

test('a model that reads features is asked for keys, and the model is given fields', () => {
  const { specs } = read({
    'payments/features.yaml': FEATURES,
    'payments/models/fraud.yaml': withSections('inputs: { amount: numeric }\nfeatures: { service: here, missing: fallback }'),
  });
  expect(specs[0]).toMatchObject({
    inputs: [{ name: 'amount' }, { name: 'spend' }],
    features: { service: 'payments/here', keys: [{ name: 'card_id', log: 'hash' }], fields: ['spend'], missing: 'fallback', timeoutSeconds: 0.01 },
  });
});

test('every example tenant is read: each model is served here, or says why not', () => {
  const { specs, leftOut, problems } = readLocalTenants('tenants');
  expect(problems).toEqual([]);
  expect(specs.map(({ tenant, name }) => `${tenant}/${name}`)).toContain('flights/eta');
  for (const told of leftOut) expect(leftOutText(told)).toMatch(/ is not served on this machine: \S+ \(.+\)/);
});
