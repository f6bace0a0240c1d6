import type { Reader } from '../../reader.ts';
import { keyOf } from '../../resource.ts';
import type { Problem, ResourceRule } from '../../rule.ts';

/** Kinds that have pods, and where a pod stands in each, with its metadata and its spec. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Pod: '',
  'apps/Deployment': 'spec.template',
  'apps/StatefulSet': 'spec.template',
  'apps/DaemonSet': 'spec.template',
  'apps/ReplicaSet': 'spec.template',
  ReplicationController: 'spec.template',
  'batch/Job': 'spec.template',
  'batch/CronJob': 'spec.jobTemplate.spec.template',
};

/** What rules about pods are asked about. */
export const WORKLOADS: readonly string[] = Object.keys(TEMPLATES);

/** Whose pods run until somebody ends them. */
export const LASTING: readonly string[] = WORKLOADS.filter((key) => !key.startsWith('batch/'));

/** The pod's spec, wherever the kind has it. */
export function podOf(workload: Reader, key: string): Reader {
  return templateOf(workload, key).in('spec');
}

/** What a pod is made from: its metadata and its spec. */
export function templateOf(workload: Reader, key: string): Reader {
  return workload.in(TEMPLATES[key] ?? '');
}

/** Paths of a pod's spec, in each kind: for `mustBeKnown`. */
export function inPods(...paths: readonly string[]): readonly string[] {
  return Object.values(TEMPLATES).flatMap((template) => paths.map((path) => [template, 'spec', path].filter((part) => part !== '').join('.')));
}

/**
 * A check of pods by their spec. A static pod as the API server shows it is left alone: its file lies on a node, and nobody can change it from here.
 */
export function ofPods(check: (pod: Reader) => readonly Problem[]): ResourceRule['check'] {
  return (workload, _, { type }) => (isMirror(workload) ? [] : check(podOf(workload, keyOf(type))));
}

/** Kubernetes' own mark (kubelet, `ConfigMirrorAnnotationKey`). */
const isMirror = (workload: Reader): boolean => workload.has(['metadata', 'annotations', 'kubernetes.io/config.mirror']);

/** Windows has neither capabilities, nor seccomp, nor a file system that could be read alone: the fields must not be set there. */
export const isWindows = (pod: Reader): boolean => pod.text('os.name') === 'windows';

/** Everything that runs in a pod at any time, with the problem's path at the container. */
export function eachContainer(pod: Reader, check: (container: Reader) => readonly Problem[]): readonly Problem[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => pod.each(list, check));
}

/** What a pod is made with: without what somebody puts beside it for a while, to look for a mistake, and which can neither claim resources nor be probed. */
export function eachDeclared(pod: Reader, check: (container: Reader) => readonly Problem[]): readonly Problem[] {
  return ['initContainers', 'containers'].flatMap((list) => pod.each(list, check));
}

/** A field of the security context as it holds for a container: its own, or the pod's. */
export function effective(pod: Reader, container: Reader, field: string): unknown {
  const path = `securityContext.${field}`;
  return container.get(path) ?? pod.get(path);
}

/** `container triton`, for the text of a problem. */
export const told = (container: Reader): string => `container ${container.text('name') ?? 'without a name'}`;
