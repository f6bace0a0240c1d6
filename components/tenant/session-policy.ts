import { ArgsError } from '../../runtime/errors.ts';
import type { Statement } from '../identity/policy.ts';
import { grantsOf, type Purpose } from '../tenant-roles/grants.ts';
import type { GrantPlace } from '../tenant-roles/plan.ts';

/** Characters: EKS's most for the policy of an association (AWS, "Session policies for Amazon EKS Pod Identity", 2026-03). */
export const LONGEST_POLICY = 2_048;

/**
 * What narrows a shared role to one tenant. A pod may do what role and policy both allow, so what the role says is not said again, since characters are few:
 * which cluster of brokers, and which action goes with which of a service's resources. What is said is the tenant.
 * @throws ArgsError when it is longer than EKS takes
 */
export function sessionPolicy(purpose: Purpose, tenant: string, place: Omit<GrantPlace, 'kafkaArn'>): string {
  const anyCluster = `arn:${place.partition}:kafka:*:*:cluster/*`;
  const statements = byService(grantsOf(purpose, tenant, { ...place, kafkaArn: anyCluster }));
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  if (policy.length <= LONGEST_POLICY) return policy;
  const problem = `"${tenant}" makes a policy for ${purpose} of ${policy.length} characters, and EKS takes ${LONGEST_POLICY}`;
  throw new ArgsError('tenant', problem, 'Use a shorter name for the tenant, or for the environment.');
}

/** One statement for each service, and one for each condition. */
function byService(statements: readonly Statement[]): readonly object[] {
  const plain = statements.filter(({ conditions }) => conditions === undefined);
  const groups = Map.groupBy(plain, ({ actions }) => actions[0]?.split(':')[0]);
  const merged = [...groups.values()].map((group) => ({
    Effect: 'Allow',
    Action: [...new Set(group.flatMap(({ actions }) => actions))],
    Resource: [...new Set(group.flatMap(({ resources = [] }) => resources))],
  }));
  const conditional = statements.filter(({ conditions }) => conditions !== undefined);
  return [
    ...merged,
    ...conditional.map(({ actions, resources, conditions }) => ({ Effect: 'Allow', Action: actions, Resource: resources, Condition: conditions })),
  ];
}
