import { BATCH, type BadFiles } from './case.ts';

/** Sections of other patterns, headers and paths that are taken. */
export const PATTERNS: readonly BadFiles[] = [
  {
    name: 'batch without its section',
    edit: ['pattern: batch', 'serving: {}'],
    says: ['payments/models/fraud.yaml:1:1  batch  is missing | Add batch: {schedule: "0 2 * * *", from: customers, to: churn_scores}'],
  },
  {
    name: 'streaming without its section',
    edit: ['pattern: streaming', 'serving: {}'],
    says: ['payments/models/fraud.yaml:1:1  streaming  is missing | Add streaming: {from: clicks, to: click-scores}'],
  },
  {
    name: 'a batch section of an online model',
    edit: ['batch: {schedule: "0 2 * * *", from: customers, to: scores}'],
    says: ['payments/models/fraud.yaml:10:1  batch  a model of pattern online has no batch section | Say pattern: batch, or leave it out.'],
  },
  {
    name: 'a table that is read and written',
    edit: ['pattern: batch', 'serving: {}', 'batch: {schedule: "0 2 * * *", from: customers, to: customers}'],
    says: ['payments/models/fraud.yaml:11:53  batch.to  "customers" is read and written | Write to another table.'],
  },
  {
    name: 'a topic that feeds itself',
    edit: ['pattern: streaming', 'serving: {}', 'streaming: {from: clicks, to: clicks}'],
    says: [
      'payments/models/fraud.yaml:11:31  streaming.to  "clicks" is read and written | A topic that feeds itself never ends: write to another one.',
    ],
  },
  {
    name: 'a route to a table',
    edit: [...BATCH, 'route: {path: /v2/models/churn}'],
    says: ['payments/models/fraud.yaml:12:1  route  nobody calls a model of pattern batch: it has no route | Leave it out.'],
  },
  {
    name: 'a user of a table',
    edit: [...BATCH, 'rollout: {stickiness: {header: x-user-id}}'],
    says: ['payments/models/fraud.yaml:9:11  rollout.stickiness  nobody calls a model of pattern batch: it has no user to keep | Leave it out.'],
  },
  {
    name: 'copies of requests that nobody makes',
    edit: [...BATCH, 'rollout: {steps: [{shadow: {percent: 10}}, {weight: 10}]}'],
    says: [
      'payments/models/fraud.yaml:9:20  rollout.steps[0].shadow  a model of pattern batch has no requests to copy | Leave the shadow step out: steps of weight score a share of the rows.',
    ],
  },
  {
    name: 'a table scored by a pool',
    edit: ['pattern: batch', 'serving: {mode: shared, family: {header: x-district, members: [north]}}', BATCH[2]],
    says: [
      'payments/models/fraud.yaml:4:17  serving.mode  a model of pattern batch cannot share a pool | A pool answers requests: use mode: dedicated, with gpu: none or whole.',
    ],
  },
  {
    name: 'a header that is taken',
    edit: ['rollout: {stickiness: {header: authorization}}'],
    says: [
      'payments/models/fraud.yaml:9:32  rollout.stickiness.header  "authorization" has a meaning already | Choose a header of your own, such as x-user-id.',
    ],
  },
  {
    name: 'a preview of every user',
    edit: ['rollout: {stickiness: {header: x-user-id}, preview: {header: x-user-id}}'],
    says: [
      'payments/models/fraud.yaml:9:62  rollout.preview.header  "x-user-id" names the user: every such request would be a preview | Give the preview a header of its own.',
    ],
  },
  {
    name: 'a path of the gateway',
    edit: ['route: {path: /v2/labels}'],
    says: ['payments/models/fraud.yaml:10:15  route.path  "/v2/labels" takes /v2/labels from the gateway | Leave it out: /v2/models/fraud'],
  },
  {
    name: 'a path above those of the gateway',
    edit: ['route: {path: /v2}'],
    says: ['payments/models/fraud.yaml:10:15  route.path  "/v2" takes /v2/labels from the gateway | Leave it out: /v2/models/fraud'],
  },
];
