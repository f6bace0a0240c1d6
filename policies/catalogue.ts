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

/** Rules about one thing, as pages and lists group them. */
export interface Topic {
  readonly title: string;
  readonly rules: readonly Rule[];
}

export const TOPICS: readonly Topic[] = [
  { title: 'Network', rules: NETWORK_RULES },
  { title: 'Cluster', rules: CLUSTER_RULES },
  { title: 'Nodes', rules: NODES_RULES },
  { title: 'Rights in AWS', rules: IDENTITY_RULES },
  { title: 'Keys, buckets and images', rules: STORAGE_RULES },
  { title: 'Databases, streams and logs', rules: DATA_RULES },
  { title: 'Pods', rules: PODS_RULES },
  { title: 'Rights and doors in the cluster', rules: ACCESS_RULES },
  { title: 'Namespaces and tenants', rules: NAMESPACES_RULES },
  { title: 'Serving', rules: SERVING_RULES },
  { title: 'Models', rules: MODELS_RULES },
  { title: 'The stack itself', rules: STACK_RULES },
];

/** Every rule, by topic: 30-platform 13. */
export const RULES: readonly Rule[] = TOPICS.flatMap(({ rules }) => rules);
