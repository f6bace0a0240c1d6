import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { policyDocument, type Statement } from '../identity/policy.ts';
import { ANY_TENANT, grantsOf, type Purpose } from './grants.ts';
import { planTenantRoles, type TenantRolesArgs } from './plan.ts';

/**
 * The roles of tenants' pods. Not a `PodRole`: a session policy wants the session's tags off (EKS user guide, "Pod Identity session policies"), and with
 * them goes every condition on namespace or cluster. So the account is all that the trust can name, and what keeps a role from being bound to somebody
 * else is that an association needs `iam:PassRole` for it, which only the deploying role has.
 * @example new TenantRoles('prod-tenant-roles', { env: 'prod', account, place })
 */
export class TenantRoles extends Component {
  /** ARNs. */
  readonly arns: Readonly<Record<Purpose, Output<string>>>;
  /** Roles with their rights. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: TenantRolesArgs, options?: ComponentResourceOptions) {
    const [serving, training] = planTenantRoles(args);
    if (serving === undefined || training === undefined) throw new Error('there is a role for each purpose');
    super('weir:tenant-roles:TenantRoles', name, {}, options);

    const place = pulumi.output(args.place);
    const made = [serving, training].map(({ purpose, roleName }) => {
      const assumeRolePolicy = policyDocument([trust(args.account)]);
      const role = new aws.iam.Role(`${name}-${purpose}`, { name: roleName, assumeRolePolicy }, this.child());
      const policy = place.apply((known) => policyDocument(grantsOf(purpose, ANY_TENANT, known)));
      const rights = new aws.iam.RolePolicy(`${name}-${purpose}-policy`, { role: role.name, name: roleName, policy }, this.child());
      return { role, rights };
    });

    const [first, second] = made;
    if (first === undefined || second === undefined) throw new Error('there is a role for each purpose');
    this.arns = { serving: first.role.arn, training: second.role.arn };
    this.ready = made.flatMap(({ role, rights }) => [role, rights]);
    this.registerOutputs(this.arns);
  }
}

/** TagSession comes with AssumeRole: EKS refuses an association with a role that does not allow both. */
function trust(account: string): Statement {
  return {
    sid: 'PodsOfTenants',
    principal: { Service: 'pods.eks.amazonaws.com' },
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  };
}
