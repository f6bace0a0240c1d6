import type { Finding } from '../../runtime/model/read/locate.ts';
import { CLUSTER_RULES } from './rules/cluster.ts';
import { DATA_RULES } from './rules/data.ts';
import { NETWORK_RULES } from './rules/network.ts';
import { PLATFORM_RULES } from './rules/platform.ts';
import { POLICY_RULES } from './rules/policies.ts';
import { SCOPE_RULES } from './rules/scope.ts';
import type { Settings } from './settings-file.ts';

/** Every rule between settings that is broken. */
export function findingsOf(settings: Settings): readonly Finding[] {
  return [...SCOPE_RULES, ...NETWORK_RULES, ...CLUSTER_RULES, ...PLATFORM_RULES, ...DATA_RULES, ...POLICY_RULES].flatMap((rule) => rule(settings));
}
