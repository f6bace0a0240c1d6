import type { TenantModel } from '../loaded.ts';
import { BESIDE, type Beside } from '../render/resources.ts';
import type { EffectivePool } from '../tenant-file.ts';
import { bytesOf } from './quantity.ts';

/** What pods ask for, at once. Bytes; CPUs; GPUs. */
export interface Need {
  readonly gpus: number;
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
}

export const NOTHING: Need = { gpus: 0, cpu: 0, memory: 0, storage: 0 };

/** What a model's pods are made of, as far as needs go. */
type Sized = Pick<TenantModel, 'serving' | 'pattern' | 'batch'>;

/** What all pods of a model ask for at its most replicas, as they are rendered. Members of a pool have no pods of their own. */
export function modelNeed(model: Sized): Need {
  const { serving, pattern, batch } = model;
  return times(modelPodNeed(model), pattern === 'batch' ? (batch?.parallelism ?? 1) : serving.autoscaling.max);
}

/** What one pod of a model asks for; nothing for a member of a pool. */
export function modelPodNeed({ serving, pattern }: Sized): Need {
  if (serving.mode === 'shared') return NOTHING;
  const { engine, gpu, gpus = 1, resources } = serving;
  const server = serverNeed(gpu === 'whole' ? gpus : 0, resources);
  const helper = pattern === 'batch' ? BESIDE.scorer : BESIDE.proxy;
  const parts = engine === 'rules' ? [server] : [server, besideNeed(helper)]; // rules are computed by the helper itself
  return podNeed(parts);
}

/** What all pods of a shared pool ask for when it is at its largest. */
export function poolNeed(pool: EffectivePool): Need {
  return times(poolPodNeed(pool), pool.max);
}

/** What one pod of a shared pool asks for. */
export function poolPodNeed({ gpu, resources }: EffectivePool): Need {
  const server = serverNeed(gpu === 'whole' ? 1 : 0, resources);
  return sum([server, besideNeed(BESIDE.poolProxy), besideNeed(BESIDE.loader)]);
}

const serverNeed = (gpus: number, { cpu, memory, storage }: TenantModel['serving']['resources']): Need => ({
  gpus,
  cpu,
  memory: bytesOf(memory),
  storage: bytesOf(storage),
});

const besideNeed = ({ milliCpu, memory }: Beside): Need => ({ ...NOTHING, cpu: milliCpu / 1_000, memory: bytesOf(memory) });

/** A pod asks for the sum of its containers, or for what fetches the files before them: whichever is more. */
const podNeed = (parts: readonly Need[]): Need => largest(sum(parts), besideNeed(BESIDE.fetch));

const each = (combine: (resource: keyof Need) => number): Need => ({
  gpus: combine('gpus'),
  cpu: combine('cpu'),
  memory: combine('memory'),
  storage: combine('storage'),
});

/** Of several pods together. */
export const sum = (needs: readonly Need[]): Need => each((resource) => needs.reduce((total, need) => total + need[resource], 0));

/** The most of each resource that either of the two asks for. */
export const largest = (a: Need, b: Need): Need => each((resource) => Math.max(a[resource], b[resource]));

const times = (need: Need, count: number): Need => each((resource) => need[resource] * count);
