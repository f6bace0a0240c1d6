import { messageOf } from '../errors.ts';
import type { ModelSpec } from '../model/types.ts';
import { decodeResponse, headerLengthOf, type InferRequest } from '../serving/v2/decode.ts';
import type { JsonLimits } from '../serving/v2/json.ts';
import type { Tensor } from '../serving/v2/tensor.ts';
import type { CodeClass } from './tally.ts';
import type { Outcome } from './upstream.ts';

/** What a version gave for a request, as the log and the counters see it. */
export interface ArmAnswer {
  /** HTTP status; 503 when it could not be reached, 504 when it was late, 502 when its answer makes no sense. */
  readonly status: number;
  readonly outputs: readonly Tensor[] | null;
  /** Why it failed or refused; null when it answered. */
  readonly problem: string | null;
  /** Its own words, to be passed on. */
  readonly reply: Extract<Outcome, { kind: 'answer' }> | null;
}

/** Reads what came back, and holds it against the model's declared outputs. */
export function armAnswer(spec: ModelSpec, asked: InferRequest, rows: number, outcome: Outcome, limits: JsonLimits): ArmAnswer {
  if (outcome.kind === 'late') return failed(504, `gave no answer within its ${spec.serving.latencySeconds} s`);
  if (outcome.kind === 'down') return failed(503, `cannot be reached: ${outcome.message}`);
  if (outcome.status !== 200) {
    return { status: outcome.status, outputs: null, problem: errorIn(outcome.body), reply: outcome.status < 500 ? outcome : null };
  }
  try {
    const { outputs } = decodeResponse(outcome.body, headerLengthOf(outcome.headerLength ?? undefined), limits);
    const bad = spec.outputs.find(({ name }) => isWanted(asked, name) && outputs.find((output) => output.name === name)?.data.length !== rows);
    return bad === undefined
      ? { status: 200, outputs, problem: null, reply: outcome }
      : failed(502, `gave no output "${bad.name}" of shape [${rows}, 1], which its model file declares`);
  } catch (error) {
    return failed(502, `gave an answer that cannot be read: ${messageOf(error)}`);
  }
}

export function codeClassOf(status: number): CodeClass {
  return status >= 500 ? '5xx' : status >= 400 ? '4xx' : '2xx';
}

function failed(status: number, problem: string): ArmAnswer {
  return { status, outputs: null, problem, reply: null };
}

function isWanted({ outputs }: InferRequest, name: string): boolean {
  return outputs === null || outputs.length === 0 || outputs.some((output) => output.name === name);
}

function errorIn(body: Buffer): string {
  const text = body.toString('utf8', 0, 2_000);
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'error' in parsed ? `failed: ${String(parsed.error)}` : `failed: ${text}`;
  } catch {
    return `failed: ${text}`;
  }
}
