import type { IncomingMessage } from 'node:http';
import { directInputs } from '../features/asked.ts';
import { decodeRequest, headerLengthOf, type InferRequest } from '../serving/v2/decode.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import { predictionTopic } from '../telemetry/events.ts';
import type { ArmAnswer } from './arm-answer.ts';
import { type CheckedInputs, checkInputs } from './check.ts';
import { type Core, eventTimeOf, portOf } from './core.ts';
import type { Fed } from './feed.ts';
import { predictionRecords } from './record.ts';
import type { ModelTargets, Target } from './target.ts';
import type { Call, Outcome } from './upstream.ts';

/** Part of the budget that the model may use: the rest is for the fallback to be answered inside it. */
export const MODEL_SHARE = 0.95;

/** One request for a prediction: all that is known of it when a version was chosen. */
export interface Job {
  readonly model: ModelTargets;
  readonly target: Target;
  readonly requestId: string;
  readonly clientId: string | null;
  /** Event time, epoch milliseconds. */
  readonly time: number;
  /** Monotonic milliseconds at which the whole body was here. */
  readonly started: number;
  readonly asked: InferRequest;
  /** Without the features, until they are read. */
  readonly inputs: CheckedInputs;
  /** Columns of the keys by which features are read; empty for a model that reads none. */
  readonly keys: CheckedInputs['columns'];
  /** Null: a model that reads no features, or a request that is refused before. */
  readonly fed: Fed | null;
  readonly call: Call;
}

/** The target that answers: the one that the path names, or by the route. Throws V2Error when there is none. */
export function choose({ deps }: Core, model: ModelTargets, version: string | null, request: IncomingMessage): Target {
  if (version !== null) {
    const forced = model.serving(version);
    if (forced !== null) return forced;
    const served = model.live().map((target) => target.version);
    throw new V2Error(404, `version "${version}" of model "${model.spec.name}" takes no requests; ${served.join(', ') || 'none'} does`);
  }
  const sticky = model.route?.sticky ?? null;
  const value = sticky === null ? undefined : request.headers[sticky.header.toLowerCase()];
  const target = model.choose(typeof value === 'string' ? value : undefined, deps.random, deps.hash);
  if (target === null) throw new V2Error(503, `model "${model.spec.name}" has no version in service yet`);
  return target;
}

export type Chosen = Pick<Job, 'model' | 'target' | 'requestId' | 'started'>;

/** Throws V2Error 400 for what cannot be logged row by row; elements of the wrong type come back in `inputs.faulty`. */
export function accept({ deps }: Core, chosen: Chosen, body: Buffer, request: IncomingMessage): Job {
  const { headers } = request;
  const { spec } = chosen.model;
  const header = headers['inference-header-content-length'];
  const asked = decodeRequest(body, headerLengthOf(header), deps.limits);
  const given = checkInputs(chosen.model.asked, asked.inputs, deps.limits.maxRows);
  const direct = spec.features === undefined ? given.columns.length : directInputs(spec).length;
  const clientId = headers['x-request-id'];
  return {
    ...chosen,
    asked,
    inputs: spec.features === undefined ? given : { ...given, columns: given.columns.slice(0, direct) },
    keys: spec.features === undefined ? NO_KEYS : given.columns.slice(direct),
    fed: null,
    clientId: typeof clientId === 'string' ? clientId.slice(0, 128) : null,
    time: eventTimeOf(deps, headers['x-weir-event-time']),
    call: {
      path: `/v2/models/${encodeURIComponent(spec.name)}/infer`,
      body,
      headerLength: typeof header === 'string' ? header : null,
      timeoutMs: spec.serving.latencySeconds * 1_000 * MODEL_SHARE,
    },
  };
}

const NO_KEYS: Job['keys'] = [];

/** Sends the request to a target's copy. */
export function dispatch(core: Core, { model, call }: Job, target: Target): Promise<Outcome> {
  const port = portOf(core, model.key, target);
  if (port === null) return Promise.resolve({ kind: 'down', message: 'no copy of it serves now' });
  return core.upstream.send(target.place, port, call);
}

/** Resolves when what this target made of the request is in the log, as the log policy has it. */
export function log(
  core: Core,
  job: Job,
  { version, arm }: Target,
  status: number | 'fallback',
  latencySeconds: number,
  outputs: ArmAnswer['outputs'],
): Promise<void> {
  const { requestId, clientId, time, inputs, keys, fed } = job;
  const { spec } = job.model;
  const prediction = { spec, requestId, clientId, time, version, arm, status, latencySeconds, inputs, keys, fed, outputs };
  const records = predictionRecords(prediction, core.deps.hash);
  return core.predictions.add(predictionTopic(spec.tenant), records);
}

/** Seconds since the whole request was here. */
export function elapsed({ deps }: Core, { started }: Job): number {
  return (deps.monotonic() - started) / 1_000;
}
