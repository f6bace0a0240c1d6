import type { Kinds } from './form.ts';

/** Pods, and what makes them: whoever writes a Deployment reads the refusal, and not only its ReplicaSet. */
export const PODS: readonly Kinds[] = [
  { apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'] },
  { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
];

/** Pods, and what makes those that run until somebody ends them. */
export const LASTING_PODS: readonly Kinds[] = [
  { apiGroups: [''], resources: ['pods'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets'] },
];

export const NAMESPACE_KIND: readonly Kinds[] = [{ apiGroups: [''], resources: ['namespaces'] }];
export const SERVICE_KIND: readonly Kinds[] = [{ apiGroups: [''], resources: ['services'] }];
export const NODE_POOL_KIND: readonly Kinds[] = [{ apiGroups: ['karpenter.sh'], resources: ['nodepools'] }];
/** What whoever opens a door reads, of either kind. */
export const WAY_IN =
  "'a Service of type ' + object.spec.type + ' would be a way in past the gateway, without token, limit or record. Use type ClusterIP: models are called at the host of their tenant'";

/** What goes is left alone: its finalizers are updates too. */
export const NOT_GOING = { 'not-going': '!has(object.metadata.deletionTimestamp)' } as const;

/** What was there before the policy can still be scaled, labelled and taken away. */
export const NEW_OR_CHANGED = {
  'new-or-changed': "request.operation == 'CREATE' || object.spec != oldObject.spec",
  ...NOT_GOING,
} as const;

/** Of pools and classes of nodes: what Karpenter writes on them by itself, hashes and conditions, is no spec. */
export const OF_NODES = { scopes: ['own-cluster'], conditions: NEW_OR_CHANGED } as const;

/** Of namespaces. */
export const NEW_OR_RELABELLED = {
  ...NOT_GOING,
  'new-or-relabelled': "request.operation == 'CREATE' || object.metadata.?labels != oldObject.metadata.?labels",
} as const;

/** What a namespace enforces on its pods: without a label, nothing. */
export const LEVEL = { level: "object.metadata.?labels[?'pod-security.kubernetes.io/enforce'].orValue('privileged')" } as const;

/** Of `LASTING_PODS` those that last: steps of workflows and workers of trainings are pods that end. */
export const LASTS = {
  ...NEW_OR_CHANGED,
  lasts: "object.kind != 'Pod' || object.spec.restartPolicy == 'Always'",
} as const;
/** Why rules over what lasts say nothing of the rest: for `lets`. */
export const WHAT_ENDS = 'Pods that end: Argo Workflows and Trainer make them from what a tenant wrote, and not all of them can keep it.';

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

/** What it is made with, without what somebody puts beside it to look for a mistake. */
export const DECLARED = {
  ...POD,
  containers: 'variables.pod.containers + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])',
} as const;

/** The names of some of its containers. @param wrong CEL over the container `c` */
export const namesOf = (wrong: string): string => `variables.containers.filter(c, ${wrong}).map(c, c.name)`;

/** CEL of a regular expression: both ends read it alike, as long as it has no quote and looks neither ahead nor behind. */
export const pattern = ({ source }: RegExp): string => `r'${source}'`;

/** CEL of a list of texts. */
export const listed = (texts: readonly string[]): string => JSON.stringify(texts);
