import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import { readBody } from '../serving/body.ts';
import { decodeRequest, headerLengthOf, type InferRequest } from '../serving/v2/decode.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import { predictionTopic } from '../telemetry/events.ts';
import { fallbackBody, type Headers, send, sendError } from './answers.ts';
import { type ArmAnswer, armAnswer, codeClassOf } from './arm-answer.ts';
import { type CheckedInputs, checkInputs } from './check.ts';
import { type Core, eventTimeOf, portOf } from './core.ts';
import { predictionRecords } from './record.ts';
import type { ModelTargets, Target } from './target.ts';
import type { Call, Outcome } from './upstream.ts';

/** Part of the budget that the model may use: the rest is for the fallback to be answered inside it. */
const MODEL_SHARE = 0.95;

/** One request for a prediction: all that is known of it when a version was chosen. */
interface Job {
  readonly model: ModelTargets;
  readonly target: Target;
  readonly requestId: string;
  readonly clientId: string | null;
  /** Event time, epoch milliseconds. */
  readonly time: number;
  /** Monotonic milliseconds at which the whole body was here. */
  readonly started: number;
  readonly asked: InferRequest;
  readonly inputs: CheckedInputs;
  readonly call: Call;
}

/** Answers `POST /v2/models/<model>[/versions/<version>]/infer`: assign, check, ask the version, log, answer. */
export async function infer(core: Core, name: string, version: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { deps } = core;
  const model = core.directory.find(request.headers.host, name);
  const body = await readBody(request, deps.limits.maxBodyBytes);
  const started = deps.monotonic();
  const target = choose(core, model, version, request);
  const requestId = core.nextId();
  const headers: Headers = { 'x-model-version': target.version, 'x-request-id': requestId };
  let job: Job;
  try {
    job = accept(core, { model, target, requestId, started }, body, request);
  } catch (error) {
    if (!(error instanceof V2Error)) throw error;
    target.tally.count('4xx', (deps.monotonic() - started) / 1_000);
    sendError(response, error.status, error.message, headers);
    return;
  }
  await finish(core, job, await ask(core, job), response, headers);
}

function choose({ deps }: Core, model: ModelTargets, version: string | null, request: IncomingMessage): Target {
  if (version !== null) {
    const forced = model.serving(version);
    if (forced !== null) return forced;
    const served = model.live().map((target) => target.version);
    throw new V2Error(404, `version "${version}" of model "${model.spec.name}" takes no requests; ${served.join(', ') || 'none'} does`);
  }
  const sticky = model.route?.sticky ?? null;
  const value = sticky === null ? undefined : request.headers[sticky.header];
  const target = model.choose(typeof value === 'string' ? value : undefined, deps.random, deps.hash);
  if (target === null) throw new V2Error(503, `model "${model.spec.name}" has no version in service yet`);
  return target;
}

type Chosen = Pick<Job, 'model' | 'target' | 'requestId' | 'started'>;

/** Throws V2Error 400 for what cannot be logged row by row; elements of the wrong type come back in `inputs.faulty`. */
function accept({ deps }: Core, chosen: Chosen, body: Buffer, request: IncomingMessage): Job {
  const { headers } = request;
  const { spec } = chosen.model;
  const header = headers['inference-header-content-length'];
  const asked = decodeRequest(body, headerLengthOf(header), deps.limits);
  const inputs = checkInputs(spec, asked.inputs, deps.limits.maxRows);
  const clientId = headers['x-request-id'];
  return {
    ...chosen,
    asked,
    inputs,
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

/** Asks the chosen version, and beside it the mirror, whose answer nobody waits for. */
async function ask(core: Core, job: Job): Promise<ArmAnswer> {
  const [faulty] = job.inputs.faulty;
  if (faulty !== undefined) return { status: 400, outputs: null, problem: faulty.problem, reply: null };
  const sent = dispatch(core, job, job.target);
  const shadow = job.model.mirror(job.target, core.deps.random);
  if (shadow !== null) void mirror(core, job, shadow);
  return armAnswer(job.model.spec, job.asked, job.inputs.rows, await sent, core.deps.limits);
}

function dispatch(core: Core, { model, call }: Job, target: Target): Promise<Outcome> {
  const port = portOf(core, model.key, target);
  if (port === null) return Promise.resolve({ kind: 'down', message: 'no copy of it serves now' });
  return core.upstream.send(target.place, port, call);
}

/** A copy of the request: its answer is logged and dropped, its failures trouble nobody. */
async function mirror(core: Core, job: Job, shadow: Target): Promise<void> {
  if (core.mirrored >= core.deps.limits.maxMirrored) {
    core.refusals.unmirrored += 1;
    return;
  }
  core.mirrored += 1;
  try {
    const outcome = await dispatch(core, job, shadow);
    const { status, outputs } = armAnswer(job.model.spec, job.asked, job.inputs.rows, outcome, core.deps.limits);
    const seconds = elapsed(core, job);
    shadow.tally.count(codeClassOf(status), seconds);
    await log(core, job, shadow, status, seconds, outputs).catch(() => undefined); // counted by the sink; the served arm does not wait for it
  } finally {
    core.mirrored -= 1;
  }
}

/** Counts, logs, and then answers: with the version's own words, with the declared fallback, or with why there is none. */
async function finish(core: Core, job: Job, answer: ArmAnswer, response: ServerResponse, headers: Headers): Promise<void> {
  const { model, target, asked, inputs } = job;
  const seconds = elapsed(core, job);
  const fallback = answer.status >= 500 ? fallbackBody(model.spec, target.version, asked.id, inputs.rows) : null;
  target.tally.count(fallback === null ? codeClassOf(answer.status) : 'fallback', seconds);
  try {
    await log(core, job, target, fallback === null ? answer.status : 'fallback', seconds, answer.outputs);
  } catch (error) {
    core.refusals.unlogged += 1;
    const message = `the prediction could not be logged, so it is not given: ${messageOf(error)}`;
    sendError(response, 503, message, { ...headers, 'retry-after': 1 });
    return;
  }
  if (fallback !== null) send(response, 200, fallback, { ...headers, 'x-weir-fallback': 1 });
  else if (answer.reply !== null) pass(response, answer.reply, headers);
  else sendError(response, answer.status === 500 || answer.status === 502 ? 503 : answer.status, problemOf(job, answer), headers);
}

function log(
  core: Core,
  job: Job,
  { version, arm }: Target,
  status: number | 'fallback',
  latencySeconds: number,
  outputs: ArmAnswer['outputs'],
): Promise<void> {
  const { requestId, clientId, time, inputs } = job;
  const { spec } = job.model;
  const records = predictionRecords({ spec, requestId, clientId, time, version, arm, status, latencySeconds, inputs, outputs }, core.deps.hash);
  return core.predictions.add(predictionTopic(spec.tenant), records);
}

function pass(response: ServerResponse, { status, contentType, headerLength, body }: NonNullable<ArmAnswer['reply']>, headers: Headers): void {
  headers['content-type'] = contentType;
  if (headerLength !== null) headers['inference-header-content-length'] = headerLength;
  send(response, status, body, headers);
}

function problemOf({ model, target }: Job, { status, problem }: ArmAnswer): string {
  return status === 400 ? String(problem) : `model "${model.spec.name}" version ${target.version} ${problem}`;
}

function elapsed({ deps }: Core, { started }: Job): number {
  return (deps.monotonic() - started) / 1_000;
}
