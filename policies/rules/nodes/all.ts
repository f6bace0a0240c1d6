import type { Rule } from '../../rule.ts';

export const NODES_RULES: readonly Rule[] = [];
