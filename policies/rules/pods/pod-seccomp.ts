import type { ResourceRule } from '../../rule.ts';
import { examplePod } from './example.ts';
import { eachContainer, effective, inPods, isWindows, ofPods, told, WORKLOADS } from './workload.ts';

const pod = (type: string) => examplePod({ spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type } } } });

export const podSeccomp: ResourceRule = {
  kind: 'resource',
  id: 'pod-seccomp',
  title: 'a container may call what containers need of the kernel, and no more',
  reason: 'Most holes through which a container was left lie in calls of the kernel that no server makes; the runtime’s profile refuses them.',
  remedy: 'Set securityContext.seccompProfile.type to RuntimeDefault at the pod.',
  severity: 'medium',
  ids: ['KSV-0030', 'KSV-0104', 'CKV_K8S_31'],
  scope: 'any',
  heldBy: 'pod-security',
  on: WORKLOADS,
  mustBeKnown: inPods('securityContext.seccompProfile.type'),
  check: ofPods((spec) =>
    isWindows(spec)
      ? []
      : eachContainer(spec, (container) => {
          const type = effective(spec, container, 'seccompProfile.type');
          if (type === 'RuntimeDefault' || type === 'Localhost') return [];
          return [container.problem('securityContext.seccompProfile.type', `filters no call of ${told(container)} to the kernel`)]; // the default is Unconfined
        }),
  ),
  pass: [{ props: pod('RuntimeDefault') }],
  fail: [{ props: pod('Unconfined') }],
};
