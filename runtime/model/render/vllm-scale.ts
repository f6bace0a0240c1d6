import type { LoadQueries } from './triggers.ts';
import type { LanguageModel } from './vllm-server.ts';

/** Share of the answers a replica can write at once from which on another is wanted: it takes minutes to come. */
const BUSY = 0.8;

/** Requests that may wait for each replica, as a share of what it writes at once: beyond it the first token is late for all. */
const WAITING = 0.1;

/**
 * What a language model is scaled by: requests that vLLM has not begun, and how full its replicas are. A request runs for as long as its
 * answer is, so neither its duration nor the load of the GPU says anything.
 * @param series Labels of the slot's pods.
 */
export function vllmQueries({ sequences }: LanguageModel, series: string): LoadQueries {
  return {
    pending: `sum(vllm:num_requests_waiting${series})`,
    pendingPerReplica: Math.max(1, Math.floor(WAITING * sequences)),
    ratio: `avg(vllm:num_requests_running${series}) / ${Number((BUSY * sequences).toFixed(1))}`,
  };
}
