import { DECLARED, LASTING_PODS, LASTS, namesOf, WHAT_ENDS } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { isOn } from '../values.ts';
import { examplePod, exampleSecurity } from './example.ts';
import { eachDeclared, inPods, isWindows, ofPods, told, WORKLOADS } from './workload.ts';

const FIELD = 'securityContext.readOnlyRootFilesystem';

export const podRoRoot: ResourceRule = {
  kind: 'resource',
  id: 'pod-ro-root',
  title: 'a container cannot change its own files',
  reason: 'Who breaks into a process that may write its image’s files stays there; who may not has nowhere to put a tool.',
  remedy: 'Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the process writes.',
  severity: 'medium',
  ids: ['KSV-0014', 'CKV_K8S_22', 'NSA: immutable container file systems'],
  scope: 'any',
  on: WORKLOADS,
  mustBeKnown: inPods(`containers.${FIELD}`, `initContainers.${FIELD}`),
  check: ofPods((pod) =>
    isWindows(pod) ? [] : eachDeclared(pod, (container) => container.expect(FIELD, isOn, `lets ${told(container)} write its own files`)),
  ),
  admission: {
    scopes: ['tenants'],
    kinds: LASTING_PODS,
    lets: WHAT_ENDS,
    conditions: LASTS,
    variables: () => ({
      ...DECLARED,
      writable: `variables.pod.?os.name.orValue('') == 'windows' ? [] : ${namesOf(`!(has(c.securityContext) && has(c.${FIELD}) && c.${FIELD})`)}`,
    }),
    validations: () => [
      {
        expression: 'variables.writable.size() == 0',
        messageExpression:
          "'who breaks in could change the files of ' + variables.writable.join(', ') + '. Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes'",
      },
    ],
  },
  pass: [{ props: examplePod({ container: { securityContext: exampleSecurity({ readOnlyRootFilesystem: true }) } }) }],
  fail: [{ props: examplePod({ container: { securityContext: exampleSecurity({ readOnlyRootFilesystem: false }) } }) }],
};
