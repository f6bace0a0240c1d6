import { TENANT_LABEL } from '../../runtime/model/render/names.ts';
import { type AdmissionPolicy, type Kinds, NOT_GOING } from './policy.ts';

const NAMESPACE: readonly Kinds[] = [{ apiGroups: [''], resources: ['namespaces'] }];
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Beginnings of names that Kubernetes and EKS make by themselves: refusing one of these would stop an upgrade or an add-on. */
const MADE_BY_OTHERS = ['kube-', 'amazon-', 'aws-', 'eks-'];

const RELABELLED = {
  ...NOT_GOING,
  'new-or-relabelled': "request.operation == 'CREATE' || object.metadata.?labels != oldObject.metadata.?labels",
} as const;

/** What is enforced on pods: without a label, nothing. */
const LEVEL = { level: `object.metadata.?labels[?'${ENFORCE}'].orValue('privileged')` } as const;

/** Where pods may do as they like with their node, besides what Kubernetes and EKS make. @param allowed Names. */
export function privilegedNamespaces(allowed: readonly string[]): AdmissionPolicy {
  const isOthers = MADE_BY_OTHERS.map((start) => `object.metadata.name.startsWith('${start}')`).join(' || ');
  return {
    name: 'weir-namespaces',
    kinds: NAMESPACE,
    conditions: { ...RELABELLED, 'not-of-kubernetes': `!(${isOthers} || object.metadata.name == 'default')` },
    variables: LEVEL,
    validations: [
      {
        expression: `variables.level in ['restricted', 'baseline'] || object.metadata.name in ${JSON.stringify(allowed)}`,
        messageExpression: `'pods of ' + object.metadata.name + ' could take over their node. Label it ${ENFORCE}: restricted; only ${allowed.join(', ')} may be privileged'`,
      },
    ],
  };
}

/** Every rule over tenants finds their namespaces by this label, so name and label say the same, and pods in them are restricted. */
export const TENANT_NAMESPACES: AdmissionPolicy = {
  name: 'weir-tenant-namespaces',
  kinds: NAMESPACE,
  conditions: {
    ...RELABELLED,
    'of-a-tenant': `object.metadata.name.startsWith('tenant-') || object.metadata.?labels[?'${TENANT_LABEL}'].hasValue()`,
  },
  variables: { ...LEVEL, tenant: `object.metadata.?labels[?'${TENANT_LABEL}'].orValue('')` },
  validations: [
    {
      expression: "object.metadata.name == 'tenant-' + variables.tenant",
      messageExpression: `'rules for a tenant are found by the label ${TENANT_LABEL}, and ' + object.metadata.name + ' has ' + (variables.tenant == '' ? 'none' : variables.tenant) + '. Make tenants by their files, or choose another name'`,
    },
    {
      expression: "variables.level == 'restricted'",
      messageExpression: `'pods of a tenant are restricted, and those of ' + object.metadata.name + ' would be ' + variables.level + '. Label it ${ENFORCE}: restricted'`,
    },
  ],
};
