import { ruleGroups } from '../../components/observability/rules/all.ts';
import type { AlertRule, RuleArgs } from '../../components/observability/rules/rule.ts';

/** An environment whose rules are tested. */
export const RULE_ARGS: RuleArgs = { retentionHours: 168, monthlyUsd: 15_000, namespaces: ['monitoring', 'weir-system'], karpenter: true };

export const GROUPS = ruleGroups(RULE_ARGS);

export const ALERTS: readonly AlertRule[] = GROUPS.flatMap(({ alerts }) => alerts);
