import { type AdmissionPolicy, CONTAINERS, NEW_OR_CHANGED, POD, WORKLOADS } from './policy.ts';

const GPU = "r == 'nvidia.com/gpu' || r.startsWith('nvidia.com/mig-')";

/**
 * A GPU and the way to its nodes come together: nodes with GPUs are tainted. That a GPU is limited to what is requested, Kubernetes itself wants of every
 * extended resource.
 */
export const GPU_PODS: AdmissionPolicy = {
  name: 'weir-gpu',
  kinds: WORKLOADS,
  conditions: NEW_OR_CHANGED,
  variables: {
    ...CONTAINERS,
    asking: `variables.containers.filter(c, has(c.resources) && has(c.resources.limits)
      && c.resources.limits.exists(r, (${GPU}) && quantity(string(c.resources.limits[r])).isGreaterThan(quantity('0')))).map(c, c.name)`,
    tolerations: 'has(variables.pod.tolerations) ? variables.pod.tolerations : []',
    tolerated: "variables.tolerations.exists(t, has(t.key) && t.key == 'nvidia.com/gpu')",
    anything: "variables.tolerations.exists(t, !has(t.key) && has(t.operator) && t.operator == 'Exists')",
  },
  validations: [
    {
      expression: 'variables.asking.size() == 0 || variables.tolerated || variables.anything',
      messageExpression: `'no node takes this pod: ' + variables.asking.join(', ') + ' asks for a GPU, and nodes with GPUs admit only pods that tolerate their taint. Add to tolerations: {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}'`,
    },
    {
      expression: 'variables.asking.size() > 0 || !variables.tolerated',
      messageExpression: `'this pod may fill a node with GPUs and asks for none. Take nvidia.com/gpu out of its tolerations, or give a container the limit nvidia.com/gpu'`,
    },
  ],
};

/** Without probes a container that hangs gets its share of the traffic for ever. What ends by itself, such as a Job, needs none. */
export const PROBED_PODS: AdmissionPolicy = {
  name: 'weir-probes',
  kinds: WORKLOADS.filter(({ apiGroups }) => !apiGroups.includes('batch')),
  conditions: NEW_OR_CHANGED,
  variables: {
    ...POD,
    silent: `variables.pod.containers.filter(c, !has(c.readinessProbe) || !has(c.livenessProbe)).map(c, c.name)`,
  },
  validations: [
    {
      expression: "variables.pod.restartPolicy != 'Always' || variables.silent.size() == 0",
      messageExpression: `'a container that hangs would keep its traffic: ' + variables.silent.join(', ') + ' lacks a probe. Give it readinessProbe and livenessProbe, or run what ends by itself as a Job'`,
    },
  ],
};
