import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { deliveryOf, filesFolder } from './delivery.ts';
import { modelDocument } from './model-document.ts';
import { slotName } from './names.ts';
import {
  type Container,
  configVolume,
  SHARED_MEMORY_MOUNT,
  sharedMemory,
  TMP,
  TMP_MOUNT,
  type Volume,
  type VolumeMount,
  type Workload,
} from './parts.ts';
import { CONTAINER_SECURITY } from './pod.ts';
import { startupProbe, startupSeconds } from './probes.ts';
import { proxyContainer } from './proxy.ts';
import { serverResources } from './resources.ts';
import type { Served } from './slots.ts';
import type { RenderEnvironment } from './types.ts';
import { drainScript, streamSeconds } from './vllm-drain.ts';
import { type LanguageModel, openAiBase, VLLM_PORT, vllmCommand, vllmEnvironment } from './vllm-server.ts';

const CACHE: Volume = { name: 'cache', emptyDir: { sizeLimit: '10Gi' } };
const CACHE_MOUNT: VolumeMount = { name: 'cache', mountPath: '/cache' };

/**
 * A language model on vLLM in place of Triton: the same pod and proxy, whole GPUs, and a drain that lets open answers end. The pod is ready
 * once the proxy got a real completion; vLLM's own health check passes before anything was ever computed. The versions of prompt and
 * guardrails stand in the template: with another one it is another version (10-rollout, 1).
 */
export function vllmWorkload(model: TenantModel, served: Served, environment: RenderEnvironment): Workload {
  const llm = languageModel(model);
  const { initContainer, volumes, mounts } = deliveryOf(model, served, environment, []);
  const proxy = proxyContainer(model, environment, { upstream: `http://127.0.0.1:${VLLM_PORT}`, args: proxyArgs(model, llm) });
  return {
    containers: [proxy, vllmContainer(model, llm, environment, mounts)],
    initContainers: [initContainer],
    volumes: [configVolume(slotName(model.model, served.slot)), ...volumes, sharedMemory(model.serving.resources.sharedMemory), CACHE, TMP],
    config: { 'model.json': modelDocument(model, served.version) },
    annotations: Object.fromEntries(artefacts(llm).map(({ kind, artefact }) => [`weir.dev/${kind}`, artefact])),
    metrics: [{ name: 'vllm', port: VLLM_PORT }],
    drainSeconds: streamSeconds(secondsOf(llm.longestStream)),
    startSeconds: startupSeconds(secondsOf(model.serving.loadTime)),
  };
}

/**
 * What a proxy of a language model does besides: it speaks OpenAI's API below the public path, is ready by a real completion, and at its end
 * waits for streams as long as the server does.
 */
function proxyArgs(model: TenantModel, llm: LanguageModel): readonly string[] {
  return [
    '--api=openai',
    `--strip=${openAiBase(model.route.path).strip}`,
    '--ready=completion',
    `--first-token=${llm.firstToken}`,
    `--per-token=${llm.perToken}`,
    `--drain=${streamSeconds(secondsOf(llm.longestStream))}s`,
    ...artefacts(llm).map(({ kind, artefact }) => `--${kind}=${artefact}`),
  ];
}

function artefacts({ prompt, guardrails }: LanguageModel) {
  return [
    { kind: 'prompt', artefact: prompt },
    { kind: 'guardrails', artefact: guardrails },
  ].flatMap(({ kind, artefact }) => (artefact === undefined ? [] : [{ kind, artefact: `${artefact.name}/${artefact.version}` }]));
}

function vllmContainer(
  { model, serving }: TenantModel,
  llm: LanguageModel,
  { images }: RenderEnvironment,
  mounts: readonly VolumeMount[],
): Container {
  return {
    name: 'vllm',
    image: images.vllm,
    command: vllmCommand(model, llm, filesFolder(model)),
    env: vllmEnvironment(CACHE_MOUNT.mountPath),
    ports: [{ name: 'vllm', containerPort: VLLM_PORT }],
    resources: serverResources(serving),
    ...healthProbes(secondsOf(serving.loadTime)),
    lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', drainScript(secondsOf(llm.longestStream), VLLM_PORT)] } } },
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [...mounts, SHARED_MEMORY_MOUNT, CACHE_MOUNT, TMP_MOUNT],
  };
}

/** The server's own life; whether it computes is the proxy's probe. It stops answering while a long prompt is prefilled, hence the patience. */
function healthProbes(loadSeconds: number): Readonly<Record<string, unknown>> {
  const health = { httpGet: { path: '/health', port: 'vllm' } };
  return {
    startupProbe: startupProbe(health, loadSeconds),
    livenessProbe: { ...health, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 6 },
    readinessProbe: { ...health, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
  };
}

function languageModel({ model, llm }: TenantModel): LanguageModel {
  if (llm === undefined) throw new Error(`${model}: engine vllm without a language model: the spec was not checked`);
  return llm;
}
