import type { ResourceRule } from '../../rule.ts';
import { isOn, numberOf } from '../values.ts';
import { examplePod } from './example.ts';
import { eachContainer, effective, inPods, ofPods, told, WORKLOADS } from './workload.ts';

export const podNonRoot: ResourceRule = {
  kind: 'resource',
  id: 'pod-non-root',
  title: 'a container does not run as root',
  reason: 'Root in a container is root on its node as soon as anything between them has a hole, and owns every file of the image until then.',
  remedy: 'Set securityContext.runAsNonRoot to true at the pod, and runAsUser where the image names no user.',
  severity: 'high',
  ids: ['KSV-0012', 'KSV-0105', 'CKV_K8S_23', 'CKV_K8S_29', 'NSA: non-root containers'],
  scope: 'any',
  heldBy: 'pod-security',
  on: WORKLOADS,
  mustBeKnown: inPods('securityContext.runAsNonRoot', 'containers.securityContext.runAsNonRoot'),
  check: ofPods((pod) =>
    eachContainer(pod, (container) => {
      const user = numberOf(effective(pod, container, 'runAsUser')); // states hold numbers as texts
      if (user > 0) return [];
      if (user === 0) return [container.problem('securityContext.runAsUser', `runs ${told(container)} as root`)];
      return isOn(effective(pod, container, 'runAsNonRoot'))
        ? []
        : [container.problem('securityContext.runAsNonRoot', `lets ${told(container)} run as root`)];
    }),
  ),
  pass: [{ props: examplePod({ spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } } }) }],
  fail: [{ props: examplePod({ spec: { securityContext: { runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } } } }) }],
};
