type Part = Readonly<Record<string, unknown>>;

/** A registry and an image as an environment of Weir's has them. */
export const EXAMPLE_REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/';
export const EXAMPLE_IMAGE = `${EXAMPLE_REGISTRY}eta@sha256:${'4'.repeat(64)}`;

const PROBE = { httpGet: { path: '/ready', port: 8080 } };

/** A server's pod that keeps every rule: fixtures change one thing of it. */
export function examplePod({
  container = {},
  spec = {},
  metadata = {},
}: {
  readonly container?: Part;
  readonly spec?: Part;
  readonly metadata?: Part;
} = {}) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'eta', namespace: 'tenant-shop', ...metadata }, spec: exampleSpec(container, spec) };
}

export function exampleSpec(container: Part = {}, spec: Part = {}) {
  return {
    serviceAccountName: 'weir-serving',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'server',
        image: EXAMPLE_IMAGE,
        readinessProbe: PROBE,
        livenessProbe: PROBE,
        resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } },
        securityContext: exampleSecurity(),
        ...container,
      },
    ],
    ...spec,
  };
}

/** A container's security context, but for some of it. */
export const exampleSecurity = (changes: Part = {}): Part => ({
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  ...changes,
});

/** Work that ends, in the queue of its tenant. */
export function exampleJob({ labels, spec = {}, template = {} }: { readonly labels?: Part; readonly spec?: Part; readonly template?: Part } = {}) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'train', namespace: 'tenant-shop', labels: labels ?? { 'kueue.x-k8s.io/queue-name': 'shop' } },
    spec: {
      template: { ...template, spec: exampleSpec({ readinessProbe: undefined, livenessProbe: undefined }, { restartPolicy: 'Never', ...spec }) },
    },
  };
}
