import type { Rule } from '../../rule.ts';
import { podRoRoot } from './pod-ro-root.ts';

export const PODS_RULES: readonly Rule[] = [podRoRoot];
