import type { Rule } from '../../rule.ts';
import { gpuPoolTainted } from './gpu-pool-tainted.ts';
import { karpenterAmiPinned } from './karpenter-ami-pinned.ts';
import { nodeEncryptedVolumes } from './node-encrypted-volumes.ts';
import { nodeImdsv2Hop1 } from './node-imdsv2-hop1.ts';
import { nodepoolBudget } from './nodepool-budget.ts';
import { nodepoolExpiryWithGrace } from './nodepool-expiry-with-grace.ts';
import { nodepoolGpuLimit } from './nodepool-gpu-limit.ts';

export const NODES_RULES: readonly Rule[] = [
  nodeImdsv2Hop1,
  nodeEncryptedVolumes,
  karpenterAmiPinned,
  nodepoolGpuLimit,
  gpuPoolTainted,
  nodepoolExpiryWithGrace,
  nodepoolBudget,
];
