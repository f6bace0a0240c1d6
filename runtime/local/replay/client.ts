import { Pool } from 'undici';
import { askedInputs } from '../../features/asked.ts';
import type { FieldSpec, ModelSpec } from '../../model/types.ts';
import type { Row } from './transform.ts';

/** What a client saw of one request, measured from the moment it was due (open loop: no coordinated omission). */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly requestId: string;
      readonly version: string;
      readonly fallback: boolean;
      readonly latencyMs: number;
    }
  | { readonly kind: 'refused'; readonly status: number; readonly latencyMs: number; readonly message: string }
  /** The platform did not answer at all: it was down, or died with the request. */
  | { readonly kind: 'unreachable'; readonly latencyMs: number; readonly message: string };

export interface InferClient {
  infer(row: Row, eventTime: number, dueAt: number, clientId?: string): Promise<Answer>;
  labels(items: readonly LabelItem[]): Promise<boolean>;
  close(): Promise<void>;
}

/** A label as `POST /v2/labels` takes it. */
export interface LabelItem {
  readonly request_id: string;
  readonly model: string;
  readonly event: string;
  readonly value: number | string | boolean;
  readonly time: string;
}

/** Longer than any budget of a model: past it the platform counts as unreachable. */
const TIMEOUT_MS = 10_000;

/** A client as a tenant would write one: KServe V2 over HTTP, one tensor per input. */
export function createInferClient(origin: string, model: ModelSpec, now: () => number): InferClient {
  const pool = new Pool(origin, { connections: 64, pipelining: 1, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, connectTimeout: 2_000 });
  const host = `${model.tenant}.localhost`;
  const path = `/v2/models/${model.name}/infer`;
  const inputs = askedInputs(model);
  return {
    async infer(row, eventTime, dueAt, clientId) {
      const headers = {
        host,
        'content-type': 'application/json',
        'x-weir-event-time': String(eventTime),
        ...(clientId === undefined ? {} : { 'x-request-id': clientId }),
      };
      try {
        const answer = await pool.request({ path, method: 'POST', headers, body: requestBody(inputs, row) });
        const text = await answer.body.text();
        const latencyMs = now() - dueAt;
        if (answer.statusCode !== 200) return { kind: 'refused', status: answer.statusCode, latencyMs, message: text.slice(0, 200) };
        const header = (name: string): string => String(answer.headers[name] ?? '');
        const fallback = header('x-weir-fallback') !== '';
        return { kind: 'answered', status: 200, requestId: header('x-request-id'), version: header('x-model-version'), fallback, latencyMs };
      } catch (error) {
        return { kind: 'unreachable', latencyMs: now() - dueAt, message: String(error) };
      }
    },
    async labels(items) {
      try {
        const headers = { host, 'content-type': 'application/json' };
        const answer = await pool.request({ path: '/v2/labels', method: 'POST', headers, body: JSON.stringify(items) });
        await answer.body.dump();
        return answer.statusCode === 202;
      } catch {
        return false; // the caller keeps them and sends them again
      }
    },
    close: () => pool.destroy(),
  };
}

/** A row as a KServe V2 infer request of batch size 1; a null number stays null (the gateway gives the model NaN). */
function requestBody(inputs: readonly FieldSpec[], row: Row): string {
  const tensors = inputs.map(({ name, datatype }) => ({ name, shape: [1, 1], datatype, data: [row[name] ?? (datatype === 'BYTES' ? '' : null)] }));
  return JSON.stringify({ inputs: tensors });
}
