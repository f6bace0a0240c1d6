import { kedaFallbackAndNulls } from '../../../policies/rules/serving/keda-fallback-and-nulls.ts';
import { kedaZeroNotOnTriton } from '../../../policies/rules/serving/keda-zero-not-on-triton.ts';
import { exampleTriton } from '../../../policies/rules/serving/triton.ts';
import { changed } from '../parts.ts';
import type { Variant } from '../pods/variants.ts';
import { cronJob } from '../pods/workloads.ts';

const KEY = 'admin-key=$(TRITON_ADMIN_KEY)';
const ALL = 'model-repository,trace,logging,shared-memory';
const HTTP = `--http-restricted-api=${ALL}:${KEY}`;
const GRPC = `--grpc-restricted-protocol=${ALL}:${KEY}`;
const EXPLICIT = '--model-control-mode=explicit';
const POLL = '--model-control-mode=poll';
const OWN = { image: exampleTriton({}).spec.template.spec.containers[0]?.image?.replace('tritonserver', 'own') };
const started = (...args: readonly string[]) => exampleTriton({ args });

const polling: readonly Variant[] = [
  { name: 'a flag with its value apart', object: started('--model-control-mode', 'poll'), breaks: ['triton-no-poll'] },
  {
    name: 'a line for a shell',
    object: exampleTriton({ ...OWN, command: ['/bin/sh', '-c', 'exec tritonserver --model-control-mode="poll" --repository-poll-secs=5'] }),
    breaks: ['triton-no-poll'],
  },
  { name: 'a value that only begins so', object: started('--model-control-mode=polls'), breaks: [] },
  { name: 'a Triton by its image alone', object: exampleTriton({ command: undefined, args: [POLL] }), breaks: ['triton-no-poll'] },
  { name: 'another server', object: exampleTriton({ ...OWN, command: ['serve'], args: [POLL] }), breaks: [] },
  {
    name: 'clients of Triton',
    object: exampleTriton({ command: ['perf_analyzer'], args: [POLL], ...clients() }),
    breaks: ['image-digest'],
  },
  {
    name: 'clients of Triton by their digest',
    object: exampleTriton({
      command: ['perf_analyzer'],
      args: [POLL],
      image: exampleTriton({}).spec.template.spec.containers[0]?.image?.replace('@', '-sdk@'),
    }),
    breaks: [],
  },
  { name: 'a schedule with a Triton', object: cronJob({ command: ['tritonserver'], args: [POLL] }), breaks: ['triton-no-poll'] },
];

/** An image of its clients, which has no digest at its end. */
function clients() {
  return { image: `${exampleTriton({}).spec.template.spec.containers[0]?.image?.split('@')[0]}:26.07-py3-sdk` };
}

const restricted = 'triton-restricted-api';
const keys: readonly Variant[] = [
  { name: 'no key at all', object: started(EXPLICIT), breaks: [restricted] },
  { name: 'a key for HTTP alone', object: started(EXPLICIT, HTTP), breaks: [restricted] },
  { name: 'a key for less than all', object: started(EXPLICIT, HTTP, `--grpc-restricted-protocol=model-repository:${KEY}`), breaks: [restricted] },
  {
    name: 'a key that everybody can read',
    object: started(EXPLICIT, `--http-restricted-api=${ALL}:admin-key=hunter2`, GRPC),
    breaks: [restricted],
  },
  {
    name: 'one flag for each interface',
    object: started(EXPLICIT, ...ALL.split(',').map((api) => `--http-restricted-api=${api}:${KEY}`), GRPC),
    breaks: [],
  },
  { name: 'a way that is shut', object: started(EXPLICIT, HTTP, '--allow-grpc=False'), breaks: [] },
  { name: 'a way that is said to be open', object: started(EXPLICIT, HTTP, '--allow-grpc=true'), breaks: [restricted] },
  { name: 'the name of an interface in another', object: started(EXPLICIT, HTTP.replace('trace', 'tracer'), GRPC), breaks: [restricted] },
];

const scaledBy = (rule: typeof kedaFallbackAndNulls, path: string, to: unknown) => changed(rule.pass, { path, to })[0]?.props ?? {};
const fallback = (path: string, to: unknown) => scaledBy(kedaFallbackAndNulls, path, to);
const zero = (path: string, to: unknown) => scaledBy(kedaZeroNotOnTriton, path, to);
const kafka = { type: 'kafka', metadata: { topic: 'clicks' } };
const pending = {
  type: 'prometheus',
  metadata: { query: 'avg(vllm:num_requests_running{weir_dev_model="eta"})', threshold: '1', ignoreNullValues: 'false' },
};

const scalers: readonly Variant[] = [
  { name: 'nulls are zeros', object: fallback('spec.triggers.0.metadata.ignoreNullValues', 'true'), breaks: ['keda-fallback-and-nulls'] },
  { name: 'no fallback', object: fallback('spec.fallback', undefined), breaks: ['keda-fallback-and-nulls'] },
  { name: 'a fallback to less than its fewest', object: fallback('spec.fallback.replicas', 1), breaks: ['keda-fallback-and-nulls'] },
  {
    name: 'a fallback to nothing',
    object: fallback('spec', { ...zeroSpec(), triggers: [kafka], minReplicaCount: 0 }),
    breaks: ['keda-fallback-and-nulls'],
  },
  {
    name: 'a fallback that does not count who is busy',
    object: fallback('spec.fallback.behavior', undefined),
    breaks: ['keda-fallback-and-nulls'],
  },
  { name: 'a fallback to all that there may be', object: fallback('spec.fallback', { failureThreshold: 3, replicas: 100 }), breaks: [] },
  {
    name: 'load of pods needs no fallback',
    object: fallback('spec', { scaleTargetRef: { name: 'eta' }, triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '60' } }] }),
    breaks: [],
  },
  { name: 'metrics of its own pods alone', object: zero('spec.triggers', [pending]), breaks: ['keda-zero-not-on-triton'] },
  { name: 'a calendar beside them', object: zero('spec.triggers', [pending, cron()]), breaks: ['keda-zero-not-on-triton'] },
  { name: 'the lag of a topic beside them', object: zero('spec.triggers', [pending, kafka]), breaks: [] },
  {
    name: 'the default of fewest replicas',
    object: zero('spec', { ...zeroSpec(1), minReplicaCount: undefined, triggers: [pending] }),
    breaks: ['keda-zero-not-on-triton'],
  },
  { name: 'one replica that stays', object: zero('spec', { ...zeroSpec(1), minReplicaCount: 1, triggers: [pending] }), breaks: [] },
  {
    name: 'none while nobody asks',
    object: zero('spec', { ...zeroSpec(2), minReplicaCount: 2, idleReplicaCount: 0, triggers: [pending] }),
    breaks: ['keda-zero-not-on-triton'],
  },
];

function cron() {
  return { type: 'cron', metadata: { timezone: 'UTC', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '2' } };
}
function zeroSpec(replicas = 0) {
  return {
    scaleTargetRef: { name: 'eta' },
    fallback: { failureThreshold: 3, replicas, behavior: 'currentReplicasIfHigher' },
  };
}

/** What starts a Triton, and what scales it. */
export const SERVING_VARIANTS: readonly Variant[] = [...polling, ...keys, ...scalers];
