import { secondsOf } from '../duration.ts';
import type { TenantModel } from '../loaded.ts';
import { deliveryOf, filesFolder } from './delivery.ts';
import { modelDocument } from './model-document.ts';
import { slotName } from './names.ts';
import { type Container, configVolume, SHARED_MEMORY_MOUNT, sharedMemory, TMP, TMP_MOUNT, type Workload } from './parts.ts';
import { configPbtxt } from './pbtxt.ts';
import { CONTAINER_SECURITY } from './pod.ts';
import { DRAIN, EXIT_SECONDS, serverProbes, startupSeconds } from './probes.ts';
import { proxyContainer } from './proxy.ts';
import { serverResources } from './resources.ts';
import type { Served } from './slots.ts';
import { TRITON_METRICS, TRITON_PORT, tritonArgs, tritonContainer } from './triton.ts';
import type { RenderEnvironment } from './types.ts';

/** The pod of one version in its slot, engines triton, container and rules. */
export function dedicatedWorkload(model: TenantModel, served: Served, environment: RenderEnvironment): Workload {
  switch (model.serving.engine) {
    case 'triton':
      return tritonWorkload(model, served, environment);
    case 'container':
      return containerWorkload(model, served, environment);
    case 'rules':
      return rulesWorkload(model, served, environment);
    case 'vllm':
      break; // has a pod of its own kind (vllm.ts)
  }
  throw new Error(`${model.model}: engine ${model.serving.engine} is not answered by this kind of pod`);
}

function tritonWorkload(model: TenantModel, served: Served, environment: RenderEnvironment): Workload {
  const config = { 'config.pbtxt': configPbtxt(model, served.version), 'model.json': modelDocument(model, served.version) };
  const { initContainer, volumes, mounts } = deliveryOf(model, served, environment, ['config.pbtxt']);
  return {
    ...timing(model),
    containers: [
      proxyContainer(model, environment, { upstream: localhost(TRITON_PORT) }),
      tritonContainer(model, environment, tritonArgs({ models: [model.model] }), mounts),
    ],
    initContainers: [initContainer],
    volumes: [configVolume(slotName(model.model, served.slot)), ...volumes, sharedMemory(model.serving.resources.sharedMemory), TMP],
    config,
    metrics: [TRITON_METRICS],
  };
}

function containerWorkload(model: TenantModel, served: Served, environment: RenderEnvironment): Workload {
  const { container } = model.serving;
  if (container === undefined) throw new Error(`${model.model}: engine container without an image: the spec was not checked`);
  const { initContainer, volumes, mounts } = deliveryOf(model, served, environment, []);
  const server: Container = {
    name: 'server',
    image: container.image,
    args: container.args,
    env: Object.entries({ HOME: TMP_MOUNT.mountPath, ...container.environment, MODEL_DIR: filesFolder(model.model) }).map(([name, value]) => ({
      name,
      value,
    })),
    ports: [{ name: 'server', containerPort: container.port }],
    resources: serverResources(model.serving),
    ...serverProbes('server', secondsOf(model.serving.loadTime)),
    lifecycle: DRAIN,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [...mounts, SHARED_MEMORY_MOUNT, TMP_MOUNT],
  };
  return {
    ...timing(model),
    containers: [proxyContainer(model, environment, { upstream: localhost(container.port) }), server],
    initContainers: [initContainer],
    volumes: [configVolume(slotName(model.model, served.slot)), ...volumes, sharedMemory(model.serving.resources.sharedMemory), TMP],
    config: { 'model.json': modelDocument(model, served.version) },
  };
}

/** The proxy alone answers, from the rules in the artefact. */
function rulesWorkload(model: TenantModel, served: Served, environment: RenderEnvironment): Workload {
  const { initContainer, volumes, mounts } = deliveryOf(model, served, environment, []);
  const options = { upstream: null, resources: serverResources(model.serving), args: [`--rules=${filesFolder(model.model)}`], mounts };
  return {
    ...timing(model),
    containers: [proxyContainer(model, environment, options)],
    initContainers: [initContainer],
    volumes: [configVolume(slotName(model.model, served.slot)), ...volumes, TMP],
    config: { 'model.json': modelDocument(model, served.version) },
  };
}

function timing({ serving }: TenantModel): Pick<Workload, 'drainSeconds' | 'startSeconds'> {
  return { drainSeconds: EXIT_SECONDS, startSeconds: startupSeconds(secondsOf(serving.loadTime)) };
}

function localhost(port: number): string {
  return `http://127.0.0.1:${port}`;
}
