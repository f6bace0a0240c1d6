/**
 * What travels on the event log (contract 2 of docs/architecture.md). CloudEvents 1.0 in binary mode: attributes are the headers
 * `ce_id`, `ce_type`, `ce_source`, `ce_specversion`, `ce_time`, `content-type`; the value is JSON. Times are ISO 8601 in UTC.
 */
export interface PredictionEvent {
  /** Request id `/` row of the batch: what drift counts once. */
  readonly id: string;
  /** UUIDv7 of the proxy, returned to the client as `x-request-id`; the label join key. */
  readonly requestId: string;
  /** The client's own `x-request-id`, if it sent one. */
  readonly clientId: string | null;
  /** Event time. */
  readonly time: string;
  readonly tenant: string;
  readonly model: string;
  readonly version: string;
  readonly arm: Arm;
  /** HTTP status that this arm gave; `fallback`: the declared fallback answered. */
  readonly status: number | 'fallback';
  readonly latencySeconds: number;
  readonly features: Readonly<Record<string, Value>>;
  /** A model that reads features: the keys they were read by, as the model file logs them (hashed). */
  readonly keys?: Readonly<Record<string, Value>>;
  /** Age of the row that each view answered with, seconds of event time; null: it had none. Empty when nothing was read. */
  readonly featureAgeSeconds?: Readonly<Record<string, number | null>>;
  /** Why no version was asked: the features were late, the store was down, a row was missing, a view was stale. */
  readonly unread?: 'late' | 'down' | 'missing' | 'stale';
  /** Empty when the arm failed. */
  readonly outputs: Readonly<Record<string, Value>>;
  /** Features whose value had the wrong type: written as null and named here. */
  readonly typeErrors: readonly string[];
}

export type Arm = 'stable' | 'candidate' | 'shadow';

/** NaN and the infinities travel as exactly these strings, because JSON has no word for them. */
export type Value = number | string | boolean | null;

export interface LabelEvent {
  readonly requestId: string;
  /** Row of the batch, from 0. */
  readonly row: number;
  readonly tenant: string;
  readonly model: string;
  readonly event: string;
  readonly value: number | string | boolean;
  /** Event time at which the truth was known. */
  readonly time: string;
}

/** What happened and why: one line of the timeline, of the transcript and of the audit trail. */
export interface AuditEvent {
  readonly id: string;
  /** Wall time. */
  readonly at: string;
  /** The data's own time, where it matters. */
  readonly eventTime: string | null;
  readonly source: 'rollout' | 'drift' | 'responder' | 'proxy' | 'platform' | 'registry' | 'person';
  readonly tenant: string;
  readonly model: string;
  /** A stable CamelCase word: `Promoted`, `RolledBack`, `DriftCritical`, … */
  readonly kind: string;
  /** One sentence for a person. */
  readonly text: string;
  /** Where the record lies that says it in full: a path below the state folder, or null. */
  readonly record: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export const predictionTopic = (tenant: string): string => `weir.predictions.${tenant}`;
export const labelTopic = (tenant: string): string => `weir.labels.${tenant}`;
export const AUDIT_TOPIC = 'weir.audit';
export const VERDICT_TOPIC = 'weir.verdicts';
/** Partitions of a prediction topic in the embedded log. */
export const PREDICTION_PARTITIONS = 2;
