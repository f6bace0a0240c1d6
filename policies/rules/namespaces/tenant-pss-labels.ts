import { LEVEL, NAMESPACE_KIND, NEW_OR_RELABELLED } from '../../admission/cel.ts';
import { TENANT_LABEL } from '../../facts.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleNamespace } from './example.ts';
import { ENFORCE, isTenant, labelOf, TENANT_PREFIX } from './tenants.ts';

/** Every rule over tenants finds their namespaces by the label, so name and label say the same, and pods in them are restricted. */
export const tenantPssLabels: ResourceRule = {
  kind: 'resource',
  id: 'tenant-pss-labels',
  title: 'a tenant’s namespace is labelled as one, and its pods are restricted',
  reason: 'Rules, quotas and walls of tenants are found by these labels: without them a tenant’s pods are held to nothing.',
  remedy: 'Make tenants by their files, or label the namespace weir.dev/tenant with its tenant and pod-security.kubernetes.io/enforce: restricted.',
  severity: 'high',
  ids: [],
  scope: 'weir',
  on: ['Namespace'],
  check: (namespace) => {
    if (!isTenant(namespace)) return [];
    const [tenant, level] = [labelOf(namespace, TENANT_LABEL), labelOf(namespace, ENFORCE) || 'privileged'];
    const name = namespace.text('metadata.name') ?? '';
    return [
      ...(name === TENANT_PREFIX + tenant
        ? []
        : [namespace.problem('metadata.labels', `is labelled with ${tenant === '' ? 'no tenant' : `another tenant, ${tenant}`}`)]),
      ...(level === 'restricted' ? [] : [namespace.problem('metadata.labels', `takes pods that are ${level}`)]),
    ];
  },
  admission: {
    scopes: ['everywhere'],
    kinds: NAMESPACE_KIND,
    conditions: {
      ...NEW_OR_RELABELLED,
      'of-a-tenant': `object.metadata.name.startsWith('${TENANT_PREFIX}') || object.metadata.?labels[?'${TENANT_LABEL}'].hasValue()`,
    },
    variables: () => ({ ...LEVEL, tenant: `object.metadata.?labels[?'${TENANT_LABEL}'].orValue('')` }),
    validations: () => [
      {
        expression: "object.metadata.name == 'tenant-' + variables.tenant",
        messageExpression: `'rules for a tenant are found by the label ${TENANT_LABEL}, and ' + object.metadata.name + ' has ' + (variables.tenant == '' ? 'none' : variables.tenant) + '. Make tenants by their files, or choose another name'`,
      },
      {
        expression: "variables.level == 'restricted'",
        messageExpression: `'pods of a tenant are restricted, and those of ' + object.metadata.name + ' would be ' + variables.level + '. Label it ${ENFORCE}: restricted'`,
      },
    ],
  },
  pass: [{ props: exampleNamespace() }],
  fail: [{ props: exampleNamespace({ [ENFORCE]: 'baseline' }) }],
};
