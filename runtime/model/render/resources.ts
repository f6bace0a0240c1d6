import type { TenantModel } from '../loaded.ts';

type Serving = TenantModel['serving'];

/**
 * CPU is requested and never limited: a limit throttles inference in the middle of a request. Memory is requested and limited alike: the
 * node cannot promise one byte twice. GPUs have no other way.
 */
export function serverResources({ resources, gpu, gpus }: Serving) {
  const { cpu, memory, storage } = resources;
  const device = gpu === 'whole' ? { 'nvidia.com/gpu': String(gpus ?? 1) } : {};
  return {
    requests: { cpu: cpuText(cpu), memory, 'ephemeral-storage': storage, ...device },
    limits: { memory, ...device },
  };
}

/** Resources of a helper beside the server. */
export function helperResources(milliCpu: number, memory: string) {
  return { requests: { cpu: cpuText(milliCpu / 1_000), memory }, limits: { memory } };
}

/** As the API server writes it: 0.5 is `500m`, 2 is `2`. */
function cpuText(cpu: number): string {
  return Number.isInteger(cpu) ? String(cpu) : `${Math.round(cpu * 1_000)}m`;
}
