import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { aModel, digestOf } from './models.ts';

/** Pictures in a queue, on an image of the tenant's own. */
export const MODERATION: TenantModel = aModel({
  tenant: 'shop',
  model: 'moderation',
  owner: 'shop-trust',
  pattern: 'async',
  registry: { model: 'moderation', version: '7' },
  route: { path: '/v2/models/moderation' },
  inputs: { image: { kind: 'binary', datatype: 'BYTES', log: 'drop', shape: 1 } },
  fallback: { score: 1 },
  serving: {
    latency: '20s',
    engine: 'container',
    container: { image: `registry.example.com/moderation@${digestOf('4')}`, port: 9_000, args: ['--threads=4'], environment: {} },
    resources: { cpu: 4, memory: '6Gi', storage: '10Gi', sharedMemory: '1Gi' },
    autoscaling: { min: 1, max: 10, peaks: [] },
  },
  async: { maxAge: '30m', concurrency: 8 },
});

const { latency: _, ...withoutLatency } = aModel().serving;

/** Each record of a topic into another. */
export const CLICKS: TenantModel = {
  ...aModel({
    tenant: 'shop',
    model: 'clickstream',
    pattern: 'streaming',
    registry: { model: 'clickstream', version: '7' },
    route: { path: '/v2/models/clickstream' },
    streaming: { from: 'clicks', to: 'click-scores', maxLag: '20s' },
    traffic: { usual: 2_500, peak: 9_000 },
  }),
  serving: { ...withoutLatency, autoscaling: { min: 2, max: 12, peaks: [] } },
};

/** Two million rows each night, by four workers. */
export const CHURN: TenantModel = {
  ...aModel({
    tenant: 'payments',
    model: 'churn',
    pattern: 'batch',
    registry: { model: 'churn', version: '7' },
    route: { path: '/v2/models/churn' },
    batch: {
      schedule: '0 2 * * *',
      zone: 'Europe/Berlin',
      from: 'crm.customers',
      to: 'crm.churn_scores',
      deadline: '4h',
      rows: 2_000_000,
      parallelism: 4,
    },
  }),
  serving: { ...withoutLatency, resources: { cpu: 4, memory: '8Gi', storage: '10Gi', sharedMemory: '1Gi' } },
};
