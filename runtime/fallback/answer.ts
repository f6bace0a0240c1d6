import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import { refuseBody, send, sendError } from '../proxy/answers.ts';
import type { GatewayLimits } from '../proxy/limits.ts';
import { readBody } from '../serving/body.ts';
import { decodeRequest, headerLengthOf, type InferRequest } from '../serving/v2/decode.ts';
import { encodeResponse } from '../serving/v2/encode.ts';
import { V2Error } from '../serving/v2/tensor.ts';
import type { KnownModels } from './known-models.ts';
import type { FallbackCounts } from './metrics.ts';
import type { FallbackModel, FallbackOutput } from './model.ts';

export interface AnswerDeps {
  readonly known: KnownModels;
  readonly counts: FallbackCounts;
  readonly limits: GatewayLimits;
  /** A new request id. */
  readonly nextId: () => string;
}

/** What is asked of a model, behind the prefix of its route. */
interface Asked {
  readonly what: 'infer' | 'ready' | 'metadata';
  /** Null when the path names none. */
  readonly version: string | null;
}

/** Answers one request that the gateway could bring to no pod of its model. Never throws. */
export async function answer(deps: AnswerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let model: FallbackModel | null = null;
  try {
    const path = (request.url ?? '/').replace(/\?.*$/s, '');
    model = deps.known.directory.find(request.headers.host, path);
    if (model === null) throw unknown(deps.known, request.headers.host, path);
    await answerFor(deps, model, askedOf(model, path), request, response);
  } catch (error) {
    const status = error instanceof V2Error ? error.status : 500;
    if (model === null) deps.counts.refused(status);
    else deps.counts.answered(model, status >= 500 ? '5xx' : '4xx');
    const headers = [...(model === null ? [] : ['x-model-version', model.version]), ...(status === 503 ? ['retry-after', '1'] : [])];
    if (request.complete) sendError(response, status, messageOf(error), headers);
    else refuseBody(request, response, status, messageOf(error), headers);
  }
}

/** Before the first list nothing is known, and nothing is the caller's mistake. */
function unknown(known: KnownModels, host: string | undefined, path: string): V2Error {
  if (known.ageSeconds === null) return new V2Error(503, 'the models are not known yet: the API server has not listed them');
  return new V2Error(404, `no model answers at ${host ?? ''}${path}`);
}

async function answerFor(
  deps: AnswerDeps,
  model: FallbackModel,
  asked: Asked | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (asked === null) throw new V2Error(404, `model "${model.name}" has no ${request.url ?? ''}`);
  const method = asked.what === 'infer' ? 'POST' : 'GET';
  if (request.method !== method) throw new V2Error(405, `${request.method} is not served here; ${method} is`);
  if (asked.version !== null && !model.versions.includes(asked.version)) {
    throw new V2Error(404, `version "${asked.version}" of model "${model.name}" takes no requests; ${model.versions.join(', ')} does`);
  }
  if (asked.what !== 'infer') throw new V2Error(503, `model "${model.name}" has no copy in service`);
  const { outputs } = model;
  const body = await readBody(request, deps.limits.maxBodyBytes);
  if (outputs === null) throw new V2Error(503, `model "${model.name}" has no copy in service, and declares no fallback`);
  const version = asked.version ?? model.version;
  const given = decodeRequest(body, headerLengthOf(request.headers['inference-header-content-length']), deps.limits);
  const rows = rowsOf(given, deps.limits.maxRows);
  deps.counts.answered(model, 'fallback');
  const headers = ['x-model-version', version, 'x-request-id', deps.nextId(), 'x-weir-fallback', '1'];
  send(response, 200, bodyOf(model, version, outputs, given.id, rows), headers);
}

/** `<path>/infer`, `<path>/ready`, `<path>`, each also below `/versions/<version>`; null for anything else. */
function askedOf({ path }: FallbackModel, asked: string): Asked | null {
  const [all, version, what] = /^(?:\/versions\/([^/]+))?(?:\/(infer|ready))?$/.exec(asked.slice(path.length)) ?? [];
  if (all === undefined) return null;
  return { what: what === 'infer' || what === 'ready' ? what : 'metadata', version: version ?? null };
}

/** What the answer has a row for. The inputs are not held against the model's file: the answer does not depend on them. */
function rowsOf({ inputs }: InferRequest, maxRows: number): number {
  const [first] = inputs;
  const rows = first?.shape[0] ?? 0;
  if (first === undefined || rows < 1 || rows > maxRows) throw new V2Error(400, `the request has ${rows} rows; 1 to ${maxRows} are expected`);
  const other = inputs.find(({ shape }) => shape[0] !== rows);
  if (other === undefined) return rows;
  throw new V2Error(400, `input "${other.name}" has ${other.shape[0]} rows, and "${first.name}" has ${rows}`);
}

function bodyOf({ name }: FallbackModel, version: string, outputs: readonly FallbackOutput[], id: string | null, rows: number): Buffer {
  const tensors = outputs.map((output) => {
    const data = Array.from({ length: rows }, () => output.row).flat();
    return { name: output.name, datatype: output.datatype, shape: [rows, output.row.length], data, binary: false };
  });
  return encodeResponse({ modelName: name, modelVersion: version, id, outputs: tensors }).body;
}
