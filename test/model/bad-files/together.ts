import { type BadFiles, tenant } from './case.ts';

const RETENTION = tenant('retention: {predictions: 30d}');
const TOO_LATE =
  'payments/models/fraud.yaml:7:28  labels.delay  45d is later than the tenant keeps predictions (retention 30d) | raise retention in payments/tenant.yaml:6, or lower the delay';

/** Several mistakes of one file: one does not hide another, and none is told because of another. */
export const TOGETHER: readonly BadFiles[] = [
  {
    name: 'a word that the schema does not know, and a label that comes too late for the tenant',
    files: RETENTION,
    edit: ['serving: {latency: 50ms, delivery: snyc}', 'labels: {event: cb, delay: 45d}'],
    says: ['payments/models/fraud.yaml:4:36  serving.delivery  "snyc" is not a way of delivery | did you mean "sync"? (sync, mountpoint)', TOO_LATE],
  },
  {
    name: 'a contradiction in the file, and a label that comes too late for the tenant',
    files: RETENTION,
    edit: ['serving: {latency: 50ms, gpus: 2}', 'labels: {event: cb, delay: 45d}'],
    says: ['payments/models/fraud.yaml:4:32  serving.gpus  2 GPUs with gpu none (platform default) | Use gpu: whole, or leave gpus out.', TOO_LATE],
  },
  {
    name: 'a wrong label hides what would follow from it',
    files: RETENTION,
    edit: ['labels: {event: cb, delay: soon}'],
    says: [
      'payments/models/fraud.yaml:7:28  labels.delay  "soon" is not a duration | A number with a unit: ms, s, m, h or d, such as 50ms, 5s, 24h, 45d',
    ],
  },
];
