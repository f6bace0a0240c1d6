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

/** What a helper beside a server asks for. */
export interface Beside {
  readonly milliCpu: number;
  /** A quantity. */
  readonly memory: string;
}

/** The helpers. A tenant's quota must cover them too (check/need.ts). */
export const BESIDE = {
  proxy: { milliCpu: 250, memory: '256Mi' },
  /** In a batch worker, in the proxy's place: it holds the rows on their way. */
  scorer: { milliCpu: 1_000, memory: '2Gi' },
  /** In a pool, for all of its models. */
  poolProxy: { milliCpu: 500, memory: '512Mi' },
  loader: { milliCpu: 500, memory: '512Mi' },
  /** Gone before the server starts. */
  fetch: { milliCpu: 500, memory: '512Mi' },
} as const satisfies Readonly<Record<string, Beside>>;

/** Resources of a helper beside the server. */
export function helperResources({ milliCpu, memory }: Beside) {
  return { requests: { cpu: cpuText(milliCpu / 1_000), memory }, limits: { memory } };
}

/** As the API server writes it: 0.5 is `500m`, 2 is `2`. */
function cpuText(cpu: number): string {
  return Number.isInteger(cpu) ? String(cpu) : `${Math.round(cpu * 1_000)}m`;
}
