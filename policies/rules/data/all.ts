import type { Rule } from '../../rule.ts';

export const DATA_RULES: readonly Rule[] = [];
