import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import { readBody } from '../serving/body.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import { fallbackBody, type Headers, send, sendError } from './answers.ts';
import { type ArmAnswer, armAnswer, codeClassOf } from './arm-answer.ts';
import type { Core } from './core.ts';
import { feed, unasked } from './feed.ts';
import { accept, choose, dispatch, elapsed, type Job, log } from './job.ts';
import { mirror } from './mirror.ts';

/** Answers `POST /v2/models/<model>[/versions/<version>]/infer`: assign, check, ask the version, log, answer. */
export async function infer(core: Core, name: string, version: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { deps } = core;
  const model = core.directory.find(request.headers.host, name);
  const body = await readBody(request, deps.limits.maxBodyBytes);
  const started = deps.monotonic();
  const target = choose(core, model, version, request);
  const requestId = core.nextId();
  const headers = ['x-model-version', target.version, 'x-request-id', requestId];
  let job: Job;
  try {
    job = accept(core, { model, target, requestId, started }, body, request);
  } catch (error) {
    if (!(error instanceof V2Error)) throw error;
    target.tally.count('4xx', (deps.monotonic() - started) / 1_000);
    sendError(response, error.status, error.message, headers);
    return;
  }
  const { features } = model.spec;
  if (features !== undefined && job.inputs.faulty.length === 0) job = await feed(core, job, features);
  const unread = job.fed?.unread ?? null;
  await finish(core, job, unread === null ? await ask(core, job) : unasked(unread), response, headers);
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

/** Counts, logs, and then answers: with the version's own words, with the declared fallback, or with why there is none. */
async function finish(core: Core, job: Job, answer: ArmAnswer, response: ServerResponse, headers: Headers): Promise<void> {
  const { model, target, asked, inputs } = job;
  const seconds = elapsed(core, job);
  const fallback = answer.status >= 500 ? fallbackBody(model.spec, target.version, asked.id, inputs.rows) : null;
  if (job.fed?.unread == null) target.tally.count(fallback === null ? codeClassOf(answer.status) : 'fallback', seconds);
  else target.tally.countUnasked(fallback === null ? '5xx' : 'fallback', seconds);
  try {
    await log(core, job, target, fallback === null ? answer.status : 'fallback', seconds, answer.outputs);
  } catch (error) {
    core.refusals.unlogged += 1;
    const message = `the prediction could not be logged, so it is not given: ${messageOf(error)}`;
    sendError(response, 503, message, [...headers, 'retry-after', '1']);
    return;
  }
  if (fallback !== null) send(response, 200, fallback, [...headers, 'x-weir-fallback', '1']);
  else if (answer.reply !== null) pass(response, answer.reply, headers);
  else sendError(response, answer.status === 500 || answer.status === 502 ? 503 : answer.status, problemOf(job, answer), headers);
}

function pass(response: ServerResponse, { status, contentType, headerLength, body }: NonNullable<ArmAnswer['reply']>, headers: Headers): void {
  const all = headerLength === null ? headers : [...headers, 'inference-header-content-length', headerLength];
  send(response, status, body, all, contentType);
}

function problemOf({ model, target }: Job, { status, problem }: ArmAnswer): string {
  return status === 400 ? String(problem) : `model "${model.spec.name}" version ${target.version} ${problem}`;
}
