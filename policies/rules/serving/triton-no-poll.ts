import { NEW_OR_CHANGED, PODS } from '../../admission/cel.ts';
import type { ResourceRule } from '../../rule.ts';
import { told, WORKLOADS } from '../pods/workload.ts';
import { commandOf, eachTriton, exampleTriton, flagsOf, hasFlag, TRITONS } from './triton.ts';

const deployment = (mode: string) => exampleTriton({ args: ['--model-repository=/models', `--model-control-mode=${mode}`] });

export const tritonNoPoll: ResourceRule = {
  kind: 'resource',
  id: 'triton-no-poll',
  title: 'Triton serves the version it was started with',
  reason:
    'A Triton that polls loads whatever appears in its repository: a half-written folder goes live, on each replica at another moment, past every gate and guard.',
  remedy: 'Weir starts it with explicit; replace --model-control-mode=poll by explicit with --load-model, and roll new pods for a new version.',
  severity: 'high',
  ids: [],
  scope: 'any',
  on: WORKLOADS,
  check: (workload, _, resource) =>
    eachTriton(workload, resource, (container) => {
      const polls = flagsOf(commandOf(container), 'model-control-mode').includes('poll'); // Triton's default is none
      return polls ? [container.problem('args', `lets ${told(container)} load whatever appears in its repository`)] : [];
    }),
  admission: {
    scopes: ['tenants'],
    kinds: PODS,
    conditions: NEW_OR_CHANGED,
    variables: () => ({ ...TRITONS, polling: `variables.tritons.filter(t, ${hasFlag('model-control-mode', 'poll')}).map(t, t.name)` }),
    validations: () => [
      {
        expression: 'variables.polling.size() == 0',
        messageExpression: `variables.polling.join(', ') + ' would load whatever appears in its repository, past every gate. Set --model-control-mode=explicit with --load-model, and roll new pods for a new version'`,
      },
    ],
  },
  pass: [{ props: deployment('none') }],
  fail: [{ props: deployment('poll') }],
};
