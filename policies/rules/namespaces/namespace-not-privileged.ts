import { LEVEL, listed, NAMESPACE_KIND, NEW_OR_RELABELLED } from '../../admission/cel.ts';
import { NAMESPACES } from '../../facts.ts';
import type { ResourceRule } from '../../rule.ts';
import { exampleNamespace } from './example.ts';
import { ENFORCE, labelOf } from './tenants.ts';

/** Beginnings of names that Kubernetes and EKS make by themselves: refusing one of these would stop an upgrade or an add-on. */
const MADE_BY_OTHERS = ['kube-', 'amazon-', 'aws-', 'eks-'];
const LEVELS = ['restricted', 'baseline'];

export const namespaceNotPrivileged: ResourceRule = {
  kind: 'resource',
  id: 'namespace-not-privileged',
  title: 'pods may take over their node in the namespaces of its agents alone',
  reason: 'Who may create pods in a namespace that enforces nothing has the nodes, and with them every other pod.',
  remedy: 'Label the namespace pod-security.kubernetes.io/enforce: restricted; agents of nodes lie in weir-node-agents.',
  severity: 'high',
  ids: [],
  scope: 'weir',
  params: { privileged: { description: 'Names of namespaces whose pods may be privileged.', default: [NAMESPACES.nodeAgents] } },
  on: ['Namespace'],
  check: (namespace, { params: { privileged = [] } }) => {
    const name = namespace.text('metadata.name') ?? '';
    const others = name === 'default' || MADE_BY_OTHERS.some((start) => name.startsWith(start));
    if (others || (Array.isArray(privileged) && privileged.includes(name))) return [];
    const level = labelOf(namespace, ENFORCE);
    return LEVELS.includes(level) ? [] : [namespace.problem('metadata.labels', `lets pods take over their node: it enforces ${level || 'nothing'}`)];
  },
  admission: {
    scopes: ['own-cluster'],
    kinds: NAMESPACE_KIND,
    conditions: {
      ...NEW_OR_RELABELLED,
      'not-of-kubernetes': `!(${MADE_BY_OTHERS.map((start) => `object.metadata.name.startsWith('${start}')`).join(' || ')} || object.metadata.name == 'default')`,
    },
    variables: () => LEVEL,
    validations: ({ privileged }) => [
      {
        expression: `variables.level in ['restricted', 'baseline'] || object.metadata.name in ${listed(privileged)}`,
        messageExpression: `'pods of ' + object.metadata.name + ' could take over their node. Label it ${ENFORCE}: restricted; only ${privileged.join(', ')} may be privileged'`,
      },
    ],
  },
  pass: [{ props: exampleNamespace() }],
  fail: [{ props: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tools', labels: { [ENFORCE]: 'privileged' } } } }],
};
