import type { Element } from '../serving/v2/tensor.ts';
import type { FeatureService } from './catalogue.ts';

/** One read: the features of some entities, as a model's request names them. */
export interface FeatureRequest {
  readonly service: FeatureService;
  /** One column per key of the service, by its tensor's name, one element per row of the request. */
  readonly keys: Readonly<Record<string, readonly Element[]>>;
  /** When the request happened, epoch milliseconds of event time: what ages and the time to live are measured at. */
  readonly time: number;
}

export interface FeatureAnswer {
  /**
   * One column per field of the service, by name, one element per row of the request. Null: the store has no row for the entity, its row has no
   * value, or the row is older than the view's time to live. Columns belong to the caller.
   */
  readonly columns: Readonly<Record<string, readonly Element[]>>;
  /** In the order of the service's views. */
  readonly views: readonly ViewAnswer[];
}

export interface ViewAnswer {
  readonly view: string;
  /** Age of the row that answered each row of the request, seconds; null: none did. A row from the future is 0 s old. */
  readonly ages: readonly (number | null)[];
  /** Age of the newest row of the whole view that the store knows of, seconds: grows when nobody writes any more. Null: it knows of none. */
  readonly newestAge: number | null;
}

/**
 * Where the newest values of features lie. Facts that every adapter keeps (test/features/contract.ts):
 * - the order of the answer is the order of the request, and a key may be asked for twice;
 * - of an entity's rows the newest answers, whatever the order they were written in;
 * - an unknown entity, a null key and a row older than the time to live are nulls, never an error and never another entity's values
 *   (a Feast server answers expired rows too: an adapter compares event times itself);
 * - a view of one entity does not wait for, or fail with, the row of another;
 * - an unreachable source rejects with an `ArgsError` or `Error` that names it; values are never made up.
 */
export interface FeatureStore {
  /** Rejects when the values cannot be had; `signal` says that nobody waits any more. */
  read(request: FeatureRequest, signal: AbortSignal): Promise<FeatureAnswer>;
  close(): Promise<void>;
}
