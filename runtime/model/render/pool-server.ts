import type { TenantModel } from '../loaded.ts';
import type { EffectivePool } from '../tenant-file.ts';

/** What each execution in a pool takes one of: so many run side by side, and the next is chosen by priority. */
export const EXECUTIONS = 'executions';

/**
 * Executions at once on one device of a pool: one for each CPU of the server, since each is fed and collected by a thread, and at least two, or
 * one slow model would hold up all others. Triton's own default is the most that any single model asks for, which is one.
 */
export function executionsOf({ resources }: EffectivePool): number {
  return Math.max(2, Math.floor(resources.cpu));
}

/**
 * Turns that a member gets when executions are scarce: 1 gets twice as many as 2 (Triton). Without a resource to wait for, Triton ignores
 * priorities, and one noisy model would starve the rest.
 */
export function priorityOf({ risk }: Pick<TenantModel, 'risk'>): number {
  return { regulated: 1, high: 1, standard: 2, low: 4 }[risk];
}

/** Flags of a pool beyond those of every Triton. */
export function poolArgs(pool: EffectivePool): readonly string[] {
  return ['--rate-limit=execution_count', `--rate-limit-resource=${EXECUTIONS}:${executionsOf(pool)}`];
}

/** Models come and go: with glibc's allocator a server that loads and unloads grows until it is killed (TR#6402). Where Triton's image has it. */
export const TCMALLOC = { name: 'LD_PRELOAD', value: '/usr/lib/x86_64-linux-gnu/libtcmalloc.so.4' } as const;

/** Until an empty server answers. Loading models begins after it, and is the readiness of the proxy. */
const EMPTY_START = '60s';

/** The server of a pool in the words of a model's: what the shared pieces of rendering read. */
export function poolServing(pool: EffectivePool): TenantModel['serving'] {
  const { gpu, accelerator, min, max, resources } = pool;
  return {
    engine: 'triton',
    mode: 'shared',
    gpu,
    ...(gpu === 'whole' ? { gpus: 1 } : {}),
    ...(accelerator === undefined ? {} : { accelerator }),
    instances: executionsOf(pool),
    loadTime: EMPTY_START,
    resources,
    batching: { max: 1, delay: '0s', preferred: [], queue: 0 },
    autoscaling: { min, max, peaks: [] },
    delivery: 'sync',
  };
}
