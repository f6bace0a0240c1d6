import { type AdmissionCase, CUSTOM_CASES } from './admission-custom.ts';

const DIGEST = `sha256:${'4'.repeat(64)}`;
const IMAGE = `registry.example.com/eta@${DIGEST}`;
const PROBE = { httpGet: { path: '/ready', port: 8080 } };
const NEEDS = { cpu: '250m', memory: '256Mi' };
const SERVER = { name: 'server', image: IMAGE, readinessProbe: PROBE, livenessProbe: PROBE, resources: resources() };
const SECURE = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const LOCKED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };

type Part = Readonly<Record<string, unknown>>;

function resources(limits: Part = {}) {
  return { requests: NEEDS, limits: { memory: NEEDS.memory, ...limits } };
}
const podSpec = (container: Part = {}, pod: Part = {}) => ({
  securityContext: SECURE,
  automountServiceAccountToken: false,
  containers: [{ ...SERVER, securityContext: LOCKED, ...container }],
  ...pod,
});
const deployment = (container: Part = {}, pod: Part = {}, annotations: Part = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'eta', namespace: 'tenant-shop' },
  spec: {
    selector: { matchLabels: { app: 'eta' } },
    template: { metadata: { labels: { app: 'eta' }, annotations }, spec: podSpec(container, pod) },
  },
});
const job = (labels: Part = {}, meta: Part = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'train', namespace: 'tenant-shop', labels, ...meta },
  spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) } },
});
const pod = (labels: Part = {}, spec: Part = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'step', namespace: 'tenant-shop', labels },
  spec: podSpec({}, { restartPolicy: 'Never', ...spec }),
});
const service = (namespace: string, spec: Part = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'eta', namespace },
  spec: { ports: [{ port: 80 }], selector: { app: 'eta' }, ...spec },
});
const route = (epoch?: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'weir-eta', namespace: 'tenant-shop', annotations: epoch === undefined ? {} : { 'weir.dev/epoch': epoch } },
  spec: { parentRefs: [{ name: 'weir', namespace: 'weir-gateway' }], hostnames: ['shop.ml.example.com'] },
});
const namespace = (name: string, labels: Part) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const queue = (name: string) => ({
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'LocalQueue',
  metadata: { name, namespace: 'tenant-shop' },
  spec: { clusterQueue: 'shop' },
});
const targets = { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'weir-eta' }] };
const opened = (namespace: string) => ({
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'SecurityPolicy',
  metadata: { name: 'open', namespace },
  spec: targets,
});

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const GPU = { resources: resources({ 'nvidia.com/gpu': 1 }) };
const TOLERANT = { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }] };
const FETCH = { name: 'fetch', image: IMAGE, securityContext: LOCKED };
const QUEUED = { 'kueue.x-k8s.io/queue-name': 'shop' };
const PINNED = { 'karpenter.sh/do-not-disrupt': '24h' };

const images: readonly AdmissionCase[] = [
  {
    name: 'an image by tag',
    policy: 'weir-image-digest',
    fine: deployment(),
    wrong: deployment({ image: 'registry.example.com/eta:7' }),
    says: 'a tag can be moved to another image: server (registry.example.com/eta:7). Name the image by the digest that its push printed: name@sha256:...',
  },
  {
    name: 'an image from elsewhere',
    policy: 'weir-image-registry',
    fine: pod(QUEUED),
    wrong: pod(QUEUED, { initContainers: [{ name: 'get', image: `docker.io/curl@${DIGEST}`, securityContext: LOCKED }] }),
    says: `nobody scans images from there: get (docker.io/curl@${DIGEST}). Push the image to a repository of registry.example.com/ or 123456789012.dkr.ecr.eu-west-1.amazonaws.com/ and name it there`,
  },
  {
    name: 'latest, even with a digest',
    policy: 'weir-image-not-latest',
    fine: job(QUEUED),
    wrong: deployment({ image: `registry.example.com/eta:latest@${DIGEST}` }),
    says: `latest is another image tomorrow: server (registry.example.com/eta:latest@${DIGEST}). Name the image by its digest alone`,
  },
  {
    name: "an image that the platform's controllers add, and one that only looks like it",
    policy: 'weir-image-registry',
    fine: pod(QUEUED, { initContainers: [{ name: 'init', image: 'quay.io/argoproj/argoexec:v4.0.6', securityContext: LOCKED }] }),
    wrong: pod(QUEUED, { initContainers: [{ name: 'init', image: `quay.io/argoproj/argoexec@${DIGEST}`, securityContext: LOCKED }] }),
    says: `nobody scans images from there: init (quay.io/argoproj/argoexec@${DIGEST}). Push the image to a repository of registry.example.com/ or 123456789012.dkr.ecr.eu-west-1.amazonaws.com/ and name it there`,
  },
  {
    name: "latest among the platform's own",
    policy: 'weir-image-not-latest',
    fine: { ...deployment({ image: 'registry.example.com:5000/keda:2.20.2' }), metadata: { name: 'keda', namespace: 'keda' } },
    wrong: { ...deployment({ image: 'registry.example.com:5000/keda' }), metadata: { name: 'keda', namespace: 'keda' } },
    says: 'latest is another image tomorrow: server (registry.example.com:5000/keda). Name a version in the values of its chart, or a digest',
  },
];

const pods: readonly AdmissionCase[] = [
  {
    name: 'a GPU that nobody lets the pod reach',
    policy: 'weir-pod-gpu-tolerates',
    fine: deployment(GPU, TOLERANT),
    wrong: deployment(GPU),
    says: 'no node takes this pod: server asks for a GPU, and nodes with GPUs admit only pods that tolerate their taint. Add to tolerations: {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}',
  },
  {
    name: 'a pod on GPU nodes that needs none',
    policy: 'weir-pod-gpu-tolerates',
    fine: deployment(GPU, { tolerations: [{ operator: 'Exists' }] }),
    wrong: deployment({ resources: resources({ 'nvidia.com/gpu': 0 }) }, TOLERANT),
    says: 'this pod may fill a node with GPUs and asks for none. Take nvidia.com/gpu out of its tolerations, or give a container the limit nvidia.com/gpu',
  },
  {
    name: 'a server without a probe',
    policy: 'weir-pod-probes',
    fine: pod({}, { restartPolicy: 'Always' }),
    wrong: deployment({ livenessProbe: undefined }),
    says: 'a container that hangs would keep its traffic: server lacks a probe. Give it readinessProbe and livenessProbe, or run what ends by itself as a Job',
  },
  {
    name: 'serving that may not be moved',
    policy: 'weir-disrupt-training-only',
    fine: deployment({}, { priorityClassName: 'training' }, PINNED),
    wrong: deployment({}, {}, PINNED),
    says: 'karpenter.sh/do-not-disrupt keeps a node from being upgraded or emptied, and is for training alone. Take the annotation away, or give the pod priorityClassName: training',
  },
];

const containers: readonly AdmissionCase[] = [
  {
    name: 'a server that could change its own files',
    policy: 'weir-pod-ro-root',
    fine: pod(QUEUED, { containers: [{ ...SERVER, securityContext: { ...LOCKED, readOnlyRootFilesystem: false } }] }), // a step of training may
    wrong: deployment({ securityContext: { ...LOCKED, readOnlyRootFilesystem: undefined } }),
    says: 'who breaks in could change the files of server. Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes',
  },
  {
    name: 'a server without a limit of memory',
    policy: 'weir-pod-memory-limit',
    fine: pod(QUEUED, { containers: [{ ...SERVER, resources: undefined, securityContext: LOCKED }] }), // what ends is given one by the LimitRange
    wrong: deployment({ resources: { requests: NEEDS } }),
    says: 'a leak would take the memory of its node: server has no limit. Set resources.limits.memory',
  },
  {
    name: 'a server that requests no CPU',
    policy: 'weir-pod-requests',
    fine: deployment({ resources: { requests: NEEDS, limits: { memory: '1Gi' } } }),
    wrong: deployment({ resources: { requests: { memory: '256Mi' }, limits: { memory: '256Mi' } } }),
    says: 'its node is chosen by what it requests: server requests no CPU. Set resources.requests.cpu',
  },
  {
    name: 'what is started before a server, and requests none',
    policy: 'weir-pod-requests',
    fine: deployment({}, { initContainers: [{ ...FETCH, resources: resources() }] }),
    wrong: deployment({}, { initContainers: [{ ...FETCH, resources: { limits: { memory: '1Gi' } } }] }),
    says: 'its node is chosen by what it requests: fetch requests no CPU. Set resources.requests.cpu',
  },
  {
    name: 'a server with a token',
    policy: 'weir-token-not-mounted',
    fine: pod(QUEUED, { automountServiceAccountToken: true }), // Argo's executor reports by it
    wrong: deployment({}, { automountServiceAccountToken: undefined, serviceAccountName: 'weir-serving' }),
    says: 'who breaks in would have a token of weir-serving. Set automountServiceAccountToken: false',
  },
];

const RBAC = 'rbac.authorization.k8s.io';
const role = (verbs: readonly string[]) => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'Role',
  metadata: { name: 'readers', namespace: 'tenant-shop' },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs }],
});
const binding = (subject: Part) => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'RoleBinding',
  metadata: { name: 'readers', namespace: 'tenant-shop' },
  roleRef: { apiGroup: RBAC, kind: 'Role', name: 'readers' },
  subjects: [subject],
});

const rights: readonly AdmissionCase[] = [
  {
    name: 'a role that allows everything',
    policy: 'weir-rbac-no-wildcard',
    fine: { ...role([]), rules: [] },
    wrong: role(['get', '*']),
    says: 'a star in readers allows what nobody has thought of yet. Name verbs, resources and groups',
  },
  {
    name: 'rights of every pod without an account',
    policy: 'weir-no-default-account',
    fine: binding({ kind: 'ServiceAccount', name: 'weir-training', namespace: 'tenant-shop' }),
    wrong: binding({ kind: 'ServiceAccount', name: 'default', namespace: 'tenant-shop' }),
    says: 'every pod without an account would have the rights of readers. Bind it to an account of its own',
  },
];

const owned = (kind: string) => ({ ownerReferences: [{ apiVersion: 'jobset.x-k8s.io/v1alpha2', kind, name: 'x', uid: 'x', controller: true }] });

const work: readonly AdmissionCase[] = [
  {
    name: 'a Job past the queue',
    policy: 'weir-work-queued',
    fine: job({}, owned('JobSet')),
    wrong: job(),
    says: 'this Job would pass the others in the queue. Label it kueue.x-k8s.io/queue-name: shop',
  },
  {
    name: 'a step of a workflow past the queue',
    policy: 'weir-work-queued',
    fine: { ...pod(), metadata: { ...pod().metadata, ...owned('Job') } },
    wrong: { ...pod(), metadata: { ...pod().metadata, ...owned('Workflow') } },
    says: 'this Pod would pass the others in the queue. Label it kueue.x-k8s.io/queue-name: shop',
  },
  {
    name: 'a CronJob past the queue',
    policy: 'weir-work-queued',
    fine: cronJob(QUEUED),
    wrong: cronJob({}),
    says: 'this CronJob would pass the others in the queue. Label it kueue.x-k8s.io/queue-name: shop',
  },
  {
    name: 'a queue that takes everything',
    policy: 'weir-queue-not-named-default',
    fine: queue('shop'),
    wrong: queue('default'),
    says: 'a queue named default captures every workload without a label, models included. Name it after its tenant',
  },
];

function cronJob(labels: Part) {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'score', namespace: 'tenant-shop' },
    spec: { schedule: '0 2 * * *', jobTemplate: { metadata: { labels }, spec: job().spec } },
  };
}

const doors: readonly AdmissionCase[] = [
  {
    name: 'a controller that no longer leads',
    policy: 'weir-epoch',
    before: route('9'),
    fine: route('10'),
    wrong: route('8'),
    says: 'weir.dev/epoch would go from 9 to 8: another controller leads since. Read the route again, and write only as its leader',
  },
  {
    name: 'a route that loses its epoch',
    policy: 'weir-epoch',
    before: route('9'),
    fine: route('9'),
    wrong: { ...route(), metadata: { ...route().metadata, annotations: { 'weir.dev/epoch': '' } } },
    says: 'weir.dev/epoch would go from 9 to nothing: another controller leads since. Read the route again, and write only as its leader',
  },
  {
    name: 'a policy that opens a route',
    policy: 'weir-gateway-policy-not-tenants',
    fine: opened('weir-gateway'),
    wrong: opened('tenant-shop'),
    says: 'a SecurityPolicy here would replace what the gateway demands of every call. Ask the platform team for what is missing: it belongs to the Gateway',
  },
  {
    name: "a tenant's load balancer",
    policy: 'weir-no-load-balancer-but-gateway',
    fine: service('tenant-shop'),
    wrong: service('tenant-shop', { type: 'LoadBalancer' }),
    says: 'a Service of type LoadBalancer would be a way in past the gateway, without token, limit or record. Use type ClusterIP: models are called at the host of their tenant',
  },
  {
    name: 'a port of every node, for the platform',
    policy: 'weir-no-node-port',
    fine: service('weir-gateway', { type: 'LoadBalancer' }),
    wrong: service('mlflow', { type: 'NodePort' }),
    says: 'a Service of type NodePort would be a way in past the gateway, without token, limit or record. Use type ClusterIP: models are called at the host of their tenant',
  },
  {
    name: 'an address of somebody else',
    policy: 'weir-no-load-balancer-but-gateway',
    fine: service('tenant-shop'),
    wrong: service('tenant-shop', { externalIPs: ['10.0.0.9'] }),
    says: 'externalIPs would take traffic of 10.0.0.9 from whoever has that address. Leave them out',
  },
];

const namespaces: readonly AdmissionCase[] = [
  {
    name: 'a privileged namespace',
    policy: 'weir-namespace-not-privileged',
    fine: namespace('weir-node-agents', { [ENFORCE]: 'privileged' }),
    wrong: namespace('tools', { [ENFORCE]: 'privileged' }),
    says: 'pods of tools could take over their node. Label it pod-security.kubernetes.io/enforce: restricted; only weir-node-agents may be privileged',
  },
  {
    name: 'a namespace that says nothing, but of Kubernetes',
    policy: 'weir-namespace-not-privileged',
    fine: namespace('amazon-guardduty', {}),
    wrong: namespace('tools', {}),
    says: 'pods of tools could take over their node. Label it pod-security.kubernetes.io/enforce: restricted; only weir-node-agents may be privileged',
  },
  {
    name: 'a namespace that no rule over tenants would find',
    policy: 'weir-tenant-pss-labels',
    fine: namespace('tenant-new', { 'weir.dev/tenant': 'new', [ENFORCE]: 'restricted' }),
    wrong: namespace('tenant-new', { [ENFORCE]: 'restricted' }),
    says: 'rules for a tenant are found by the label weir.dev/tenant, and tenant-new has none. Make tenants by their files, or choose another name',
  },
  {
    name: 'a tenant whose pods are not restricted',
    policy: 'weir-tenant-pss-labels',
    fine: namespace('tenant-new', { 'weir.dev/tenant': 'new', [ENFORCE]: 'restricted' }),
    wrong: namespace('tenant-new', { 'weir.dev/tenant': 'new', [ENFORCE]: 'baseline' }),
    says: 'pods of a tenant are restricted, and those of tenant-new would be baseline. Label it pod-security.kubernetes.io/enforce: restricted',
  },
];

/** At least one for each rule of each policy. */
export const ADMISSION_CASES: readonly AdmissionCase[] = [
  ...images,
  ...pods,
  ...containers,
  ...rights,
  ...work,
  ...doors,
  ...namespaces,
  ...CUSTOM_CASES,
];
