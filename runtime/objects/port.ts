import type { ModelAction } from '../model/status.ts';
import type { ModelSpec } from '../model/types.ts';
import type { ModelStatus } from '../rollout/types.ts';

/** A `Model` as the store holds it. `resourceVersion` grows with every write; `generation` with every change of the spec. */
export interface ModelObject {
  readonly spec: ModelSpec;
  readonly status: ModelStatus | null;
  readonly generation: number;
  readonly resourceVersion: number;
}

/**
 * Where Models and ModelActions live: files on one machine, the Kubernetes API in the cluster. One writer per part: the tenant's
 * files write specs, the controller writes statuses, anybody with the right creates actions.
 */
export interface ObjectStore {
  models(): Promise<readonly ModelObject[]>;
  model(key: string): Promise<ModelObject | null>;
  /** Creates or replaces the spec; the status stays. Unchanged specs change nothing. */
  applySpec(spec: ModelSpec): Promise<ModelObject>;
  deleteModel(key: string): Promise<void>;
  /** Throws Conflict when the object was written since `resourceVersion`. */
  writeStatus(key: string, resourceVersion: number, status: ModelStatus): Promise<ModelObject>;
  actions(key: string): Promise<readonly ModelAction[]>;
  /** Create-only: false when the name is taken, which for the responder is success. */
  createAction(action: Pick<ModelAction, 'name' | 'spec'>): Promise<boolean>;
  answerAction(name: string, status: NonNullable<ModelAction['status']>): Promise<void>;
}

export class Conflict extends Error {
  override readonly name = 'Conflict';
}
