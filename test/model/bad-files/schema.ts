import type { BadFiles } from './case.ts';

/** Files that are YAML and not what the schema says. */
export const SCHEMA: readonly BadFiles[] = [
  {
    name: 'an unknown key',
    edit: ['colour: red'],
    says: [
      'payments/models/fraud.yaml:10:1  colour  "colour" is not a field of a model file | Known are model, owner, description, risk, pattern, registry, serving, route, inputs, features, outputs, score, labels, outcomes, groups, fallback, slo, drift, recommendations, batch, async, streaming, llm, retraining, traffic, cost, rollout.',
    ],
  },
  {
    name: 'a misspelt key',
    text: 'modle: fraud\nowner: payments-ml\nregistry: {version: 8}\nserving: {latency: 50ms}\ninputs: {amount: numeric}\noutputs: {score: probability}\n',
    says: [
      'payments/models/fraud.yaml:1:1  modle  "modle" is not a field of a model file | did you mean "model"? (model, owner, description, risk, pattern, registry, serving, route, inputs, features, outputs, score, labels, outcomes, groups, fallback, slo, drift, recommendations, batch, async, streaming, llm, retraining, traffic, cost, rollout)',
    ],
  },
  {
    name: 'a misspelt key of a section',
    edit: ['serving: {latncy: 50ms}'],
    says: [
      'payments/models/fraud.yaml:4:11  serving.latncy  "latncy" is not a field of a serving section | did you mean "latency"? (latency, engine, backend, mode, pool, gpu, gpus, accelerator, instances, loadTime, resources, batching, autoscaling, delivery, container, family)',
    ],
  },
  {
    name: 'nothing but a name',
    text: 'model: fraud\n',
    says: [
      'payments/models/fraud.yaml:1:1  outputs  is missing | Add outputs: {score: probability}',
      'payments/models/fraud.yaml:1:1  owner  is missing | Add owner: payments-ml',
      'payments/models/fraud.yaml:1:1  registry  is missing | Add registry: {version: 8}',
    ],
  },
  {
    name: 'a misspelt value',
    edit: ['serving: {latency: 50ms, gpu: fractoin}'],
    says: ['payments/models/fraud.yaml:4:31  serving.gpu  "fractoin" is not a way to share a GPU | did you mean "fraction"? (none, fraction, whole)'],
  },
  {
    name: 'a value that is like no other',
    edit: ['serving: {latency: 50ms, gpu: banana}'],
    says: ['payments/models/fraud.yaml:4:31  serving.gpu  "banana" is not a way to share a GPU | Choose one of none, fraction, whole.'],
  },
  {
    name: 'a misspelt preset',
    edit: ['rollout: standrad'],
    says: [
      'payments/models/fraud.yaml:9:10  rollout  "standrad" is not a rollout preset | did you mean "standard"? (standard, shadow-48h, blue-green, ab-test, champion-challenger, local)',
    ],
  },
  {
    name: 'a misspelt kind',
    edit: ['inputs: {amount: numerical}'],
    says: [
      'payments/models/fraud.yaml:5:18  inputs.amount  "numerical" is not a kind of field | did you mean "numeric"? (numeric, categorical, probability, timestamp, text, embedding, items, binary)',
    ],
  },
  {
    name: 'a misspelt kind in a field',
    edit: ['inputs: {amount: {kind: categorcal}}'],
    says: [
      'payments/models/fraud.yaml:5:25  inputs.amount.kind  "categorcal" is not a kind of field | did you mean "categorical"? (numeric, categorical, probability, timestamp, text, embedding, items, binary)',
    ],
  },
  {
    name: 'a misspelt kind in a list',
    edit: ['inputs: [{name: amount, kind: numerc}]'],
    says: [
      'payments/models/fraud.yaml:5:31  inputs[0].kind  "numerc" is not a kind of field | did you mean "numeric"? (numeric, categorical, probability, timestamp, text, embedding, items, binary)',
    ],
  },
  {
    name: 'a misspelt step',
    edit: ['rollout: {steps: [{wieght: 5}]}'],
    says: [
      'payments/models/fraud.yaml:9:20  rollout.steps[0].wieght  "wieght" is not a field of a weight step | did you mean "weight"? (weight, margin, minSamples, minDwell, maxDwell, onMaxDwell)',
    ],
  },
  {
    name: 'a step that is none',
    edit: ['rollout: {steps: [canary]}'],
    says: ['payments/models/fraud.yaml:9:19  rollout.steps[0]  "canary" is not a step | Write a step, such as {weight: 5}'],
  },
  {
    name: 'a preset that is a number',
    edit: ['rollout: 5'],
    says: [
      'payments/models/fraud.yaml:9:10  rollout  5 is not a preset or a rollout section | Write a preset or a rollout section, such as standard',
    ],
  },
  {
    name: 'capitals in a name',
    edit: ['model: Fraud'],
    says: [
      'payments/models/fraud.yaml:1:8  model  "Fraud" is not a DNS name | Lower-case letters, digits and dashes, at most 50, beginning with a letter and not ending in a dash, such as fraud-eu',
    ],
  },
  {
    name: 'a path as a name',
    edit: ['model: ../../etc'],
    says: [
      'payments/models/fraud.yaml:1:8  model  "../../etc" is not a DNS name | Lower-case letters, digits and dashes, at most 50, beginning with a letter and not ending in a dash, such as fraud-eu',
    ],
  },
  {
    name: 'a name that ends in a dash',
    edit: ['model: fraud-'],
    says: [
      'payments/models/fraud.yaml:1:8  model  "fraud-" is not a DNS name | Lower-case letters, digits and dashes, at most 50, beginning with a letter and not ending in a dash, such as fraud-eu',
    ],
  },
  {
    name: 'a name of 51 letters',
    edit: [`model: ${'f'.repeat(51)}`],
    says: [
      'payments/models/fraud.yaml:1:8  model  "fffffffffffffffffffffffffffffffffffffffffffffffffff" is not a DNS name | Lower-case letters, digits and dashes, at most 50, beginning with a letter and not ending in a dash, such as fraud-eu',
    ],
  },
  {
    name: 'a time without its unit',
    edit: ['serving: {latency: 50}'],
    says: [
      'payments/models/fraud.yaml:4:20  serving.latency  50 is not a duration | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
    ],
  },
  {
    name: 'a time in words',
    edit: ['labels: {event: chargeback, delay: 45 days}'],
    says: [
      'payments/models/fraud.yaml:7:36  labels.delay  "45 days" is not a duration | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
    ],
  },
  {
    name: 'bytes in decimal units',
    edit: ['serving: {latency: 50ms, resources: {memory: 4GB}}'],
    says: [
      'payments/models/fraud.yaml:4:46  serving.resources.memory  "4GB" is not an amount of bytes | A whole number with Ki, Mi, Gi or Ti, such as 512Mi, 4Gi',
    ],
  },
  {
    name: 'a share above 1',
    edit: ['slo: {availability: 99.9}'],
    says: ['payments/models/fraud.yaml:10:21  slo.availability  99.9 is out of range for a share of requests | It is above 0 and below 1.'],
  },
  {
    name: 'a weight above 100',
    edit: ['rollout: {steps: [{weight: 500}]}'],
    says: [
      'payments/models/fraud.yaml:9:28  rollout.steps[0].weight  500 is out of range for a weight in percent | It is at least 0.01 and at most 100.',
    ],
  },
  {
    name: 'replicas as text',
    edit: ['serving: {latency: 50ms, autoscaling: {max: four}}'],
    says: ['payments/models/fraud.yaml:4:45  serving.autoscaling.max  "four" is not a number of replicas | Write a number of replicas, such as 8'],
  },
  {
    name: 'half a replica',
    edit: ['serving: {latency: 50ms, autoscaling: {max: 2.5}}'],
    says: ['payments/models/fraud.yaml:4:45  serving.autoscaling.max  2.5 is not a number of replicas | Write a number of replicas, such as 8'],
  },
  {
    name: 'an image by tag',
    edit: ['serving: {latency: 50ms, engine: container, container: {image: "acme/eta:latest"}}'],
    says: [
      'payments/models/fraud.yaml:4:64  serving.container.image  "acme/eta:latest" is not an image by digest | Tags move, digests do not, such as "123456789012.dkr.ecr.eu-west-1.amazonaws.com/eta@sha256:…"',
    ],
  },
  {
    name: 'a URL without TLS',
    edit: ['rollout: {gates: [{type: Webhook, url: http://checks.example.com}]}'],
    says: [
      'payments/models/fraud.yaml:9:40  rollout.gates[0].url  "http://checks.example.com" is not an HTTPS URL | Webhook only: answers 2xx for yes, 409 for no, such as https://checks.example.com/gate',
    ],
  },
  {
    name: 'a header in capitals',
    edit: ['rollout: {stickiness: {header: X-User}}'],
    says: [
      'payments/models/fraud.yaml:9:32  rollout.stickiness.header  "X-User" is not the name of a header | Lower-case letters, digits and dashes, at most 64, such as x-user-id',
    ],
  },
  {
    name: 'a digest that is too short',
    edit: ['registry: {version: 8, digest: "sha256:4be1"}'],
    says: [
      'payments/models/fraud.yaml:3:32  registry.digest  "sha256:4be1" is not a digest | The sha256 of the version\'s manifest, when the file shall pin it, such as "sha256:4be1…"',
    ],
  },
  {
    name: 'no inputs in the map',
    edit: ['inputs: {}'],
    says: ['payments/models/fraud.yaml:5:9  inputs  fields by name is empty | Give at least 1.'],
  },
  {
    name: 'a field that begins with a digit',
    edit: ['inputs: {1st: numeric}'],
    says: [
      'payments/models/fraud.yaml:5:10  inputs.1st  "1st" is not the name of a field | A letter, then letters, digits, `_`, `.` or `-`, at most 63, such as amount',
    ],
  },
  {
    name: 'a preset of gates that is a word',
    edit: ['rollout: {gates: GoldenSet}'],
    says: [
      'payments/models/fraud.yaml:9:18  rollout.gates  "GoldenSet" is not a list of gates | Write a list of gates, such as [{type: SchemaCompat}, {type: GoldenSet}, {type: RegistryMetric, metric: {name: auc, min: 0.69}}]',
    ],
  },
  {
    name: 'a label without its delay',
    edit: ['labels: {event: chargeback}'],
    says: ['payments/models/fraud.yaml:7:1  labels.delay  is missing | Add delay: 45d'],
  },
  {
    name: 'the same null share twice over',
    edit: ['drift: {ambient: [amount, amount]}'],
    says: ['payments/models/fraud.yaml:10:18  drift.ambient  names one twice | Keep one of the two.'],
  },
  {
    name: 'a schedule of four fields',
    edit: ['retraining: {workflow: train, schedule: "0 2 * *"}'],
    says: [
      'payments/models/fraud.yaml:10:41  retraining.schedule  "0 2 * *" is not a cron schedule | Five fields: minute, hour, day of month, month, day of week, such as 0 2 * * *',
    ],
  },
  {
    name: 'five mistakes at once',
    text: 'model: fraud\nownr: payments-ml\nregistry: {version: 8}\nserving: {latency: 50}\ninputs: {amount: numeric, country: categoric}\noutputs: {score: probability}\nlabels: {event: chargeback, delay: 45 days}\nfallback: {score: [[1]]}\n',
    says: [
      'payments/models/fraud.yaml:2:1  ownr  "ownr" is not a field of a model file | did you mean "owner"? (model, owner, description, risk, pattern, registry, serving, route, inputs, features, outputs, score, labels, outcomes, groups, fallback, slo, drift, recommendations, batch, async, streaming, llm, retraining, traffic, cost, rollout)',
      'payments/models/fraud.yaml:4:20  serving.latency  50 is not a duration | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
      'payments/models/fraud.yaml:5:36  inputs.country  "categoric" is not a kind of field | did you mean "categorical"? (numeric, categorical, probability, timestamp, text, embedding, items, binary)',
      'payments/models/fraud.yaml:7:36  labels.delay  "45 days" is not a duration | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
      'payments/models/fraud.yaml:8:20  fallback.score[0]  a list is not a number, a text, true or false | Write a number, a text, true or false, such as 0.02',
    ],
  },
];
