import type { VersionRef } from '../model/status.ts';
import type { ModelKey, Slot } from '../model/types.ts';

/**
 * The copies of a model's versions: ONNX Runtime in worker threads on one machine, Deployments in the cluster. Level-triggered:
 * `apply` says what shall be and returns; `pods` says what is.
 */
export interface Workloads {
  /** Idempotent. Loads the version into the slot and warms it up; a slot that holds another version is replaced. */
  apply(model: ModelKey, slot: Slot, version: VersionRef): Promise<void>;
  remove(model: ModelKey, slot: Slot): Promise<void>;
  pods(model: ModelKey): Promise<readonly Pod[]>;
}

export interface Pod {
  readonly slot: Slot;
  readonly version: VersionRef;
  readonly phase: 'Loading' | 'Ready' | 'Failed';
  /** Why it failed, as a person reads it; empty otherwise. */
  readonly message: string;
  /** How often this copy was started again after a crash. */
  readonly restarts: number;
}
