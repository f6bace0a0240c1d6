import type * as k8s from '@pulumi/kubernetes';
import type { AdmissionForm, AdmissionGiven } from '../../policies/admission/form.ts';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';

type Spec = k8s.types.input.admissionregistration.v1.ValidatingAdmissionPolicySpec;
type Selector = k8s.types.input.meta.v1.LabelSelector;

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

/** The policy as the API server takes it: it refuses what it cannot judge. */
export function specOf({ kinds, conditions, variables, validations }: AdmissionForm, given: AdmissionGiven): Spec {
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
    variables: Object.entries(variables?.(given) ?? {}).map(([name, expression]) => ({ name, expression })),
    validations: validations(given).map(({ expression, messageExpression }) => ({ expression, messageExpression })),
  };
}
