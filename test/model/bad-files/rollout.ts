import type { BadFiles } from './case.ts';

/** Steps, gates, guards, baking, expected times. */
export const ROLLOUT: readonly BadFiles[] = [
  {
    name: 'weights that fall',
    edit: ['rollout: {steps: [{weight: 25}, {weight: 5}]}'],
    says: ['payments/models/fraud.yaml:9:42  rollout.steps[1].weight  weight 5 after weight 25 | Let the weights rise.'],
  },
  {
    name: 'a shadow after a weight',
    edit: ['rollout: {steps: [{weight: 25}, {shadow: {percent: 5}}]}'],
    says: ['payments/models/fraud.yaml:9:42  rollout.steps[1].shadow  a shadow step after weight 25 | Put shadow steps before the weights.'],
  },
  {
    name: 'a weight finer than a position',
    edit: ['rollout: {steps: [{weight: 33.3333}]}'],
    says: ['payments/models/fraud.yaml:9:28  rollout.steps[0].weight  weight 33.3333 is finer than 0.01 % | Round it.'],
  },
  {
    name: 'no steps at all',
    edit: ['rollout: {steps: []}'],
    says: [
      'payments/models/fraud.yaml:9:18  rollout.steps  a list of no steps | A version would get all traffic unseen: give a step, such as {weight: 10}',
    ],
  },
  {
    name: 'dwells that contradict each other',
    edit: ['rollout: {steps: [{weight: 5, minDwell: 2h, maxDwell: 1h}]}'],
    says: [
      'payments/models/fraud.yaml:9:55  rollout.steps[0].maxDwell  maxDwell 1h is shorter than minDwell 2h | Raise maxDwell, or lower minDwell.',
    ],
  },
  {
    name: "a dwell against the preset's",
    edit: ['rollout: {steps: [{weight: 5, maxDwell: 1m}]}'],
    says: [
      'payments/models/fraud.yaml:9:41  rollout.steps[0].maxDwell  maxDwell 1m is shorter than minDwell 10m (preset standard) | Raise maxDwell, or lower minDwell.',
    ],
  },
  {
    name: 'an A/B test without users',
    edit: ['rollout: ab-test'],
    says: [
      'payments/models/fraud.yaml:9:1  rollout  an A/B test keeps each user on one version, and no header names the user | Add stickiness: {header: x-user-id}',
    ],
  },
  {
    name: 'a metric gate without a metric',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: RegistryMetric}]}'],
    says: ['payments/models/fraud.yaml:9:60  rollout.gates[2].metric  is missing | Add metric: {name: auc, min: 0.69}'],
  },
  {
    name: 'a metric of another gate',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet, metric: {name: auc, min: 0.7}}]}'],
    says: ['payments/models/fraud.yaml:9:59  rollout.gates[1].metric  GoldenSet reads no metric | Use type: RegistryMetric, or leave metric out.'],
  },
  {
    name: 'an approval by nobody',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: Approval}]}'],
    says: ['payments/models/fraud.yaml:9:60  rollout.gates[2].by  is missing | Add by: "group:ml-oncall"'],
  },
  {
    name: 'a webhook to nowhere',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: Webhook}]}'],
    says: ['payments/models/fraud.yaml:9:60  rollout.gates[2].url  is missing | Add url: https://checks.example.com/gate'],
  },
  {
    name: 'a fairness gate without groups',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: Fairness}]}'],
    says: [
      'payments/models/fraud.yaml:9:67  rollout.gates[2].type  Fairness compares groups, and none are declared | Declare groups, or leave the gate out.',
    ],
  },
  {
    name: 'a load test without traffic',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: LoadTest}]}'],
    says: [
      'payments/models/fraud.yaml:9:67  rollout.gates[2].type  LoadTest drives the peak, and no traffic is given | Add traffic: {usual: 200, peak: 600}, or leave the gate out.',
    ],
  },
  {
    name: 'a scan that lets through',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: Scan, onFail: ShadowOnly}]}'],
    says: [
      'payments/models/fraud.yaml:9:81  rollout.gates[2].onFail  a version that fails Scan must not be loaded, not even in the shadow | Use Reject.',
    ],
  },
  {
    name: 'a gate given twice',
    edit: ['rollout: {gates: [{type: SchemaCompat}, {type: GoldenSet}, {type: GoldenSet}]}'],
    says: ['payments/models/fraud.yaml:9:67  rollout.gates[2].type  GoldenSet is given twice | Keep one of the two.'],
  },
  {
    name: 'a guard without its event',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, share: 0.4}]}'],
    says: ['payments/models/fraud.yaml:9:20  rollout.guards[0].event  is missing | Add event: error'],
  },
  {
    name: 'a guard without its share',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, event: error}]}'],
    says: ['payments/models/fraud.yaml:9:20  rollout.guards[0].share  is missing | Add share: 0.4'],
  },
  {
    name: 'a fuse with a share',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, event: error, share: 0.4}, {name: fuse, kind: fuse, event: error, share: 0.1}]}'],
    says: ['payments/models/fraud.yaml:9:114  rollout.guards[1].share  a guard of kind fuse has no share | Leave it out.'],
  },
  {
    name: 'a fuse that watches latency',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, event: error, share: 0.4}, {name: fuse, kind: fuse, event: slow}]}'],
    says: ['payments/models/fraud.yaml:9:107  rollout.guards[1].event  a fuse does not watch slow | A fuse is for disasters: use event: error.'],
  },
  {
    name: 'two guards of one name',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, event: error, share: 0.4}, {name: errors, kind: rate, event: error, share: 0.1}]}'],
    says: ['payments/models/fraud.yaml:9:82  rollout.guards[1].name  "errors" is used twice | Give each guard a name of its own.'],
  },
  {
    name: 'shares above 1',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, event: error, share: 0.8}, {name: slow, kind: ratio, event: slow, share: 0.4}]}'],
    says: [
      'payments/models/fraud.yaml:9:19  rollout.guards  the shares of alpha sum to 1.2 (0.8 + 0.4) | Let them sum to 1 at most: together they spend alpha once.',
    ],
  },
  {
    name: 'guards that stop nobody',
    edit: ['rollout: {guards: [{name: errors, kind: ratio, event: error, share: 0.4, dryRun: true}]}'],
    says: [
      'payments/models/fraud.yaml:9:19  rollout.guards  no guard of these would stop a bad version | Add {name: errors, kind: ratio, event: error, share: 0.4}',
    ],
  },
  {
    name: 'a label gate without labels',
    edit: ['labels: []', 'rollout: {bake: {labelGate: {minMatured: 2000}}}'],
    says: ['payments/models/fraud.yaml:9:18  rollout.bake.labelGate  waits for labels, and there are none | Declare labels, or leave the gate out.'],
  },
  {
    name: 'a label gate that ends before the label',
    edit: ['rollout: {bake: {labelGate: {maxWait: 14d}}}'],
    says: [
      'payments/models/fraud.yaml:9:39  rollout.bake.labelGate.maxWait  maxWait 14d ends before the first label is due ("chargeback", delay 45d) | Raise maxWait, or let a proxy label decide: onMaxWait: Proxy.',
    ],
  },
  {
    name: 'a proxy that decides, and none declared',
    edit: ['rollout: {bake: {labelGate: {maxWait: 14d, onMaxWait: Proxy}}}'],
    says: [
      'payments/models/fraud.yaml:9:55  rollout.bake.labelGate.onMaxWait  no label is a proxy | Declare one with proxy: true, or use onMaxWait: Hold.',
    ],
  },
  {
    name: 'too little traffic for the steps',
    edit: ['traffic: {usual: 0.5, errors: 0.005}'],
    says: [
      'payments/models/fraud.yaml:9:10  rollout  warning: shadow 10 % takes about 6h at 0.5 requests/s, and its maxDwell is 4h (preset standard): the rollout would wait for a person | copy more requests, ask for fewer samples, or raise its maxDwell to 9h',
      'payments/models/fraud.yaml:9:10  rollout  warning: weight 1 takes about 27h at 0.5 requests/s, and its maxDwell is 12h (preset standard): the rollout would wait for a person | raise its maxDwell to 40h, or its margin',
    ],
  },
  {
    name: 'too little traffic for the first weights',
    edit: ['traffic: {usual: 0.9}', 'rollout: {steps: [{weight: 1}, {weight: 50}]}'],
    says: [
      'payments/models/fraud.yaml:9:28  rollout.steps[0].weight  warning: weight 1 takes about 15h at 0.9 requests/s, and its maxDwell is 12h (preset standard): the rollout would wait for a person | begin with weight 50 (about 12h), or raise its maxDwell to 22h',
    ],
  },
  {
    name: 'too little traffic for any step',
    edit: ['traffic: {usual: 0.01}'],
    says: [
      'payments/models/fraud.yaml:9:10  rollout  warning: shadow 10 % takes about 12d at 0.01 requests/s, and its maxDwell is 4h (preset standard): the rollout would wait for a person | copy more requests, ask for fewer samples, or raise its maxDwell to 18d',
      'payments/models/fraud.yaml:9:10  rollout  warning: weight 1 takes about 55d at 0.01 requests/s, and its maxDwell is 12h (preset standard): the rollout would wait for a person | raise its maxDwell to 82d, or its margin',
    ],
  },
  {
    name: 'too few copies for the shadow',
    edit: ['traffic: {usual: 100}', 'rollout: {steps: [{shadow: {percent: 0.01, minSamples: 1000}}, {weight: 25}]}'],
    says: [
      'payments/models/fraud.yaml:9:28  rollout.steps[0].shadow  warning: shadow 0.01 % takes about 28h at 100 requests/s, and its maxDwell is 4h (preset standard): the rollout would wait for a person | copy more requests, ask for fewer samples, or raise its maxDwell to 42h',
    ],
  },
];
