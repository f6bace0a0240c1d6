import type { Rule } from '../../rule.ts';
import { gpuPoolTainted } from './gpu-pool-tainted.ts';
import { karpenterAmiPinned } from './karpenter-ami-pinned.ts';
import { nodepoolBudget } from './nodepool-budget.ts';
import { nodepoolExpiryWithGrace } from './nodepool-expiry-with-grace.ts';
import { nodepoolGpuLimit } from './nodepool-gpu-limit.ts';

export const NODES_RULES: readonly Rule[] = [karpenterAmiPinned, nodepoolGpuLimit, gpuPoolTainted, nodepoolExpiryWithGrace, nodepoolBudget];
