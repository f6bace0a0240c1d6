import { aModel } from '../../policies/rules/models/model.ts';
import { exampleGpuPool, exampleNodeClass } from '../../policies/rules/nodes/example.ts';
import { exampleTriton } from '../../policies/rules/serving/triton.ts';

/** One object that is taken and one that is refused, and the exact words that a person reads. */
export interface AdmissionCase {
  readonly name: string;
  /** The policy whose rule it is. */
  readonly policy: string;
  readonly fine: object;
  readonly wrong: object;
  readonly says: string;
  /** What is there before, for rules over changes. */
  readonly before?: object;
}

type Part = Readonly<Record<string, unknown>>;

const APIS = 'model-repository,trace,logging,shared-memory:admin-key=$(TRITON_ADMIN_KEY)';
const LOCKS = ['--model-control-mode=explicit', `--http-restricted-api=${APIS}`];
const triton = (...args: readonly string[]) => ({ ...exampleTriton({ args }), metadata: { name: 'eta', namespace: 'tenant-shop' } });
const scaler = (metadata: Part, spec: Part = {}) => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'eta', namespace: 'tenant-shop' },
  spec: {
    scaleTargetRef: { name: 'eta' },
    minReplicaCount: 2,
    fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' },
    triggers: [{ type: 'prometheus', metadata: { query: 'up', threshold: '1', ignoreNullValues: 'false', ...metadata } }],
    ...spec,
  },
});
const PENDING = { query: 'sum(nv_inference_pending_request_count)' };

const serving: readonly AdmissionCase[] = [
  {
    name: 'a Triton that loads whatever appears',
    policy: 'weir-triton-no-poll',
    fine: triton('--model-control-mode=none'),
    wrong: triton('--model-control-mode', 'poll'),
    says: 'triton would load whatever appears in its repository, past every gate. Set --model-control-mode=explicit with --load-model, and roll new pods for a new version',
  },
  {
    name: 'a Triton that loads for whoever asks',
    policy: 'weir-triton-restricted-api',
    fine: triton(...LOCKS, `--grpc-restricted-protocol=${APIS}`),
    wrong: triton(...LOCKS),
    says: 'whoever may call triton could have it load a model, which may be code. Set --http-restricted-api and --grpc-restricted-protocol to model-repository,trace,logging,shared-memory with a key, or shut the way with --allow-grpc=false',
  },
  {
    name: 'a key that everybody can read',
    policy: 'weir-triton-restricted-api',
    fine: triton(...LOCKS, '--allow-grpc=false'),
    wrong: triton(...LOCKS, `--grpc-restricted-protocol=${APIS.replace('$(TRITON_ADMIN_KEY)', 'hunter2')}`),
    says: 'everybody who sees the pods of triton could read its key. Take it from a Secret: admin-key=$(TRITON_ADMIN_KEY)',
  },
  {
    name: 'an autoscaler that takes no answer for no load',
    policy: 'weir-keda-fallback-and-nulls',
    fine: scaler({}),
    wrong: scaler({ ignoreNullValues: 'true' }),
    says: 'to eta no answer of Prometheus would be no load, and it would scale down in the middle of it. Set ignoreNullValues: "false" in each prometheus trigger',
  },
  {
    name: 'an autoscaler that falls to less than its fewest',
    policy: 'weir-keda-fallback-and-nulls',
    fine: scaler({}, { fallback: { failureThreshold: 3, replicas: 100 } }),
    wrong: scaler({}, { fallback: { failureThreshold: 3, replicas: 1, behavior: 'currentReplicas' } }),
    says: 'without an answer eta would fall to 1 replicas. Set spec.fallback with behavior: currentReplicasIfHigher and replicas of minReplicaCount or more, at least 1',
  },
  {
    name: 'an autoscaler that does not know what to do',
    policy: 'weir-keda-fallback-and-nulls',
    fine: scaler({}, { fallback: undefined, triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '60' } }] }),
    wrong: scaler({}, { fallback: undefined }),
    says: 'without an answer eta would not know what to do. Set spec.fallback with behavior: currentReplicasIfHigher and replicas of minReplicaCount or more, at least 1',
  },
  {
    name: 'a model at zero that nothing wakes',
    policy: 'weir-keda-zero-not-on-triton',
    fine: scaler({}, { minReplicaCount: 0 }),
    wrong: scaler(PENDING, { minReplicaCount: 0 }),
    says: 'nothing would wake eta at zero replicas: its metrics come from its own pods. Set minReplicaCount: 1, or add a trigger over what the gateway counts',
  },
];

const without = exampleGpuPool({ life: { terminationGracePeriod: undefined } });

const nodes: readonly AdmissionCase[] = [
  {
    name: 'nodes that start from another image tomorrow',
    policy: 'weir-karpenter-ami-pinned',
    fine: exampleNodeClass('al2023@v20260915'),
    wrong: exampleNodeClass('al2023@latest'),
    says: 'al2023@latest is another image tomorrow, and every node would be replaced by it. Name a version, such as al2023@v20260915, or an id',
  },
  {
    name: 'GPUs without end',
    policy: 'weir-nodepool-gpu-limit',
    fine: exampleGpuPool({ limits: { 'nvidia.com/gpu': '1' } }),
    wrong: exampleGpuPool({ limits: { cpu: '256' } }),
    says: 'one wrong number of replicas would launch GPUs without end from gpu-inference. Set nvidia.com/gpu in spec.limits',
  },
  {
    name: 'GPU nodes for every pod',
    policy: 'weir-gpu-pool-tainted',
    fine: exampleGpuPool({ taints: [{ key: 'team', effect: 'NoExecute' }] }),
    wrong: exampleGpuPool({ taints: [{ key: 'nvidia.com/gpu', effect: 'PreferNoSchedule' }] }),
    says: 'any pod could settle on the GPU nodes of gpu-inference. Give its template the taint nvidia.com/gpu with effect NoSchedule',
  },
  {
    name: 'a node that waits for ever',
    policy: 'weir-nodepool-expiry-with-grace',
    fine: exampleGpuPool(),
    wrong: without,
    says: 'nodes of gpu-inference expire, and would wait for ever on one pod. Set terminationGracePeriod of its template to 120s or more, such as 1h',
  },
  {
    name: 'a node that cuts answers off',
    policy: 'weir-nodepool-expiry-with-grace',
    fine: exampleGpuPool({ life: { terminationGracePeriod: '2m' } }),
    wrong: exampleGpuPool({ life: { terminationGracePeriod: '30s' } }),
    says: 'nodes of gpu-inference expire, and 30s would cut answers off. Set terminationGracePeriod of its template to 120s or more, such as 1h',
  },
  {
    name: 'a whole pool at once',
    policy: 'weir-nodepool-budget',
    fine: exampleGpuPool({ budgets: [{ nodes: '10%' }] }),
    wrong: exampleGpuPool({ budgets: [{ nodes: '100%' }] }),
    says: 'a new image would take 100% of the nodes of gpu-inference at once. Give spec.disruption.budgets an entry without schedule and reasons, such as nodes: 10%',
  },
  {
    name: 'a whole pool by night',
    policy: 'weir-nodepool-budget',
    fine: exampleGpuPool({ budgets: [{ nodes: '3' }] }),
    wrong: exampleGpuPool({ budgets: [{ nodes: '0', schedule: '0 8 * * *', duration: '12h' }] }),
    says: 'a new image would take every node of gpu-inference at once. Give spec.disruption.budgets an entry without schedule and reasons, such as nodes: 10%',
  },
];

const model = (spec: Part = {}) => ({ ...aModel({ ...spec, tenant: 'shop' }), metadata: { name: 'fraud', namespace: 'tenant-shop' } });
const drift = (changes: Part) => model({ drift: { reference: 'training', cadence: '1h', thresholds: { warn: 0.1, critical: 0.25 }, ...changes } });
const rollout = (changes: Part) => model({ rollout: { ...aModel().spec.rollout, ...changes } });

const models: readonly AdmissionCase[] = [
  {
    name: 'a model of nobody',
    policy: 'weir-model-has-owner',
    fine: model({ owner: 'owners-of-none' }),
    wrong: model({ owner: 'TBD' }),
    says: 'nobody would answer for fraud: TBD is no team. Write one into owner',
  },
  {
    name: 'a version that moves',
    policy: 'weir-model-has-registry-ref',
    fine: model({ registry: { model: 'fraud', follow: 'candidate' } }),
    wrong: model({ registry: { model: 'fraud', version: 'Production' } }),
    says: 'Production would be another version of fraud tomorrow. Name one that the registry printed, or follow: candidate',
  },
  {
    name: 'a version of nothing',
    policy: 'weir-model-has-registry-ref',
    fine: model({ registry: { model: 'payments/fraud', version: '2026-11-20' } }),
    wrong: model({ registry: { version: '8' } }),
    says: 'nobody could say whose version fraud serves. Name the model of the registry in registry.model',
  },
  {
    name: 'a model that keeps nothing',
    policy: 'weir-model-has-drift-job',
    fine: model({ inputs: { note: { kind: 'text', log: 'hash' } }, outputs: { score: { kind: 'probability', log: 'drop' } } }),
    wrong: model({ inputs: { note: { kind: 'text', log: 'drop' } }, outputs: { score: { kind: 'probability', log: 'drop' } } }),
    says: 'nothing of fraud could be judged: it keeps no value. Write log: full for a field that matters',
  },
  {
    name: 'a model that may fall silent',
    policy: 'weir-model-has-drift-job',
    fine: drift({ cadence: '0.5d' }),
    wrong: drift({ cadence: '0s' }),
    says: 'nobody would notice that fraud has fallen silent. Say within which time predictions come: drift.cadence',
  },
  {
    name: 'a limit that nothing reaches',
    policy: 'weir-model-has-drift-job',
    fine: drift({ thresholds: { warn: 1, critical: 1 } }),
    wrong: drift({ thresholds: { warn: 0.5, critical: 10 } }),
    says: 'no change of fraud would be told in time: it warns at 0.5, and is critical at 10. Set drift.thresholds to numbers above 0 and up to 1, warn to the smaller',
  },
  {
    name: 'a canary that nothing stops',
    policy: 'weir-canary-has-guard',
    fine: rollout({ guards: [{ name: 'fuse', kind: 'fuse', event: 'error', max: 0.2 }] }),
    wrong: rollout({ guards: [{ name: 'fuse', kind: 'fuse', event: 'error', max: 0.2, dryRun: true }] }),
    says: 'nothing would stop a version of fraud that fails. Give rollout.guards one with event: error and without dryRun',
  },
  {
    name: 'everything at once',
    policy: 'weir-canary-has-guard',
    fine: rollout({ steps: [] }),
    wrong: rollout({ steps: [], bake: { duration: '0s' } }),
    says: 'a new version of fraud would have everything at once, and the old one would be gone. Give rollout.steps a weight, or rollout.bake a duration',
  },
];

/** Of kinds that Kubernetes itself does not have, and of what runs Triton. */
export const CUSTOM_CASES: readonly AdmissionCase[] = [...serving, ...nodes, ...models];
