import type { Reader } from '../../reader.ts';
import type { Problem } from '../../rule.ts';

/** Kinds that have pods, and where a pod's spec stands in each. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Pod: 'spec',
  'apps/Deployment': 'spec.template.spec',
  'apps/StatefulSet': 'spec.template.spec',
  'apps/DaemonSet': 'spec.template.spec',
  'apps/ReplicaSet': 'spec.template.spec',
  ReplicationController: 'spec.template.spec',
  'batch/Job': 'spec.template.spec',
  'batch/CronJob': 'spec.jobTemplate.spec.template.spec',
};

/** What rules about pods are asked about. */
export const WORKLOADS: readonly string[] = Object.keys(POD_SPECS);

/** Whose pods run until somebody ends them. */
export const LASTING: readonly string[] = WORKLOADS.filter((key) => !key.startsWith('batch/'));

/** The pod's spec, wherever the kind has it. */
export function podOf(workload: Reader, key: string): Reader {
  return workload.in(POD_SPECS[key] ?? 'spec');
}

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Everything that runs in a pod at any time, with the problem's path at the container. */
export function eachContainer(pod: Reader, check: (container: Reader) => readonly Problem[]): readonly Problem[] {
  return LISTS.flatMap((list) => pod.each(list, check));
}

/** `container triton`, for the text of a problem. */
export const told = (container: Reader): string => `container ${container.text('name') ?? 'without a name'}`;
