import { NOT_GOING, POD, PODS } from '../../admission/cel.ts';
import { keyOf } from '../../resource.ts';
import type { ResourceRule } from '../../rule.ts';
import { examplePod } from './example.ts';
import { templateOf, WORKLOADS } from './workload.ts';

const DISRUPT = 'karpenter.sh/do-not-disrupt';
const PINNED = { annotations: { [DISRUPT]: '24h' } };

export const disruptTrainingOnly: ResourceRule = {
  kind: 'resource',
  id: 'disrupt-training-only',
  title: 'only training may forbid that it is moved',
  reason: 'A pod that may not be moved keeps its node from being upgraded and emptied: training alone would lose hours by it.',
  remedy: 'Take the annotation karpenter.sh/do-not-disrupt away, or give the pod priorityClassName: training.',
  severity: 'low',
  ids: [],
  scope: 'weir',
  on: WORKLOADS,
  check: (workload, _, { type }) => {
    const template = templateOf(workload, keyOf(type));
    const annotation = ['metadata', 'annotations', DISRUPT];
    if (!template.has(annotation) || template.text('spec.priorityClassName') === 'training') return [];
    return [template.problem('metadata.annotations', 'keeps its node from being upgraded or emptied')];
  },
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    conditions: {
      'new-or-changed':
        "request.operation == 'CREATE' || object.spec != oldObject.spec || object.metadata.?annotations != oldObject.metadata.?annotations",
      ...NOT_GOING,
    },
    variables: () => ({
      ...POD,
      meta: `object.kind == 'Pod' ? object.metadata
      : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.?metadata.orValue({})
      : object.spec.template.?metadata.orValue({})`,
      pinned: `variables.meta.?annotations[?'${DISRUPT}'].hasValue()`,
    }),
    validations: () => [
      {
        expression: "!variables.pinned || variables.pod.?priorityClassName.orValue('') == 'training'",
        messageExpression: `'${DISRUPT} keeps a node from being upgraded or emptied, and is for training alone. Take the annotation away, or give the pod priorityClassName: training'`,
      },
    ],
  },
  pass: [{ props: examplePod({ metadata: PINNED, spec: { priorityClassName: 'training' } }) }],
  fail: [{ props: examplePod({ metadata: PINNED, spec: { priorityClassName: 'inference' } }) }],
};
