import { CONTAINERS, NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import { keyOf } from '../../resource.ts';
import type { ResourceRule } from '../../rule.ts';
import { eachContainer, podOf, told, WORKLOADS } from './workload.ts';

const pod = (readOnlyRootFilesystem: boolean) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'example', namespace: 'tenant-shop' },
  spec: { containers: [{ name: 'app', image: 'example', securityContext: { readOnlyRootFilesystem } }] },
});

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
  check: (workload, _, { type }) =>
    eachContainer(podOf(workload, keyOf(type)), (container) =>
      container.expect('securityContext.readOnlyRootFilesystem', (value) => value === true, `lets ${told(container)} write its own files`),
    ),
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...CONTAINERS,
      writable:
        'variables.containers.filter(c, !(has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && c.securityContext.readOnlyRootFilesystem)).map(c, c.name)',
    }),
    validations: () => [
      {
        expression: 'variables.writable.size() == 0',
        messageExpression:
          "'who breaks in could change the files of ' + variables.writable.join(', ') + '. Set securityContext.readOnlyRootFilesystem: true, and mount an emptyDir where it writes'",
      },
    ],
  },
  pass: [{ props: pod(true) }],
  fail: [{ props: pod(false) }],
};
