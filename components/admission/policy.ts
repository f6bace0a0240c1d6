import type * as k8s from '@pulumi/kubernetes';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';

type Spec = k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec;
type Selector = k8s.types.input.meta.v1.LabelSelector;

/** What a policy is asked about. Deletes are never among it: nothing that is wrong must be hard to take away. */
export interface Kinds {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** A rule, and what a person reads who breaks it: what is wrong, why it matters, what to do. */
export interface Validation {
  /** CEL; true: accepted. */
  readonly expression: string;
  /** CEL of a text. */
  readonly messageExpression: string;
}

/** A ValidatingAdmissionPolicy: it runs inside the API server, so nothing has to be up for it, and nothing locks the cluster when it is down. */
export interface AdmissionPolicy {
  readonly name: string;
  readonly kinds: readonly Kinds[];
  /** CEL by name: where one is false the policy says nothing. */
  readonly conditions: Readonly<Record<string, string>>;
  /** CEL by name, in this order: each may use those before it. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
}

/** In which namespaces a policy holds. */
export interface Place {
  /** Ends the binding's name. */
  readonly name: string;
  readonly namespaces: Selector;
  /** Refused in Weir's own cluster alone: elsewhere others are warned, since it is theirs. Default false. */
  readonly ownClusterOnly?: boolean;
}

/** Namespaces of tenants. */
export const TENANTS: Place = { name: 'tenants', namespaces: { matchExpressions: [{ key: TENANT_LABEL, operator: 'Exists' }] } };

export const ANYWHERE: Place = { name: 'everywhere', namespaces: {} };
export const OURS_ONLY: Place = { ...ANYWHERE, ownClusterOnly: true };

/** Namespaces by their names, which Kubernetes itself writes on them as a label. */
export const namespacesNamed = (name: string, values: readonly string[]): Place => ({
  name,
  namespaces: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...values] }] },
});

/** Pods, and what makes them: whoever writes a Deployment reads the refusal, and not only its ReplicaSet. */
export const WORKLOADS: readonly Kinds[] = [
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

/** The pod's spec in any of `WORKLOADS`. */
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

/** The policy as the API server takes it: it refuses what it cannot judge. */
export function specOf({ kinds, conditions, variables = {}, validations }: AdmissionPolicy): Spec {
  return {
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: kinds.map(({ apiGroups, resources }) => ({
        apiGroups: [...apiGroups],
        apiVersions: ['*'],
        operations: ['CREATE', 'UPDATE'],
        resources: [...resources],
      })),
    },
    matchConditions: Object.entries(conditions).map(([name, expression]) => ({ name, expression })),
    variables: Object.entries(variables).map(([name, expression]) => ({ name, expression })),
    validations: validations.map(({ expression, messageExpression }) => ({ expression, messageExpression })),
  };
}
