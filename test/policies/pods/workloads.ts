import { exampleSpec } from '../../../policies/rules/pods/example.ts';

type Part = Readonly<Record<string, unknown>>;

export const DIGEST = `@sha256:${'4'.repeat(64)}`;
export const QUEUED = { 'kueue.x-k8s.io/queue-name': 'shop' };
export const RESOURCES = { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } };

/** The same pod as each kind that lasts has it, with changes of its container and of its spec. */
export function lasting(kind: 'Deployment' | 'StatefulSet' | 'DaemonSet', container: Part = {}, spec: Part = {}) {
  const labels = { app: 'eta' };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'eta', namespace: 'tenant-shop' },
    spec: {
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' ? { serviceName: 'eta' } : {}),
      template: { metadata: { labels }, spec: exampleSpec(container, spec) },
    },
  };
}

export function cronJob(container: Part = {}, labels: Part = QUEUED) {
  const spec = exampleSpec({ readinessProbe: undefined, livenessProbe: undefined, ...container }, { restartPolicy: 'Never' });
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'score', namespace: 'tenant-shop' },
    spec: { schedule: '0 2 * * *', jobTemplate: { metadata: { labels }, spec: { template: { spec } } } },
  };
}

/** As Windows has it: without the fields that it has not. */
export const WINDOWS = {
  container: { securityContext: undefined },
  spec: { os: { name: 'windows' }, securityContext: { runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } } },
};
