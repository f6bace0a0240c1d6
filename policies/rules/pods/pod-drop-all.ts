import type { ResourceRule } from '../../rule.ts';
import { examplePod, exampleSecurity } from './example.ts';
import { eachContainer, isWindows, ofPods, told, WORKLOADS } from './workload.ts';

/** What Pod Security's `restricted` lets a container have: ports below 1024 without root. */
const ALLOWED = ['NET_BIND_SERVICE', 'CAP_NET_BIND_SERVICE'];

export const podDropAll: ResourceRule = {
  kind: 'resource',
  id: 'pod-drop-all',
  title: 'a container has none of root’s capabilities',
  reason: 'What a container runtime leaves by default is enough to forge packets of its neighbours and to change files of other users.',
  remedy: 'Set securityContext.capabilities.drop to [ALL], and add NET_BIND_SERVICE alone where a port below 1024 is served.',
  severity: 'medium',
  ids: ['KSV-0003', 'KSV-0022', 'KSV-0106', 'CKV_K8S_25', 'CKV_K8S_28', 'CKV_K8S_30', 'CKV_K8S_37', 'CKV_K8S_39'],
  scope: 'any',
  heldBy: 'pod-security',
  on: WORKLOADS,
  check: ofPods((pod) =>
    isWindows(pod)
      ? []
      : eachContainer(pod, (container) => {
          const drop = 'securityContext.capabilities.drop';
          const dropped = container.texts(drop).some((name) => name.toUpperCase() === 'ALL');
          const added = container.texts('securityContext.capabilities.add').filter((name) => !ALLOWED.includes(name.toUpperCase()));
          return [
            ...(dropped ? [] : [container.problem(drop, `leaves ${told(container)} capabilities of root`)]),
            ...(added.length === 0 ? [] : [container.problem('securityContext.capabilities.add', `gives ${told(container)} ${added.join(', ')}`)]),
          ];
        }),
  ),
  pass: [{ props: examplePod({ container: { securityContext: exampleSecurity({ capabilities: { drop: ['ALL'] } }) } }) }],
  fail: [{ props: examplePod({ container: { securityContext: exampleSecurity({ capabilities: { drop: ['NET_RAW'] } }) } }) }],
};
