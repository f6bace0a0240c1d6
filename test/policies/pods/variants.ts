import { exampleBinding, exampleRole, exampleService } from '../../../policies/rules/access/example.ts';
import { EXAMPLE_IMAGE, EXAMPLE_REGISTRY, exampleJob, examplePod, exampleSecurity } from '../../../policies/rules/pods/example.ts';
import { MODEL_VARIANTS } from '../models/variants.ts';
import { NODE_VARIANTS } from '../nodes/variants.ts';
import { SERVING_VARIANTS } from '../serving/variants.ts';
import { cronJob, DIGEST, lasting, QUEUED, RESOURCES, WINDOWS } from './workloads.ts';

type Part = Readonly<Record<string, unknown>>;

/** An object, and the rules that it breaks, of all that the API server can hold. */
export interface Variant {
  readonly name: string;
  readonly object: Part;
  readonly breaks: readonly string[];
  /** What the API server lets pass of it, by design: the rule's `lets`. */
  readonly lets?: readonly string[];
}

const init = (changes: Part = {}): Part => ({
  name: 'fetch',
  image: EXAMPLE_IMAGE,
  resources: RESOURCES,
  securityContext: exampleSecurity(),
  ...changes,
});
const WRITABLE = { securityContext: exampleSecurity({ readOnlyRootFilesystem: undefined }) };
const gpu = (name: string, amount: string | number) => ({ resources: { ...RESOURCES, limits: { memory: '256Mi', [name]: amount } } });
const tolerating = (toleration: Part) => ({ tolerations: [{ effect: 'NoSchedule', operator: 'Exists', ...toleration }] });
const image = (name: string) => ({ container: { image: name } });
const PINNED = { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } };
const step = (spec: Part = {}, metadata: Part = {}) => examplePod({ spec: { restartPolicy: 'Never', ...spec }, metadata });
const owned = (kind: string) => ({ ownerReferences: [{ apiVersion: 'v1', kind, name: 'x', uid: 'x', controller: true }] });

const containers: readonly Variant[] = [
  {
    name: 'what is started before the others may write',
    object: examplePod({ spec: { initContainers: [init(WRITABLE)] } }),
    breaks: ['pod-ro-root'],
  },
  { name: 'a Deployment may write', object: lasting('Deployment', WRITABLE), breaks: ['pod-ro-root'] },
  { name: 'a pod of Windows', object: examplePod(WINDOWS), breaks: [] },
  { name: 'work that ends may write', object: cronJob(WRITABLE), breaks: ['pod-ro-root'], lets: ['pod-ro-root'] },
  { name: 'not ready is not told', object: lasting('StatefulSet', { readinessProbe: undefined }), breaks: ['pod-probes'] },
  { name: 'an agent without a probe', object: lasting('DaemonSet', { livenessProbe: undefined }), breaks: ['pod-probes'] },
  { name: 'a sidecar without probes', object: examplePod({ spec: { initContainers: [init({ restartPolicy: 'Always' })] } }), breaks: [] },
  { name: 'work that ends without probes', object: exampleJob(), breaks: [] },
  { name: 'a pod that ends without probes', object: { ...step(), metadata: { ...step().metadata, labels: QUEUED } }, breaks: [] },
  {
    name: 'a limit of the whole pod',
    object: examplePod({ container: { resources: { requests: { cpu: '1' } } }, spec: { resources: { limits: { memory: '1Gi' } } } }),
    breaks: [],
  },
  {
    name: 'no limit before the others start',
    object: lasting('Deployment', {}, { initContainers: [init({ resources: { requests: RESOURCES.requests } })] }),
    breaks: ['pod-memory-limit'],
  },
  { name: 'limits are requests', object: examplePod({ container: { resources: { limits: { cpu: '1', memory: '1Gi' } } } }), breaks: [] },
];

const gpus: readonly Variant[] = [
  { name: 'a slice of a GPU', object: examplePod({ container: gpu('nvidia.com/mig-1g.5gb', '1') }), breaks: ['pod-gpu-tolerates'] },
  { name: 'no GPU, and the way to one', object: examplePod({ spec: tolerating({ key: 'nvidia.com/gpu' }) }), breaks: ['pod-gpu-tolerates'] },
  { name: 'none of a GPU', object: examplePod({ container: gpu('nvidia.com/gpu', 0) }), breaks: [] },
  { name: 'every taint is tolerated', object: examplePod({ container: gpu('nvidia.com/gpu', 1), spec: tolerating({}) }), breaks: [] },
  {
    name: 'another taint is tolerated',
    object: lasting('Deployment', gpu('nvidia.com/gpu', 1), tolerating({ key: 'workload' })),
    breaks: ['pod-gpu-tolerates'],
  },
];

const images: readonly Variant[] = [
  { name: 'a tag with its digest', object: examplePod(image(`${EXAMPLE_REGISTRY}eta:7${DIGEST}`)), breaks: [] },
  { name: 'neither tag nor digest', object: examplePod(image(`${EXAMPLE_REGISTRY}eta`)), breaks: ['image-digest', 'image-not-latest'] },
  { name: 'a port is no tag', object: examplePod(image('localhost:5000/eta')), breaks: ['image-digest', 'image-not-latest', 'image-registry'] },
  { name: 'a digest that is none', object: examplePod(image(`${EXAMPLE_REGISTRY}eta@sha256:44`)), breaks: ['image-digest'] },
  {
    name: 'a registry that begins like ours',
    object: examplePod(image(`${EXAMPLE_REGISTRY.slice(0, -1)}.evil.example/eta${DIGEST}`)),
    breaks: ['image-registry'],
  },
  { name: 'work by tag', object: cronJob({ image: `${EXAMPLE_REGISTRY}eta:7` }), breaks: ['image-digest'] },
  {
    name: 'what is started before the others, by tag',
    object: lasting('Deployment', {}, { initContainers: [init({ image: `${EXAMPLE_REGISTRY}get:7` })] }),
    breaks: ['image-digest'],
  },
];

const work: readonly Variant[] = [
  { name: 'serving that may not be moved', object: examplePod({ metadata: PINNED }), breaks: ['disrupt-training-only'] },
  { name: 'a Job that may not be moved', object: exampleJob({ template: { metadata: PINNED } }), breaks: ['disrupt-training-only'] },
  {
    name: 'a training that may not be moved',
    object: exampleJob({ template: { metadata: PINNED }, spec: { priorityClassName: 'training' } }),
    breaks: [],
  },
  { name: 'a schedule past the queue', object: cronJob({}, {}), breaks: ['work-queued'] },
  { name: 'a step of a workflow past the queue', object: step({}, owned('Workflow')), breaks: ['work-queued'] },
  { name: 'a pod of a Job, which is queued as a whole', object: step({}, owned('Job')), breaks: [] },
  { name: 'a Job of a JobSet', object: { ...exampleJob({}), metadata: { name: 'train', namespace: 'tenant-shop', ...owned('JobSet') } }, breaks: [] },
];

const rights: readonly Variant[] = [
  { name: 'every kind', object: exampleRole({ apiGroups: [''], resources: ['*'], verbs: ['get'] }), breaks: ['rbac-no-wildcard'] },
  { name: 'every group', object: exampleRole({ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }), breaks: ['rbac-no-wildcard'] },
  { name: 'scaling of every kind', object: exampleRole({ apiGroups: ['apps'], resources: ['*/scale'], verbs: ['get'] }), breaks: [] },
  { name: 'a role without rules', object: { ...exampleRole({ apiGroups: [], resources: [], verbs: [] }), rules: undefined }, breaks: [] },
  {
    name: 'every account of a namespace is bound',
    object: {
      ...exampleBinding('x'),
      subjects: [{ kind: 'Group', name: 'system:serviceaccounts:tenant-shop', apiGroup: 'rbac.authorization.k8s.io' }],
    },
    breaks: ['no-default-account'],
  },
  {
    name: 'a group of people is bound',
    object: { ...exampleBinding('x'), subjects: [{ kind: 'Group', name: 'shop-engineers', apiGroup: 'rbac.authorization.k8s.io' }] },
    breaks: [],
  },
  { name: 'nobody is bound', object: { ...exampleBinding('x'), subjects: undefined }, breaks: [] },
  {
    name: 'the account default by its name as a user',
    object: {
      ...exampleBinding('x'),
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:serviceaccount:tenant-shop:default' }],
    },
    breaks: ['no-default-account'],
  },
  { name: 'a token that nobody refused', object: examplePod({ spec: { automountServiceAccountToken: undefined } }), breaks: ['token-not-mounted'] },
  { name: 'a Service of no type', object: { ...exampleService('tenant-shop', 'ClusterIP'), spec: { ports: [{ port: 80 }] } }, breaks: [] },
  {
    name: 'an address of somebody else',
    object: { ...exampleService('tenant-shop', 'ClusterIP'), spec: { ports: [{ port: 80 }], externalIPs: ['10.0.0.9'] } },
    breaks: ['no-load-balancer-but-gateway'],
  },
  { name: 'the gateway’s own load balancer', object: exampleService('weir-gateway', 'LoadBalancer'), breaks: [] },
];

/** Where rules are likeliest to differ from what the API server holds: kinds, defaults, and what only looks like it. */
export const VARIANTS: readonly Variant[] = [
  ...containers,
  ...gpus,
  ...images,
  ...work,
  ...rights,
  ...SERVING_VARIANTS,
  ...NODE_VARIANTS,
  ...MODEL_VARIANTS,
];
