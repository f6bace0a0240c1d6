import type { NewRecord } from '../eventlog/port.ts';
import type { Hash64 } from '../model/hash.ts';
import type { FieldSpec, ModelSpec } from '../model/types.ts';
import type { Element, Tensor } from '../serving/v2/tensor.ts';
import type { Arm, PredictionEvent, Value } from '../telemetry/events.ts';
import type { CheckedInputs } from './check.ts';
import type { Fed } from './feed.ts';

/** What one arm made of one request: all that its events say. */
export interface Prediction {
  readonly spec: ModelSpec;
  readonly requestId: string;
  readonly clientId: string | null;
  /** Event time, epoch milliseconds. */
  readonly time: number;
  readonly version: string;
  readonly arm: Arm;
  readonly status: PredictionEvent['status'];
  readonly latencySeconds: number;
  readonly inputs: CheckedInputs;
  /** Columns of the keys by which features were read, in the order of the model's file. */
  readonly keys: CheckedInputs['columns'];
  readonly fed: Fed | null;
  /** By declared output; null when the arm failed. */
  readonly outputs: readonly Tensor[] | null;
}

const PREDICTION_TYPE = 'weir.prediction.v1';

/** One record per row of the batch, in CloudEvents' binary mode. */
export function predictionRecords(prediction: Prediction, hash: Hash64): readonly NewRecord[] {
  const { spec, requestId, version, arm, inputs } = prediction;
  const time = new Date(prediction.time).toISOString();
  const source = `/${spec.tenant}/${spec.name}/${version}`;
  const records: NewRecord[] = [];
  for (let row = 0; row < inputs.rows; row++) {
    // A mirrored copy has the request's id and an event of its own: rows are counted once by event id.
    const id = arm === 'shadow' ? `${requestId}/${row}/shadow` : `${requestId}/${row}`;
    const event = eventOf(prediction, id, time, row, hash);
    records.push({ key: requestId, headers: headersOf(id, PREDICTION_TYPE, source, time), value: Buffer.from(JSON.stringify(event)) });
  }
  return records;
}

/** The attributes of a CloudEvent as record headers. */
export function headersOf(id: string, type: string, source: string, time: string): Readonly<Record<string, string>> {
  return { ce_id: id, ce_type: type, ce_source: source, ce_specversion: '1.0', ce_time: time, 'content-type': 'application/json' };
}

function eventOf(prediction: Prediction, id: string, time: string, row: number, hash: Hash64): PredictionEvent {
  const { spec, inputs, outputs } = prediction;
  const features: Record<string, Value> = {};
  for (let index = 0; index < spec.inputs.length; index++) {
    keep(features, spec.inputs[index], inputs.columns[index]?.[row] ?? null, hash);
  }
  const results: Record<string, Value> = {};
  if (outputs !== null)
    for (const field of spec.outputs) keep(results, field, outputs.find(({ name }) => name === field.name)?.data[row] ?? null, hash);
  return {
    id,
    requestId: prediction.requestId,
    clientId: prediction.clientId,
    time,
    tenant: spec.tenant,
    model: spec.name,
    version: prediction.version,
    arm: prediction.arm,
    status: prediction.status,
    latencySeconds: Math.round(prediction.latencySeconds * 1e6) / 1e6,
    features,
    ...(spec.features === undefined ? NOTHING : featureFacts(prediction, row, hash)),
    outputs: results,
    typeErrors: inputs.faulty.length === 0 ? NONE : inputs.faulty.filter((fault) => fault.rows.includes(row)).map((fault) => fault.name),
  };
}

const NONE: readonly string[] = [];
const NOTHING = {};

/** By what the features of a row were read, how old they were, and why they were not used. */
function featureFacts({ spec, keys, fed }: Prediction, row: number, hash: Hash64): Pick<PredictionEvent, 'keys' | 'featureAgeSeconds' | 'unread'> {
  const hashes: Record<string, Value> = {};
  for (const [index, key] of spec.features?.keys.entries() ?? []) keep(hashes, key, keys[index]?.[row] ?? null, hash);
  if (fed === null) return { keys: hashes };
  const ages = Object.fromEntries(fed.views.map(({ view, ages }) => [view, ages[row] ?? null]));
  return { keys: hashes, featureAgeSeconds: ages, ...(fed.unread === null ? {} : { unread: fed.unread.why }) };
}

/** Writes a field as its file says: whole, as a hash, or not at all. */
function keep(into: Record<string, Value>, field: FieldSpec | undefined, element: Element, hash: Hash64): void {
  if (field === undefined || field.log === 'drop') return;
  const value = loggedValue(element);
  into[field.name] = field.log === 'full' || value === null ? value : hash(String(value)).toString(16).padStart(16, '0');
}

/** JSON has no word for NaN and the infinities, and no exact number beyond 2^53: those travel as text. */
function loggedValue(element: Element): Value {
  if (typeof element === 'bigint') return String(element);
  return typeof element === 'number' && !Number.isFinite(element) ? String(element) : element;
}
