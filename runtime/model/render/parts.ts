/** Parts of a pod, with the fields that rendering itself reads. */
export interface Container {
  readonly name: string;
  /** By digest. */
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly Readonly<Record<string, unknown>>[];
  readonly volumeMounts: readonly VolumeMount[];
  readonly [field: string]: unknown;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

export interface Volume {
  readonly name: string;
  readonly [kind: string]: unknown;
}

/** A container's port, by its name and number. */
export interface MetricsPort {
  readonly name: string;
  readonly port: number;
}

/** What answers inside a slot's pod, and what it needs around it. The frame (pod.ts) adds identity, security, placement and the drain. */
export interface Workload {
  /** The proxy first. */
  readonly containers: readonly Container[];
  /** In order; the model's files are in place and checked after the last. */
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** What a running pod was made from besides its template: a change of it rolls the pods (config.pbtxt, the proxy's document). */
  readonly config: Readonly<Record<string, string>>;
  /** Of the pods, beside the version's: versions of what is not in the model's manifest, such as a prompt. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Where metrics are (`/metrics`) besides the proxy's. */
  readonly metrics?: readonly MetricsPort[];
  /** Longest answer that a stopping pod waits for, seconds. */
  readonly drainSeconds: number;
  /** Longest time until a pod is ready, seconds. */
  readonly startSeconds: number;
}

export const TMP: Volume = { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } };
export const TMP_MOUNT: VolumeMount = { name: 'tmp', mountPath: '/tmp' };

/** The ConfigMap of a slot: `config.pbtxt` and `model.json`. */
export function configVolume(name: string): Volume {
  return { name: 'config', configMap: { name } };
}

/**
 * `/dev/shm` as memory; it counts against the memory limit. An environment variable named `shm-size`, as some blueprints set, does nothing.
 * @param size A quantity.
 */
export function sharedMemory(size: string): Volume {
  return { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: size } };
}
export const SHARED_MEMORY_MOUNT: VolumeMount = { name: 'shm', mountPath: '/dev/shm' };
