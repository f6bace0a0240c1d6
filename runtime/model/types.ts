import type { RolloutPlan } from './plan.ts';

/** What a column of a model's input or output is, to drift and to the proxy's validation. */
export interface FieldSpec {
  readonly name: string;
  /** `numeric`: a number; `categorical`: a string, a boolean or a small integer code. */
  readonly kind: 'numeric' | 'categorical';
  /** KServe V2 datatype: FP32, FP64, INT32, INT64, BOOL, BYTES. FP32 values are rounded to float32 before they are binned. */
  readonly datatype: Datatype;
  /** Outside of it a value is out of range (data quality), whatever the reference held. */
  readonly domain?: { readonly min: number; readonly max: number };
  /** What the prediction log keeps: the value, its xxHash64 as hex, or nothing. Default `full`. */
  readonly log: 'full' | 'hash' | 'drop';
}

export type Datatype = 'BOOL' | 'INT32' | 'INT64' | 'FP32' | 'FP64' | 'BYTES';

/** A truth that arrives later, joined by request id. Performance is measured on a model's first one that is no proxy. */
export interface LabelSpec {
  readonly event: string;
  /** Event time between a prediction and its label, seconds. */
  readonly delaySeconds: number;
  /** An early stand-in, such as a review: taken and kept, and nothing is measured on it. Default false. */
  readonly proxy?: boolean;
  /** What no label by the horizon means. Default: nothing, the prediction stays unlabelled. */
  readonly absent?: {
    /** Seconds of event time after the prediction; labels later than that are not looked at. */
    readonly afterSeconds: number;
    readonly value: number | string | boolean;
  };
}

/** Marks of the size-corrected PSI of one feature: above `warn` it warns, above `critical` it is critical. */
export interface DriftThresholds {
  readonly warn: number;
  readonly critical: number;
}

/** What is done about drift, and what is left to people. */
export interface DriftResponses {
  /** `none`: a warning is recorded, and nobody is told. Default `notify`. */
  readonly warn: 'notify' | 'none';
  /** Performance fell by more than `minDrop`. The embedded platform retrains nothing: for `retrain` its page says so. Default `retrain`. */
  readonly harm: 'retrain' | 'page';
  /** Performance fell by more than `severeDrop`, or soon after a rollout. Default `rollback`. */
  readonly severe: 'rollback' | 'page';
}

export interface DriftSpec {
  /** Performance lost (AUC or accuracy) before anybody is troubled: significance alone finds harm in any large sample. Default 0.01. */
  readonly minDrop: number;
  /** Loss of performance beyond which the version is rolled back. Default 0.05. */
  readonly severeDrop: number;
  /** Expected seconds of event time between predictions; past it freshness warns, past twice it fails hard. Default 3600. */
  readonly cadenceSeconds: number;
  /** Most nulls a feature may have, by name: above its limit data quality fails hard. Default: reference + 10 points. */
  readonly maxNullShare: Readonly<Record<string, number>>;
  /**
   * Features that are one value for all rows of an hour (the month, a rate of the whole nation): an hour of them is one observation, not
   * a sample, so their distribution is not judged; their quality is. Default none. Hour and weekday are recognised without it.
   */
  readonly ambient?: readonly string[];
  /** Of all features that `features` does not name. Default: warn 0.1, critical 0.25. */
  readonly thresholds?: DriftThresholds;
  /** Thresholds of single features; what one does not say is as for all. */
  readonly features?: Readonly<Record<string, Partial<DriftThresholds>>>;
  /**
   * IANA zone of the hours and weekdays that windows are compared by. What counts is the zone that a version's reference was built in: another
   * one here is a warning of data quality. Default: whatever the reference has.
   */
  readonly zone?: string;
  /** Default: notify, retrain, rollback. */
  readonly responses?: DriftResponses;
}

/** Inputs of a model that are read from the feature store, by keys that the request carries instead of them. */
export interface FeaturesSpec {
  /** `<tenant>/<service>`: a service of that tenant's `features.yaml`. */
  readonly service: string;
  /** Tensors of the request that hold the keys of the entities, in the order of the service. Logged as hashes, and no input of the model. */
  readonly keys: readonly FieldSpec[];
  /**
   * Names of the inputs that are read. Each is one of `ModelSpec.inputs` too, after those that the request carries: drift, gates and log know
   * no difference.
   */
  readonly fields: readonly string[];
  /** A read that takes longer is given up, seconds; inside `serving.latencySeconds`. */
  readonly timeoutSeconds: number;
  /** An entity without a row: `nulls`: the model gets nulls; `fallback`: the declared fallback answers. */
  readonly missing: 'nulls' | 'fallback';
  /** Greatest age of a view's newest row, seconds; past twice of it the fallback answers. Null: what each view promises. */
  readonly freshnessSeconds: number | null;
}

/** One model as its tenant's file says, presets expanded, durations in seconds, weights per 10,000. */
export interface ModelSpec {
  readonly tenant: string;
  readonly name: string;
  readonly owner: string;
  readonly registry: { readonly model: string; readonly version: string };
  /** What the model takes: the tensors of the request, then the features that are read for it. */
  readonly inputs: readonly FieldSpec[];
  /** Absent: the request carries all inputs. */
  readonly features?: FeaturesSpec;
  readonly outputs: readonly FieldSpec[];
  /** Names the output that is a probability of the positive class: the score that CBPE and AUC read. */
  readonly score: string;
  readonly serving: {
    /** Budget of the whole answer, seconds; later than this the declared fallback answers. */
    readonly latencySeconds: number;
  };
  readonly slo: { readonly availability: number; readonly latency: { readonly quantile: number; readonly seconds: number } };
  /** Outputs by name that answer when the model is late, failing or down; null: the caller gets 503. */
  readonly fallback: Readonly<Record<string, number | string | boolean>> | null;
  readonly labels: readonly LabelSpec[];
  readonly drift: DriftSpec;
  readonly rollout: RolloutPlan;
}

/** The two places a model's versions live in; which one is stable is a role in the status. */
export type Slot = 'a' | 'b';

/** `tenant/name`: how a model is named in logs, URLs and files. */
export type ModelKey = `${string}/${string}`;

export function keyOf(model: { readonly tenant: string; readonly name: string }): ModelKey {
  return `${model.tenant}/${model.name}`;
}
