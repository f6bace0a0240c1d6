import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import type { EffectiveDatatype, EffectiveField } from '../model-file.ts';
import { SERVER_VERSION } from './delivery.ts';
import { serverInputs } from './tensors.ts';
import { type Message, textFormat, Word } from './text-format.ts';

export interface PbtxtOptions {
  /** The name in the repository. Default: the model's; a shared pool gives each version one of its own. */
  readonly name?: string;
  /** The version as the registry knows it; it stands in the parameters. */
  readonly version: string;
  /** Shared pools: each execution takes one of `resource`, and gets its turn by `priority`: of 1 twice as often as of 2. Default: none, nobody else is there. */
  readonly rateLimiter?: { readonly resource: string; readonly priority: number };
}

/**
 * Triton's `config.pbtxt` of a model (message `inference.ModelConfig`), complete: auto-complete is off, so that a file that does not fit the
 * declared inputs and outputs fails to load instead of serving something else.
 */
export function configPbtxt(model: TenantModel, { name = model.model, version, rateLimiter }: PbtxtOptions): string {
  const { serving, features } = model;
  const { batching } = serving;
  const inputs = serverInputs(model);
  const kind = serving.gpu === 'none' ? 'KIND_CPU' : 'KIND_GPU';
  const parameters = { model_version: version, ...(features === undefined ? {} : { feature_service: features.service }) };
  return textFormat({
    name,
    backend: serving.backend ?? 'onnxruntime',
    max_batch_size: batching.max,
    input: tensors(inputs, batching.max),
    output: tensors(model.outputs, batching.max),
    version_policy: { specific: { versions: Number(SERVER_VERSION) } }, // never `latest`: what is loaded is what was rolled out
    instance_group: { count: serving.instances, kind: new Word(kind), ...limited(rateLimiter) },
    dynamic_batching: batching.max === 0 ? undefined : dynamicBatching(serving),
    model_warmup: warmUps(inputs, batching),
    parameters: Object.entries(parameters).map(([key, value]) => ({ key, value: { string_value: value } })),
  });
}

function limited(limiter: PbtxtOptions['rateLimiter']): Message {
  if (limiter === undefined) return {};
  return { rate_limiter: { resources: { name: limiter.resource, count: 1 }, priority: limiter.priority } };
}

const TYPES: Readonly<Record<EffectiveDatatype, string>> = {
  BOOL: 'TYPE_BOOL',
  INT32: 'TYPE_INT32',
  INT64: 'TYPE_INT64',
  FP32: 'TYPE_FP32',
  FP64: 'TYPE_FP64',
  BYTES: 'TYPE_STRING',
};

/** Each tensor is [rows, shape]. With a batch dimension Triton adds the rows by itself; without one they are a dimension of any length. */
function tensors(fields: Readonly<Record<string, EffectiveField>>, maxBatch: number): readonly Message[] {
  return Object.entries(fields).map(([name, { datatype, shape }]) => ({
    name,
    data_type: new Word(TYPES[datatype]),
    dims: maxBatch === 0 ? [-1, shape] : [shape],
  }));
}

/** A request that cannot be answered inside the budget is refused while it waits: the proxy has answered the fallback by then. */
function dynamicBatching({ batching, latency }: TenantModel['serving']): Message {
  const { max, delay, preferred, queue } = batching;
  const timeout = latency === undefined ? undefined : microseconds(latency);
  return {
    preferred_batch_size: fittingSizes(preferred, max),
    max_queue_delay_microseconds: microseconds(delay),
    default_queue_policy: {
      timeout_action: new Word('REJECT'),
      default_timeout_microseconds: timeout,
      allow_timeout_override: false,
      max_queue_size: queue,
    },
  };
}

function fittingSizes(preferred: readonly number[], max: number): readonly number[] {
  return preferred.filter((size) => size <= max).toSorted((a, b) => a - b);
}

/**
 * A row, and the largest batch that is preferred, of zeros: the first caller must not pay for what a backend does once. None for free text and
 * binary inputs: a model may well refuse an empty image, and then it would not load.
 */
function warmUps(inputs: Readonly<Record<string, EffectiveField>>, { max, preferred }: TenantModel['serving']['batching']): readonly Message[] {
  const refusable = Object.values(inputs).some(({ kind }) => kind === 'text' || kind === 'binary');
  if (refusable) return [];
  const sizes = new Set([1, fittingSizes(preferred, max).at(-1) ?? 1]);
  return [...sizes].map((size) => ({
    name: `zeros of ${size}`,
    batch_size: size,
    inputs: Object.entries(inputs).map(([key, { datatype, shape }]) => ({
      key,
      value: { data_type: new Word(TYPES[datatype]), dims: max === 0 ? [1, shape] : [shape], zero_data: true },
    })),
  }));
}

function microseconds(duration: string): number {
  return Math.round(secondsOf(duration) * 1e6);
}
