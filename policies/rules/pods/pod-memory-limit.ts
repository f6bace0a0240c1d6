import { DECLARED, LASTING_PODS, LASTS, namesOf } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { examplePod } from './example.ts';
import { eachDeclared, ofPods, told, WORKLOADS } from './workload.ts';

const FIELD = 'resources.limits.memory';

export const podMemoryLimit: ResourceRule = {
  kind: 'resource',
  id: 'pod-memory-limit',
  title: 'a container has a limit of memory',
  reason: 'A leak without a limit takes the memory of its node, and the kernel then ends whatever is largest there: mostly somebody else’s model.',
  remedy: 'Set serving.resources.memory in the model file, or resources.limits.memory of each container.',
  severity: 'medium',
  ids: ['KSV-0018', 'CKV_K8S_13', 'NSA: resource policies'],
  scope: 'any',
  on: WORKLOADS,
  check: ofPods((pod) =>
    // a limit of the whole pod holds for each of its containers (Kubernetes 1.34)
    pod.has(FIELD)
      ? []
      : eachDeclared(pod, (container) => (container.has(FIELD) ? [] : [container.problem(FIELD, `limits no memory of ${told(container)}`)])),
  ),
  admission: {
    scopes: ['tenants'],
    kinds: LASTING_PODS,
    lets: 'Pods that end, and pods themselves: a LimitRange gives them what they do not say.',
    conditions: LASTS,
    variables: () => ({
      ...DECLARED,
      unlimited: namesOf("!c.?resources.limits[?'memory'].hasValue()"),
    }),
    validations: () => [
      {
        expression: "variables.pod.?resources.limits[?'memory'].hasValue() || variables.unlimited.size() == 0",
        messageExpression:
          "'a leak would take the memory of its node: ' + variables.unlimited.join(', ') + ' has no limit. Set resources.limits.memory'",
      },
    ],
  },
  pass: [{ props: examplePod({ container: { resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi' } } } }) }],
  fail: [{ props: examplePod({ container: { resources: { requests: { cpu: '250m', memory: '256Mi' } } } }) }],
};
