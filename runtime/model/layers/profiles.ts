import type { ModelFile } from '../model-file.ts';

/** Environments that settings name; `local` is the embedded platform (30-platform, 1). */
export const PROFILES = ['dev', 'small', 'staging', 'prod', 'local'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** Kinds of GPU that model files may ask for. */
export type Accelerator = 'l4' | 'a10g' | 'l40s' | 'a100' | 'h100';

/** The kind of GPU that a family of EC2 instances has. */
export const ACCELERATORS: Readonly<Record<string, Accelerator>> = {
  g5: 'a10g',
  g6: 'l4',
  g6e: 'l40s',
  p4d: 'a100',
  p4de: 'a100',
  p5: 'h100',
  p5e: 'h100',
};

/** What an environment means to model files. */
export interface Profile {
  readonly name: ProfileName;
  /** GPUs of the inference pools (g5: a10g, g6: l4, g6e: l40s); none on one machine. */
  readonly accelerators: readonly Accelerator[];
  /** The most GPUs that inference may have at once: the limit of its node pool. */
  readonly gpuLimit: number;
  /** Defaults of model files in this environment, above the platform's and below the tenant's. */
  readonly defaults: Partial<ModelFile>;
}

const INFERENCE: readonly Accelerator[] = ['a10g', 'l4', 'l40s'];
const TWO: Partial<ModelFile> = { serving: { autoscaling: { min: 2 } } }; // one may fail, or be moved, while the other answers

const KNOWN: Readonly<Record<ProfileName, Profile>> = {
  dev: { name: 'dev', accelerators: INFERENCE, gpuLimit: 2, defaults: {} },
  small: { name: 'small', accelerators: INFERENCE, gpuLimit: 4, defaults: {} },
  staging: { name: 'staging', accelerators: INFERENCE, gpuLimit: 4, defaults: TWO },
  prod: { name: 'prod', accelerators: INFERENCE, gpuLimit: 8, defaults: TWO },
  local: { name: 'local', accelerators: [], gpuLimit: 0, defaults: { rollout: 'local' } },
};

/** The profile of this name. */
export function profileOf(name: ProfileName): Profile {
  return KNOWN[name];
}
