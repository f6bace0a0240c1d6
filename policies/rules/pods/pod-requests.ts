import { DECLARED, LASTING_PODS, LASTS, namesOf } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import type { ResourceRule } from '../../rule.ts';
import { examplePod } from './example.ts';
import { eachDeclared, ofPods, told, WORKLOADS } from './workload.ts';

const RESOURCES = ['cpu', 'memory'] as const;
type Name = (typeof RESOURCES)[number];

export const podRequests: ResourceRule = {
  kind: 'resource',
  id: 'pod-requests',
  title: 'a container says how much CPU and memory it needs',
  reason: 'Nodes are chosen and bought by requests: what requests nothing lands where nothing is left, and is the first to be evicted.',
  remedy: 'Set serving.resources in the model file, or resources.requests.cpu and resources.requests.memory of each container.',
  severity: 'medium',
  ids: ['KSV-0015', 'KSV-0016', 'CKV_K8S_10', 'CKV_K8S_12'],
  scope: 'any',
  on: WORKLOADS,
  check: ofPods((pod) =>
    eachDeclared(pod, (container) =>
      RESOURCES.filter((name) => !says(pod, name) && !says(container, name)).map((name) =>
        container.problem(`resources.requests.${name}`, `requests no ${name === 'cpu' ? 'CPU' : name} for ${told(container)}`),
      ),
    ),
  ),
  admission: {
    scopes: ['tenants'],
    kinds: LASTING_PODS,
    lets: 'Pods that end, and pods themselves: a LimitRange gives them what they do not say.',
    conditions: LASTS,
    variables: () => ({
      ...DECLARED,
      ...Object.fromEntries(
        RESOURCES.map((name) => [`without_${name}`, `${saying('variables.pod', name)} ? [] : ${namesOf(`!(${saying('c', name)})`)}`]),
      ),
    }),
    validations: () =>
      RESOURCES.map((name) => ({
        expression: `variables.without_${name}.size() == 0`,
        messageExpression: `'its node is chosen by what it requests: ' + variables.without_${name}.join(', ') + ' requests no ${name}. Set resources.requests.${name}'`,
      })),
  },
  pass: [{ props: examplePod({ container: { resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } } } }) }],
  fail: [{ props: examplePod({ container: { resources: { requests: { memory: '256Mi' }, limits: { memory: '256Mi' } } } }) }],
};

/** A limit without a request is one: Kubernetes copies it. */
const says = (at: Reader, name: Name): boolean => at.has(`resources.requests.${name}`) || at.has(`resources.limits.${name}`);

const saying = (at: string, name: Name): string =>
  ['requests', 'limits'].map((kind) => `${at}.?resources.${kind}[?'${name}'].hasValue()`).join(' || ');
