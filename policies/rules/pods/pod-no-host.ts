import type { Reader } from '../../reader.ts';
import type { Problem, ResourceRule } from '../../rule.ts';
import { isNotOn, numberOf } from '../values.ts';
import { examplePod } from './example.ts';
import { eachContainer, inPods, ofPods, told, WORKLOADS } from './workload.ts';

/** Fields of the pod that take a wall between it and its node away. */
const SHARED = { hostNetwork: 'is in the network of its node', hostPID: 'sees the processes of its node', hostIPC: 'shares memory with its node' };

const TRIVY = ['KSV-0006', 'KSV-0008', 'KSV-0009', 'KSV-0010', 'KSV-0017', 'KSV-0023', 'KSV-0024'];
const CHECKOV = ['CKV_K8S_16', 'CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19', 'CKV_K8S_26', 'CKV_K8S_27'];

export const podNoHost: ResourceRule = {
  kind: 'resource',
  id: 'pod-no-host',
  title: 'a pod has no part in its node',
  reason: 'Who has the node’s network, processes or files has the pods beside it too, and the credentials of all of them.',
  remedy: 'Take hostNetwork, hostPID, hostIPC, hostPort, hostPath and privileged out; waive it for agents of nodes, in a namespace of their own.',
  severity: 'critical',
  ids: [...TRIVY, ...CHECKOV],
  scope: 'any',
  heldBy: 'pod-security',
  on: WORKLOADS,
  mustBeKnown: inPods(...Object.keys(SHARED), 'containers.securityContext.privileged'),
  check: ofPods((pod) => [
    ...Object.entries(SHARED).flatMap(([field, problem]) => pod.expect(field, isNotOn, problem)),
    ...pod.expect('securityContext.windowsOptions.hostProcess', isNotOn, 'is a process of its node'),
    ...pod.each('volumes', (volume) => (volume.has('hostPath') ? [volume.problem('hostPath', `has files of its node: ${volumePath(volume)}`)] : [])),
    ...eachContainer(pod, privileges),
  ]),
  pass: [{ props: examplePod({ spec: { hostNetwork: false } }) }],
  fail: [{ props: examplePod({ spec: { hostNetwork: true } }) }],
};

function privileges(container: Reader): readonly Problem[] {
  return [
    ...container.expect('securityContext.privileged', isNotOn, `gives ${told(container)} all rights over its node`),
    ...container.expect('securityContext.windowsOptions.hostProcess', isNotOn, `runs ${told(container)} as a process of its node`),
    // 0 and nothing are the same
    ...container.each('ports', (port) =>
      port.expect('hostPort', (value) => numberOf(value ?? 0) === 0, `takes a port of its node for ${told(container)}`),
    ),
  ];
}

const volumePath = (volume: Reader): string => volume.text('hostPath.path') ?? 'all';
