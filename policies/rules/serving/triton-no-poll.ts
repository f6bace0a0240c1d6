import type { ResourceRule } from '../../rule.ts';
import { told, WORKLOADS } from '../pods/workload.ts';
import { commandOf, eachTriton, flagsOf, tritonPod } from './triton.ts';

const deployment = (mode: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'fraud-a', namespace: 'tenant-payments' },
  spec: { template: { spec: tritonPod({ args: ['--model-repository=/models', `--model-control-mode=${mode}`] }) } },
});

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
  pass: [{ props: deployment('explicit') }],
  fail: [{ props: deployment('poll') }],
};
