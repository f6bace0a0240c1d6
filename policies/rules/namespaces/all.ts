import type { Rule } from '../../rule.ts';

export const NAMESPACES_RULES: readonly Rule[] = [];
