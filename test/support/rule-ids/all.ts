import { CLUSTER_RULES } from './cluster.ts';
import { IDENTITY } from './identity.ts';
import { IMAGES } from './images.ts';
import { KAFKA } from './kafka.ts';
import { NETWORK } from './network.ts';
import { NODES } from './nodes.ts';
import { POSTGRES } from './postgres.ts';
import { RECORDS } from './records.ts';
import type { RuleId } from './rule-id.ts';
import { STORAGE } from './storage.ts';
import { VALKEY } from './valkey.ts';

/** The public rules that 30-platform lists for what the foundation makes, by the part that keeps them. */
export const RULE_IDS: readonly RuleId[] = [
  ...NETWORK,
  ...CLUSTER_RULES,
  ...NODES,
  ...IDENTITY,
  ...STORAGE,
  ...POSTGRES,
  ...KAFKA,
  ...VALKEY,
  ...IMAGES,
  ...RECORDS,
];
