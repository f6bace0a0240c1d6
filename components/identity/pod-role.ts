import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { type PodRoleArgs, planPodRole } from './pod-role-plan.ts';
import { policyDocument } from './policy.ts';

/**
 * A role for pods.
 * @example new PodRole('prod-karpenter-role', { roleName: 'weir-prod-karpenter', account, pods: { clusterName, namespace: 'kube-system', serviceAccounts: ['karpenter'] }, statements })
 */
export class PodRole extends Component {
  readonly arn: Output<string>;
  readonly roleName: Output<string>;
  /** The role with its rights: a controller without them never clears a finalizer, so they must outlive it (30-platform D2, D4). */
  readonly ready: readonly Resource[];

  constructor(name: string, args: PodRoleArgs, options?: ComponentResourceOptions) {
    const plan = planPodRole(args);
    super('weir:identity:PodRole', name, {}, options);

    const boundary = plan.permissionsBoundary === undefined ? {} : { permissionsBoundary: plan.permissionsBoundary };
    const role = new aws.iam.Role(`${name}-role`, { name: plan.roleName, assumeRolePolicy: policyDocument([plan.trust]), ...boundary }, this.child());
    const inline = plan.statements.map((statements) => {
      const policy = { role: role.name, name: plan.roleName, policy: policyDocument(statements) };
      return new aws.iam.RolePolicy(`${name}-policy`, policy, this.child());
    });
    const managed = plan.managedPolicies.map((policy) => {
      return new aws.iam.RolePolicyAttachment(`${name}-${policy.name}`, { role: role.name, policyArn: policy.arn }, this.child());
    });
    const associations = plan.associated.map((serviceAccount) => {
      const { clusterName, namespace } = args.pods;
      const link = { clusterName, namespace, serviceAccount, roleArn: role.arn };
      return new aws.eks.PodIdentityAssociation(`${name}-${serviceAccount}`, link, this.child({ dependsOn: [...inline, ...managed] }));
    });

    this.arn = role.arn;
    this.roleName = role.name;
    this.ready = [role, ...inline, ...managed, ...associations];
    this.registerOutputs({ arn: this.arn });
  }
}
