/** A Model as the ten-line file makes it, and a ModelAction: accepted by their CRDs, and what tests break one field of. */
export const MODEL = {
  apiVersion: 'weir.dev/v1alpha1',
  kind: 'Model',
  metadata: { name: 'fraud', namespace: 'tenant-payments' },
  spec: {
    tenant: 'payments',
    model: 'fraud',
    owner: 'payments-ml',
    risk: 'standard',
    pattern: 'online',
    registry: { model: 'fraud', version: '8' },
    serving: {
      latency: '50ms',
      engine: 'triton',
      backend: 'onnxruntime',
      mode: 'dedicated',
      gpu: 'none',
      instances: 1,
      loadTime: '5m',
      resources: { cpu: 2, memory: '4Gi', storage: '10Gi', sharedMemory: '1Gi' },
      batching: { max: 64, delay: '0s', preferred: [], queue: 100 },
      autoscaling: { min: 1, max: 4, peaks: [] },
      delivery: 'sync',
    },
    route: { path: '/v2/models/fraud' },
    inputs: {
      amount: { kind: 'numeric', datatype: 'FP32', log: 'full', shape: 1 },
      country: { kind: 'categorical', datatype: 'BYTES', log: 'full', shape: 1 },
    },
    outputs: { score: { kind: 'probability', datatype: 'FP32', log: 'full', shape: 1 } },
    score: 'score',
    labels: [{ event: 'chargeback', delay: '45d', horizon: '90d', default: false, proxy: false }],
    outcomes: [],
    groups: [],
    fallback: { score: 0.02 },
    slo: { availability: 0.995, latency: { quantile: 0.95, seconds: 0.05 } },
    cost: { spot: false },
    rollout: {
      preset: 'standard',
      suspend: false,
      steps: [
        { shadow: { percent: 10, minSamples: 1000, minDwell: '30m', maxDwell: '4h', onMaxDwell: 'Hold' } },
        weight(1, 4),
        weight(5, 3),
        { approve: { by: 'owner' } },
        weight(50, 1.5),
      ],
      bake: { duration: '24h', controlMirror: 10 },
      gates: [
        { type: 'Format', onFail: 'Reject' },
        { type: 'RegistryMetric', onFail: 'Reject', metric: { name: 'auc', min: 0.69 } },
      ],
      guards: [
        { name: 'errors', kind: 'ratio', event: 'error', share: 0.7, floor: 0.005, dryRun: false },
        { name: 'slo-errors', kind: 'rate', event: 'error', share: 0.1, max: 0.005, dryRun: false },
        { name: 'slo-latency', kind: 'rate', event: 'slow', share: 0.2, max: 0.05, dryRun: false },
        { name: 'fuse', kind: 'fuse', event: 'error', max: 0.2, minSamples: 50, dryRun: false },
        { name: 'drift', kind: 'verdict', dryRun: false },
      ],
      analysis: { alpha: 0.01, r0: 1.2, advanceAlpha: 0.05, maxNoData: '15m', block: '5m', dispersion: 0.1, cap: 2.5 },
      capacity: { policy: 'Wait', timeout: '30m' },
      progressDeadline: '10m',
      rollback: { keepCandidateFor: '15m', bundleDeadline: '60s', lock: 'PerDigest', lockModelAfter: 2, window: 3 },
      timing: { settle: '10s', still: '10s', lag: '7s' },
    },
  },
};

function weight(percent: number, margin: number) {
  return { weight: percent, margin, minSamples: 100, minDwell: '10m', maxDwell: '12h', onMaxDwell: 'Hold' };
}

export const MODEL_ACTION = {
  apiVersion: 'weir.dev/v1alpha1',
  kind: 'ModelAction',
  metadata: { name: 'fraud-abort-1', namespace: 'tenant-payments' },
  spec: { tenant: 'payments', model: 'fraud', action: 'Abort', reason: 'p95 doubled at 5 %' },
};
