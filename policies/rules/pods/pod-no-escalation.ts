import type { ResourceRule } from '../../rule.ts';
import { isOff } from '../values.ts';
import { examplePod, exampleSecurity } from './example.ts';
import { eachContainer, inPods, isWindows, ofPods, told, WORKLOADS } from './workload.ts';

const FIELD = 'securityContext.allowPrivilegeEscalation';

export const podNoEscalation: ResourceRule = {
  kind: 'resource',
  id: 'pod-no-escalation',
  title: 'a process cannot gain rights that it was not started with',
  reason: 'A program in the image that runs as its owner, such as sudo, makes an intruder root although the container is not.',
  remedy: 'Set securityContext.allowPrivilegeEscalation to false in each container.',
  severity: 'medium',
  ids: ['KSV-0001', 'CKV_K8S_20', 'NSA: no privilege escalation'],
  scope: 'any',
  heldBy: 'pod-security',
  on: WORKLOADS,
  mustBeKnown: inPods(`containers.${FIELD}`, `initContainers.${FIELD}`),
  check: ofPods((pod) =>
    isWindows(pod)
      ? []
      : // Kubernetes' default is true
        eachContainer(pod, (container) => container.expect(FIELD, isOff, `lets ${told(container)} gain rights that it was not started with`)),
  ),
  pass: [{ props: examplePod({ container: { securityContext: exampleSecurity({ allowPrivilegeEscalation: false }) } }) }],
  fail: [{ props: examplePod({ container: { securityContext: exampleSecurity({ allowPrivilegeEscalation: true }) } }) }],
};
