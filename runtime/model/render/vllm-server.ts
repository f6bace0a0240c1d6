import type { TenantModel } from '../loaded.ts';

/** Where vLLM answers inside the pod, its metrics included: callers reach the proxy only, Prometheus this port. */
export const VLLM_PORT = 8000;

/** A language model: what only `engine: vllm` has. */
export type LanguageModel = NonNullable<TenantModel['llm']>;

/**
 * The command of the server. Whole, so that it does not depend on the image's entry point, which has changed. The weights are the folder that
 * the delivery checked: safetensors alone, since other formats execute what they hold, and nothing is ever asked of a hub.
 */
export function vllmCommand(name: string, llm: LanguageModel, weights: string): readonly string[] {
  return [
    'vllm',
    'serve',
    weights,
    '--host=0.0.0.0',
    `--port=${VLLM_PORT}`,
    `--served-model-name=${name}`,
    '--load-format=safetensors',
    `--tensor-parallel-size=${llm.tensorParallel}`,
    `--max-model-len=${llm.contextTokens}`,
    `--max-num-seqs=${llm.sequences}`,
    ...(llm.quantisation === 'none' ? [] : [`--quantization=${llm.quantisation}`]),
  ];
}

/** Its environment: no network but callers, no telemetry, and caches in the one folder that may be written. */
export function vllmEnvironment(cache: string): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: 'HF_HUB_OFFLINE', value: '1' },
    { name: 'TRANSFORMERS_OFFLINE', value: '1' },
    { name: 'VLLM_NO_USAGE_STATS', value: '1' },
    { name: 'DO_NOT_TRACK', value: '1' },
    { name: 'HOME', value: cache }, // compiled kernels lie below it: ~/.cache/vllm, ~/.triton
    { name: 'USER', value: 'weir' }, // uid 1000 has no name in the image, and compiling asks for one
  ];
}

/**
 * Where the API of OpenAI begins below a model's public path, and what of a request's path the proxy takes off before it asks vLLM.
 * A client is given `https://<tenant>.<domain><base>` as its base URL: `/v2/models/assistant/v1` by default, which is beside V2's `/infer` of all
 * other models and clashes with none; a tenant with one language model writes `route: {path: /v1}` and has the URL that its tools expect.
 */
export function openAiBase(path: string): { readonly base: string; readonly strip: string } {
  const strip = path.endsWith('/v1') ? path.slice(0, -'/v1'.length) : path;
  return { base: `${strip}/v1`, strip };
}
