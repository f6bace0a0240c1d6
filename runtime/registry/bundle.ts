import type { Datatype } from '../model/types.ts';

/** `schema.json` of a version: the tensors that its model takes and gives, as KServe V2 names them. -1 is a free dimension. */
export interface ModelSignature {
  readonly kind: 'weir.registry/Signature';
  readonly v: 1;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/** `golden.json` of a version: recorded inputs and what the model must answer before it gets weight. One row each. */
export interface GoldenSet {
  readonly kind: 'weir.registry/GoldenSet';
  readonly v: 1;
  /** Largest difference of a numeric output that still passes; other outputs must be equal. */
  readonly tolerance: number;
  readonly cases: readonly {
    /** By input name; null is a missing value (NaN for the model). */
    readonly inputs: Readonly<Record<string, number | string | boolean | null>>;
    readonly outputs: Readonly<Record<string, number | string | boolean>>;
  }[];
}
