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
    lets: 'Memory, which is requested by its limit (pod-memory-limit), and pods that end: a LimitRange gives them what they do not say.',
    conditions: LASTS,
    variables: () => ({ ...DECLARED, idle: `${saying('variables.pod')} ? [] : ${namesOf(`!(${saying('c')})`)}` }),
    validations: () => [
      {
        expression: 'variables.idle.size() == 0',
        messageExpression: "'its node is chosen by what it requests: ' + variables.idle.join(', ') + ' requests no CPU. Set resources.requests.cpu'",
      },
    ],
  },
  pass: [{ props: examplePod({ container: { resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } } } }) }],
  fail: [{ props: examplePod({ container: { resources: { requests: { memory: '256Mi' }, limits: { memory: '256Mi' } } } }) }],
};

/** A limit without a request is one: Kubernetes copies it. */
const says = (at: Reader, name: Name): boolean => at.has(`resources.requests.${name}`) || at.has(`resources.limits.${name}`);

const saying = (at: string): string => ['requests', 'limits'].map((kind) => `${at}.?resources.${kind}[?'cpu'].hasValue()`).join(' || ');
