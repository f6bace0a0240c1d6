import { describe, expect, test } from 'vitest';
import type { TenantModel } from '../../../runtime/model/loaded.ts';
import { openAiBase } from '../../../runtime/model/render/vllm-server.ts';
import { render } from '../../../runtime/model/render.ts';
import { ENVIRONMENT } from './models.ts';
import { objectOf, rulesOf, templateOf } from './objects.ts';
import { aStatus } from './statuses.ts';
import { ASSISTANT } from './vllm-models.ts';

const both = ['7', '8'] as const;

interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly object[];
  readonly [field: string]: unknown;
}

interface Pod {
  readonly containers: readonly Container[];
  readonly volumes: readonly object[];
  readonly terminationGracePeriodSeconds: number;
}

const templateIn = (model: TenantModel): { readonly metadata: { readonly annotations: object }; readonly spec: Pod } =>
  JSON.parse(JSON.stringify(templateOf(render(model, aStatus(model), ENVIRONMENT), `${model.model}-a`)));

function containerOf(model: TenantModel, name: string): Container {
  const found = templateIn(model).spec.containers.find((container) => container.name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
}

const withLlm = (changes: Partial<NonNullable<TenantModel['llm']>>): TenantModel => {
  const { llm } = ASSISTANT;
  if (llm === undefined) throw new Error('no language model');
  return { ...ASSISTANT, llm: { ...llm, ...changes } };
};

describe('a language model', () => {
  test('is served by vLLM as its file says, from the files that were checked, and executes none of them', () => {
    expect(containerOf(ASSISTANT, 'vllm').command).toEqual([
      'vllm',
      'serve',
      '/models/assistant/1',
      '--host=0.0.0.0',
      '--port=8000',
      '--served-model-name=assistant',
      '--load-format=safetensors',
      '--tensor-parallel-size=2',
      '--max-model-len=16384',
      '--max-num-seqs=48',
      '--quantization=fp8',
    ]);
    expect(containerOf(withLlm({ quantisation: 'none' }), 'vllm').command?.join(' ')).not.toContain('quantization');
  });

  test('asks no hub and tells nobody', () => {
    const { env } = containerOf(ASSISTANT, 'vllm');
    expect(env).toEqual(
      expect.arrayContaining([
        { name: 'HF_HUB_OFFLINE', value: '1' },
        { name: 'VLLM_NO_USAGE_STATS', value: '1' },
      ]),
    );
  });

  test('has whole GPUs, one for each part of its weights, and shared memory for what they say to each other', () => {
    expect(containerOf(ASSISTANT, 'vllm')).toMatchObject({ resources: { limits: { 'nvidia.com/gpu': '2', memory: '96Gi' } } });
    expect(templateIn(ASSISTANT).spec.volumes).toContainEqual({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } });
  });

  test('may take twice its load time to start, and is ready by a real completion', () => {
    expect(containerOf(ASSISTANT, 'vllm')).toMatchObject({ startupProbe: { httpGet: { path: '/health' }, periodSeconds: 10, failureThreshold: 72 } });
    expect(containerOf(ASSISTANT, 'proxy').args).toEqual(
      expect.arrayContaining(['--ready=completion', '--api=openai', '--strip=/v2/models/assistant']),
    );
  });

  test('waits at its end for its longest answer and a minute more, and so does its proxy', () => {
    const { spec } = templateIn(ASSISTANT);
    expect(spec.terminationGracePeriodSeconds).toBe(15 + 300 + 60 + 15);
    expect(JSON.stringify(containerOf(ASSISTANT, 'vllm').lifecycle)).toContain('date +%s) + 360');
    expect(containerOf(ASSISTANT, 'proxy').args).toContain('--drain=360s');
  });

  test('is another one with another prompt or other guardrails: they stand in the pod', () => {
    const { metadata } = templateIn(ASSISTANT);
    expect(metadata.annotations).toMatchObject({ 'weir.dev/prompt': 'support-prompt/12', 'weir.dev/guardrails': 'support-rails/3' });
    const other = withLlm({ prompt: { name: 'support-prompt', version: '13' } });
    expect(templateIn(other)).not.toEqual(templateIn(ASSISTANT));
    expect(containerOf(other, 'proxy').args).toContain('--prompt=support-prompt/13');
  });

  test('is scaled by answers that wait and by how full its replicas are', () => {
    const objects = render(ASSISTANT, aStatus(ASSISTANT), ENVIRONMENT);
    expect(objectOf(objects, 'ScaledObject', 'assistant-a')).toMatchObject({
      spec: {
        triggers: [
          {
            name: 'pending',
            metricType: 'AverageValue',
            metadata: { query: expect.stringMatching(/^sum\(vllm:num_requests_waiting{/), threshold: '4' },
          },
          {
            name: 'ratio',
            metricType: 'Value',
            metadata: { query: expect.stringMatching(/^avg\(vllm:num_requests_running{.*}\) \/ 38.4$/), threshold: '1' },
          },
        ],
      },
    });
  });

  test("shows vLLM's metrics to Prometheus, and its API to nobody but the proxy", () => {
    const objects = render(ASSISTANT, aStatus(ASSISTANT), ENVIRONMENT);
    expect(objectOf(objects, 'PodMonitor', 'weir-assistant')).toMatchObject({ spec: { podMetricsEndpoints: [{ port: 'http' }, { port: 'vllm' }] } });
    const policy = JSON.stringify(objectOf(objects, 'NetworkPolicy', 'weir-assistant'));
    expect(policy.match(/"port":8000/g)).toHaveLength(1);
  });

  test('is previewed by header before it has traffic, keeps a conversation on one version, and mirrors nothing', () => {
    const objects = render(ASSISTANT, aStatus(ASSISTANT, { versions: both, phase: 'Stepping', weight: 0 }), ENVIRONMENT);
    const [traffic, preview] = rulesOf(objects);
    expect(traffic?.filters).toBeUndefined();
    expect(traffic?.backendRefs.map(({ name }) => name)).toEqual(['assistant-a', 'assistant-a', 'assistant-a']);
    expect(preview?.matches[0]?.headers?.[0]?.name).toBe('x-weir-preview');
    expect(preview?.backendRefs.map(({ name }) => name)).toEqual(['assistant-b']);
    expect(JSON.stringify(objectOf(objects, 'BackendTrafficPolicy', 'weir-assistant'))).toContain('x-conversation-id');
  });
});

test.each([
  ['/v2/models/assistant', '/v2/models/assistant/v1', '/v2/models/assistant'],
  ['/v1', '/v1', ''],
  ['/chat/v1', '/chat/v1', '/chat'],
])('below %s the API of OpenAI begins at %s', (path, base, strip) => {
  expect(openAiBase(path)).toEqual({ base, strip });
});
