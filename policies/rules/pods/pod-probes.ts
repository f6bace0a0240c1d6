import { LASTING_PODS, NEW_OR_CHANGED, POD } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { examplePod } from './example.ts';
import { LASTING, ofPods, told } from './workload.ts';

const PROBES = { readinessProbe: 'not ready', livenessProbe: 'hung' } as const;

/** Of what serves: what ends by itself needs no probe, nor does what is started before the others or beside them. */
export const podProbes: ResourceRule = {
  kind: 'resource',
  id: 'pod-probes',
  title: 'a container says when it is ready, and that it still works',
  reason: 'Without probes a container that hangs keeps its share of the traffic for ever, and a new version gets calls before it can answer one.',
  remedy: 'Give each container a readinessProbe and a livenessProbe, or run what ends by itself as a Job.',
  severity: 'medium',
  ids: ['CKV_K8S_8', 'CKV_K8S_9'],
  scope: 'any',
  on: LASTING,
  check: ofPods((pod) =>
    pod.part(() =>
      (pod.text('restartPolicy') ?? 'Always') === 'Always'
        ? pod.each('containers', (container) =>
            Object.entries(PROBES).flatMap(([probe, state]) =>
              container.has(probe) ? [] : [container.problem(probe, `does not tell when ${told(container)} is ${state}`)],
            ),
          )
        : [],
    ),
  ),
  admission: {
    scopes: ['tenants'],
    kinds: LASTING_PODS,
    conditions: NEW_OR_CHANGED,
    variables: () => ({
      ...POD,
      silent: `variables.pod.containers.filter(c, !has(c.readinessProbe) || !has(c.livenessProbe)).map(c, c.name)`,
    }),
    validations: () => [
      {
        expression: "variables.pod.restartPolicy != 'Always' || variables.silent.size() == 0",
        messageExpression: `'a container that hangs would keep its traffic: ' + variables.silent.join(', ') + ' lacks a probe. Give it readinessProbe and livenessProbe, or run what ends by itself as a Job'`,
      },
    ],
  },
  pass: [{ props: examplePod() }],
  fail: [{ props: examplePod({ container: { livenessProbe: undefined } }) }],
};
