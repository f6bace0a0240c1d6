import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { dnsSuffix } from '../identity/dns-suffix.ts';
import { policyDocument, type Statement } from '../identity/policy.ts';

/** What an instance itself needs. Pods get nothing of it: the hop limit keeps them from the instance's credentials. */
export interface NodeRoleArgs {
  /** The role's name, at most 64 characters. */
  readonly roleName: string;
  readonly partition: string;
  /** `arn:…:repository/<prefix>/*` of the pull-through cache, where the first pull of an image makes its repository. */
  readonly cacheRepositories: readonly string[];
}

/**
 * Joining the cluster, pulling images, and a shell by Session Manager: nodes have no SSH key. The CNI has a Pod Identity of its own, so
 * `AmazonEKS_CNI_Policy`, which may change every network interface of the account, stays away.
 */
const MANAGED = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'];

/** No condition narrows it, since EC2 sends none. In China the service has a name of its own. */
const trust = (partition: string): Statement => ({
  sid: 'AssumedByInstances',
  principal: { Service: `ec2.${dnsSuffix(partition)}` },
  actions: ['sts:AssumeRole'],
});

/**
 * The IAM role of nodes. Costs nothing.
 * @example new NodeRole('prod-nodes-role', { roleName: 'weir-prod-nodes', partition: 'aws', cacheRepositories: [] })
 */
export class NodeRole extends Component {
  readonly arn: Output<string>;
  readonly roleName: Output<string>;
  /** The role with its rights: an instance that starts without them never joins. */
  readonly ready: readonly Resource[];

  constructor(name: string, { roleName, partition, cacheRepositories }: NodeRoleArgs, options?: ComponentResourceOptions) {
    super('weir:nodes:NodeRole', name, {}, options);
    const role = new aws.iam.Role(`${name}-role`, { name: roleName, assumeRolePolicy: policyDocument([trust(partition)]) }, this.child());
    const managed = MANAGED.map((policy) => {
      const link = { role: role.name, policyArn: `arn:${partition}:iam::aws:policy/${policy}` };
      return new aws.iam.RolePolicyAttachment(`${name}-${policy}`, link, this.child());
    });
    const cache = (cacheRepositories.length === 0 ? [] : [cacheRepositories]).map((resources) => {
      const policy = policyDocument([{ sid: 'MakeRepositoriesOfTheCache', actions: ['ecr:CreateRepository'], resources }]);
      return new aws.iam.RolePolicy(`${name}-cache`, { role: role.name, name: 'pull-through-cache', policy }, this.child());
    });
    this.arn = role.arn;
    this.roleName = role.name;
    this.ready = [role, ...managed, ...cache];
    this.registerOutputs({ arn: this.arn });
  }
}
