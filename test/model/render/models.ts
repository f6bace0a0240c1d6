import type { TenantModel } from '../../../runtime/model/loaded.ts';
import type { EffectiveField, EffectiveModel } from '../../../runtime/model/model-file.ts';
import type { RenderEnvironment } from '../../../runtime/model/render/types.ts';

/** Digests of which one sees at once that they are made up. */
export const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

export const ENVIRONMENT: RenderEnvironment = {
  domain: 'ml.example.com',
  gateway: { name: 'weir', namespace: 'weir-gateway' },
  images: {
    weir: `registry.example.com/weir@${digestOf('1')}`,
    triton: `registry.example.com/tritonserver@${digestOf('2')}`,
    vllm: `registry.example.com/vllm@${digestOf('3')}`,
  },
  region: 'eu-west-1',
  servingBucket: 'weir-serving',
  kafka: 'b-1.kafka.example.com:9098,b-2.kafka.example.com:9098',
  prometheus: 'http://prometheus-operated.monitoring:9090',
  featureServer: 'http://feast-feature-server.features:80',
  namespaces: { gateway: 'weir-gateway', monitoring: 'monitoring', runtime: 'weir-system' },
  egressCidrs: ['10.20.0.0/16'],
  zones: 3,
};

const number: EffectiveField = { kind: 'numeric', datatype: 'FP32', log: 'full', shape: 1 };
const category: EffectiveField = { kind: 'categorical', datatype: 'BYTES', log: 'hash', shape: 1 };
const probability: EffectiveField = { kind: 'probability', datatype: 'FP32', domain: { min: 0, max: 1 }, log: 'full', shape: 1 };

const ROLLOUT: EffectiveModel['rollout'] = {
  preset: 'standard',
  suspend: false,
  steps: [],
  bake: { duration: '24h', controlMirror: 10 },
  gates: [],
  guards: [],
  analysis: { alpha: 0.01, r0: 1.2, advanceAlpha: 0.05, maxNoData: '15m', block: '5m', dispersion: 0.1, cap: 2.5 },
  capacity: { policy: 'Wait', timeout: '30m' },
  progressDeadline: '10m',
  rollback: { keepCandidateFor: '15m', bundleDeadline: '60s', lock: 'PerDigest', lockModelAfter: 2, window: 3 },
  timing: { settle: '10s', still: '10s', lag: '7s' },
};

const SERVING: EffectiveModel['serving'] = {
  latency: '50ms',
  engine: 'triton',
  backend: 'onnxruntime',
  mode: 'dedicated',
  gpu: 'none',
  instances: 1,
  loadTime: '90s',
  resources: { cpu: 2, memory: '4Gi', storage: '10Gi', sharedMemory: '1Gi' },
  batching: { max: 64, delay: '0s', preferred: [], queue: 100 },
  autoscaling: { min: 2, max: 6, peaks: [] },
  delivery: 'sync',
};

/** Parts of a model that a test names; `serving` and `rollout` are laid over the plain ones field by field. */
export type ModelChanges = Partial<Omit<TenantModel, 'serving' | 'rollout'>> & {
  readonly serving?: Partial<TenantModel['serving']>;
  readonly rollout?: Partial<TenantModel['rollout']>;
};

/** A model as the layers give it: a fraud score on CPU, with what a test says differently. */
export function aModel({ serving = {}, rollout = {}, ...changes }: ModelChanges = {}): TenantModel {
  const model = changes.model ?? 'fraud';
  return {
    tenant: 'payments',
    model,
    owner: 'payments-ml',
    risk: 'standard',
    pattern: 'online',
    registry: { model, version: '8' },
    route: { path: `/v2/models/${model}` },
    inputs: { amount: number, country: category },
    outputs: { score: probability },
    score: 'score',
    labels: [{ event: 'chargeback', delay: '45d', proxy: false }],
    outcomes: [],
    groups: [],
    fallback: { score: 0.02 },
    slo: { availability: 0.995, latency: { quantile: 0.95, seconds: 0.05 } },
    drift: {
      reference: 'training',
      thresholds: { warn: 0.1, critical: 0.25 },
      features: {},
      minDrop: 0.01,
      severeDrop: 0.05,
      cadence: '1h',
      maxNullShare: {},
      ambient: [],
      zone: 'UTC',
      responses: { warn: 'notify', harm: 'retrain', severe: 'rollback', fairness: 'alert' },
    },
    cost: { spot: false },
    ...changes,
    serving: { ...SERVING, ...serving },
    rollout: { ...ROLLOUT, ...rollout },
  };
}

/** Fraud at 50 ms on a GPU: batches, a peak at Christmas, features from the store. */
export const GPU: TenantModel = aModel({
  serving: {
    gpu: 'whole',
    gpus: 1,
    accelerator: 'l4',
    instances: 2,
    batching: { max: 64, delay: '2ms', preferred: [16, 32], queue: 200 },
    autoscaling: {
      min: 2,
      max: 8,
      peaks: [
        { name: 'evening', from: '0 17 * * *', to: '0 23 * * *', zone: 'Europe/Berlin', replicas: 6 },
        { name: 'black-friday', from: '2026-11-27T00:00Z', to: '2026-11-30T00:00Z', zone: 'UTC', replicas: 8 },
      ],
    },
  },
  risk: 'high',
  features: {
    service: 'card',
    freshness: '1h',
    timeout: '10ms',
    missing: 'nulls',
    keys: { card_id: 'BYTES' },
    fields: { spend_7d: { ...number, datatype: 'FP64' } },
  },
  rollout: { preview: { header: 'x-weir-preview' } },
});

/** A ranking on CPU, sticky by user, that may go to zero at night, on spot. */
export const STICKY: TenantModel = aModel({
  tenant: 'shop',
  model: 'ranking',
  owner: 'search-ml',
  registry: { model: 'ranking', version: '12' },
  route: { path: '/v2/models/ranking', host: 'ranking.example.com' },
  inputs: { query: { ...number, kind: 'embedding', shape: 384 } },
  outputs: { scores: { ...number, shape: 50 } },
  fallback: { scores: 0 },
  serving: { latency: '120ms', loadTime: '12s', autoscaling: { min: 1, max: 4, zero: { after: '30m' }, peaks: [] } },
  rollout: { stickiness: { header: 'x-user-id' } },
  cost: { spot: true },
});

/** An image of the tenant's own. */
export const CONTAINER: TenantModel = aModel({
  tenant: 'logistics',
  model: 'eta',
  owner: 'routing',
  registry: { model: 'eta', version: '2026-11-20' },
  route: { path: '/v2/models/eta' },
  serving: {
    engine: 'container',
    latency: '250ms',
    loadTime: '30s',
    resources: { cpu: 0.5, memory: '2Gi', storage: '2Gi', sharedMemory: '512Mi' },
    container: { image: `registry.example.com/eta@${digestOf('4')}`, port: 9_000, args: ['--threads=4'], environment: { THREADS: '4' } },
  },
});

/** Rules from the registry: the proxy answers them itself. */
export const RULES: TenantModel = aModel({
  tenant: 'payments',
  model: 'limits',
  registry: { model: 'limits', version: '3' },
  route: { path: '/v2/models/limits' },
  serving: { engine: 'rules', loadTime: '1s', resources: { cpu: 0.5, memory: '512Mi', storage: '1Gi', sharedMemory: '64Mi' } },
});

/** Large files that many replicas share; free text in, no batch dimension. */
export const MOUNTPOINT: TenantModel = aModel({
  tenant: 'search',
  model: 'embeddings',
  registry: { model: 'embeddings', version: '5' },
  route: { path: '/v2/models/embeddings' },
  inputs: { text: { kind: 'text', datatype: 'BYTES', log: 'hash', shape: 1 } },
  outputs: { vector: { kind: 'embedding', datatype: 'FP32', log: 'drop', shape: 768 } },
  serving: {
    backend: 'python',
    gpu: 'whole',
    loadTime: '8m',
    resources: { cpu: 6, memory: '24Gi', storage: '60Gi', sharedMemory: '4Gi' },
    batching: { max: 0, delay: '0s', preferred: [], queue: 50 },
    delivery: 'mountpoint',
  },
});

export const SHAPES: Readonly<Record<string, TenantModel>> = { GPU, STICKY, CONTAINER, RULES, MOUNTPOINT };
