import type { ModelKey, Slot } from '../../model/types.ts';
import type { Infer } from './golden.ts';

const TIMEOUT_MS = 5_000;

/** Asks a copy on this machine over its own loopback port. @param endpoint Where a slot serves now; null: nowhere. */
export function inferOverHttp(endpoint: (model: ModelKey, slot: Slot) => { readonly port: number } | null): Infer {
  return async (model, slot, body) => {
    const at = endpoint(model, slot);
    if (at === null) throw new Error(`slot ${slot} of ${model} does not serve`);
    const url = `http://127.0.0.1:${at.port}/v2/models/${encodeURIComponent(model.slice(model.indexOf('/') + 1))}/infer`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if (!response.ok) throw new Error(`the copy answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
}
