import { costRules } from './cost.ts';
import { driftRules } from './drift.ts';
import { featureRules } from './features.ts';
import { gpuRules } from './gpu.ts';
import { lakeAndKafkaRules } from './lake-and-kafka.ts';
import { modelRules } from './model.ts';
import { platformRules } from './platform.ts';
import { rolloutRules } from './rollout.ts';
import type { RuleArgs, RuleGroup } from './rule.ts';

/** Every group of the table in 30-platform 3.6. */
export function ruleGroups(args: RuleArgs): readonly RuleGroup[] {
  return [modelRules(), driftRules(), rolloutRules(), featureRules(), lakeAndKafkaRules(args), gpuRules(args), platformRules(args), costRules(args)];
}
