import type { Rule } from '../../rule.ts';

export const MODELS_RULES: readonly Rule[] = [];
