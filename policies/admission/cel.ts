import type { Kinds } from './form.ts';

/** Pods, and what makes them: whoever writes a Deployment reads the refusal, and not only its ReplicaSet. */
export const PODS: readonly Kinds[] = [
  { apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'] },
  { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
];

/** What goes is left alone: its finalizers are updates too. */
export const NOT_GOING = { 'not-going': '!has(object.metadata.deletionTimestamp)' } as const;

/** What was there before the policy can still be scaled, labelled and taken away. */
export const NEW_OR_CHANGED = {
  'new-or-changed': "request.operation == 'CREATE' || object.spec != oldObject.spec",
  ...NOT_GOING,
} as const;

/** The pod's spec in any of `PODS`. */
export const POD = {
  pod: `object.kind == 'Pod' ? object.spec
    : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec
    : object.spec.template.spec`,
} as const;

/** All that runs in it, at any time. */
export const CONTAINERS = {
  ...POD,
  containers: `variables.pod.containers
    + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])
    + (has(variables.pod.ephemeralContainers) ? variables.pod.ephemeralContainers : [])`,
} as const;
