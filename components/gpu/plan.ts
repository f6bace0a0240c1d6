import type { Resource } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import { GPU_NODE, GPU_TOLERATION } from '../karpenter/labels.ts';

/** What makes GPUs of a node usable. It costs nothing. */
export interface DevicePluginArgs {
  /** GPUs of pool `gpu-shared`: 0, and no pods take turns. */
  readonly sharedGpus: number;
  /** Pods that take turns on one of them: two to four. */
  readonly sharedBy: number;
  /** What must be there first: the namespace of node agents. */
  readonly after: readonly Resource[];
}

/** Daemons of GPU nodes run on all of them, whatever the pool. */
export const GPU_DAEMON = { nodeSelector: GPU_NODE, tolerations: [GPU_TOLERATION] } as const;

/** Pods that take turns; none or one number. @throws ArgsError beyond four: each waits for all others (30-platform, 2.3) */
export function planSharing({ sharedGpus, sharedBy }: Pick<DevicePluginArgs, 'sharedGpus' | 'sharedBy'>): readonly number[] {
  if (sharedGpus === 0) return [];
  if (sharedBy >= 2 && sharedBy <= 4) return [sharedBy];
  throw new ArgsError('pools.sharedBy', `${sharedBy} pods cannot take turns on one GPU`, 'Let two to four share one.');
}
