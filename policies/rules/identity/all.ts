import type { Rule } from '../../rule.ts';

export const IDENTITY_RULES: readonly Rule[] = [];
