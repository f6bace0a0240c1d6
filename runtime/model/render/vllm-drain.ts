import { DRAIN_DELAY_SECONDS } from './probes.ts';

/** A stream may outlive `longestStream` by this much before it is cut; seconds (10-rollout, 10). */
const SPARE_SECONDS = 60;

/** How long a stopping pod of a language model waits for its open answers. Seconds. */
export function streamSeconds(longestStreamSeconds: number): number {
  return Math.ceil(longestStreamSeconds) + SPARE_SECONDS;
}

/**
 * The preStop of vLLM, whole, for `sh -c`: the ordinary delay, and then until no answer is being written, at most `streamSeconds`. vLLM
 * itself drops its open answers at SIGTERM. Only a metrics page that says so ends the wait: for a server that does not answer, or an image
 * without curl or awk, it lasts its full time, since a stream cut short is worse than a GPU held for minutes.
 */
export function drainScript(longestStreamSeconds: number, port: number): string {
  const idle = `awk '/^vllm:num_requests_(running|waiting)\\{/ { seen = 1; open += $NF } END { exit !(seen && open == 0) }'`;
  return [
    `sleep ${DRAIN_DELAY_SECONDS}`,
    `end=$(($(date +%s) + ${streamSeconds(longestStreamSeconds)}))`,
    `until curl -sf -m 5 http://127.0.0.1:${port}/metrics | ${idle}; do [ "$(date +%s)" -lt "$end" ] || break; sleep 2; done`,
  ].join('; ');
}
