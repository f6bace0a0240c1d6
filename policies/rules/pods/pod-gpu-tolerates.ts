import { CONTAINERS, NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import type { Reader } from '../../reader.ts';
import type { ResourceRule } from '../../rule.ts';
import { numberOf } from '../values.ts';
import { examplePod } from './example.ts';
import { eachContainer, ofPods, told, WORKLOADS } from './workload.ts';

const GPU = 'nvidia.com/gpu';
const MIG = 'nvidia.com/mig-';
const TOLERATIONS = [{ key: GPU, operator: 'Exists', effect: 'NoSchedule' }];
const LIMITED = { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '256Mi', [GPU]: '1' } };

/**
 * A GPU and the way to its nodes come together, where nodes with GPUs are tainted: elsewhere they need not be. That a GPU is limited to what is requested,
 * Kubernetes itself wants of every extended resource.
 */
export const podGpuTolerates: ResourceRule = {
  kind: 'resource',
  id: 'pod-gpu-tolerates',
  title: 'a pod that asks for a GPU may go to its nodes, and no other pod',
  reason: 'Without the toleration a pod waits for ever; with it and without a GPU it fills the most expensive nodes with what runs anywhere.',
  remedy: 'Set serving.gpu in the model file, or add the toleration nvidia.com/gpu and the limit nvidia.com/gpu together.',
  severity: 'medium',
  ids: [],
  scope: 'weir',
  on: WORKLOADS,
  check: ofPods((pod) => {
    const asking = eachContainer(pod, (container) =>
      asks(container) ? [container.problem('resources.limits', `has no node that takes ${told(container)}`)] : [],
    );
    const keys = pod.list('tolerations').map((toleration) => toleration.text('key') ?? (toleration.text('operator') === 'Exists' ? '*' : ''));
    if (asking.length > 0) return keys.includes(GPU) || keys.includes('*') ? [] : asking;
    return keys.includes(GPU) ? [pod.problem('tolerations', 'may fill a node with GPUs and asks for none')] : [];
  }),
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...CONTAINERS,
      asking: `variables.containers.filter(c, has(c.resources) && has(c.resources.limits)
      && c.resources.limits.exists(r, (r == '${GPU}' || r.startsWith('${MIG}')) && quantity(string(c.resources.limits[r])).isGreaterThan(quantity('0')))).map(c, c.name)`,
      tolerations: 'has(variables.pod.tolerations) ? variables.pod.tolerations : []',
      tolerated: `variables.tolerations.exists(t, has(t.key) && t.key == '${GPU}')`,
      anything: "variables.tolerations.exists(t, !has(t.key) && has(t.operator) && t.operator == 'Exists')",
    }),
    validations: () => [
      {
        expression: 'variables.asking.size() == 0 || variables.tolerated || variables.anything',
        messageExpression: `'no node takes this pod: ' + variables.asking.join(', ') + ' asks for a GPU, and nodes with GPUs admit only pods that tolerate their taint. Add to tolerations: {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}'`,
      },
      {
        expression: 'variables.asking.size() > 0 || !variables.tolerated',
        messageExpression: `'this pod may fill a node with GPUs and asks for none. Take nvidia.com/gpu out of its tolerations, or give a container the limit nvidia.com/gpu'`,
      },
    ],
  },
  pass: [{ props: examplePod({ container: { resources: LIMITED }, spec: { tolerations: TOLERATIONS } }) }],
  fail: [{ props: examplePod({ container: { resources: LIMITED } }) }],
};

/** More than none: `0` is how a limit is taken back. */
function asks(container: Reader): boolean {
  const names = container.keys('resources.limits').filter((name) => name === GPU || name.startsWith(MIG));
  return names.some((name) => numberOf(container.get(['resources', 'limits', name])) !== 0);
}
