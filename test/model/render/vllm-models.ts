import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { aModel } from './models.ts';

/** A language model on two GPUs, sticky by conversation, with a preview before traffic. */
export const ASSISTANT: TenantModel = aModel({
  tenant: 'shop',
  model: 'assistant',
  owner: 'shop-support',
  registry: { model: 'assistant', version: '7' },
  route: { path: '/v2/models/assistant' },
  inputs: { messages: { kind: 'text', datatype: 'BYTES', log: 'hash', shape: 1 } },
  outputs: { answer: { kind: 'text', datatype: 'BYTES', log: 'hash', shape: 1 } },
  fallback: { answer: 'I cannot answer right now.' },
  serving: {
    latency: '60s',
    engine: 'vllm',
    gpu: 'whole',
    gpus: 2,
    accelerator: 'l40s',
    loadTime: '6m',
    delivery: 'mountpoint',
    resources: { cpu: 6, memory: '96Gi', storage: '80Gi', sharedMemory: '8Gi' },
    autoscaling: { min: 1, max: 3, peaks: [] },
  },
  llm: {
    tensorParallel: 2,
    contextTokens: 16_384,
    sequences: 48,
    quantisation: 'fp8',
    firstToken: '800ms',
    perToken: '60ms',
    longestStream: '5m',
    prompt: { name: 'support-prompt', version: '12' },
    guardrails: { name: 'support-rails', version: '3' },
  },
  rollout: { preset: 'blue-green', stickiness: { header: 'x-conversation-id' }, preview: { header: 'x-weir-preview' } },
});
