import type { Rule } from './rule.ts';
import { ACCESS_RULES } from './rules/access/all.ts';
import { CLUSTER_RULES } from './rules/cluster/all.ts';
import { DATA_RULES } from './rules/data/all.ts';
import { IDENTITY_RULES } from './rules/identity/all.ts';
import { MODELS_RULES } from './rules/models/all.ts';
import { NAMESPACES_RULES } from './rules/namespaces/all.ts';
import { NETWORK_RULES } from './rules/network/all.ts';
import { NODES_RULES } from './rules/nodes/all.ts';
import { PODS_RULES } from './rules/pods/all.ts';
import { SERVING_RULES } from './rules/serving/all.ts';
import { STACK_RULES } from './rules/stack/all.ts';
import { STORAGE_RULES } from './rules/storage/all.ts';

/** Every rule, by topic: 30-platform 13. */
export const RULES: readonly Rule[] = [
  ...NETWORK_RULES,
  ...CLUSTER_RULES,
  ...NODES_RULES,
  ...DATA_RULES,
  ...STORAGE_RULES,
  ...IDENTITY_RULES,
  ...PODS_RULES,
  ...NAMESPACES_RULES,
  ...ACCESS_RULES,
  ...SERVING_RULES,
  ...MODELS_RULES,
  ...STACK_RULES,
];
