import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Component, type Hooks } from '../base.ts';
import { createNodeGroupSecurityGroup } from './eks.ts';

/** The one security group of all nodes, and the rules that EKS needs between them and the control plane. Free. */
export interface NodeSecurityArgs {
  readonly clusterName: string;
  readonly vpcId: pulumi.Input<string>;
  readonly cluster: aws.eks.Cluster;
  /** The control plane's group. */
  readonly controlPlane: aws.ec2.SecurityGroup;
  readonly hooks: Hooks;
}

/**
 * Who may talk to nodes: each other, and the control plane. They may talk to everybody: network policies narrow it.
 * @example new NodeSecurity('prod-cluster-nodes', { clusterName: 'weir-prod', vpcId, cluster, controlPlane, hooks })
 */
export class NodeSecurity extends Component {
  readonly groupId: pulumi.Output<string>;
  /** The group and every rule: a node that loses its way out while it drains is never gone (30-platform D7). */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: NodeSecurityArgs, options: pulumi.ComponentResourceOptions = {}) {
    const rules: pulumi.Resource[] = [];
    const transformations = [...(options.transformations ?? []), collecting(rules), patient(args.hooks)];
    super('weir:cluster:NodeSecurity', name, {}, { ...options, transformations });
    const { clusterName, vpcId, cluster, controlPlane } = args;
    const wanted = { vpcId, clusterSecurityGroup: controlPlane, eksCluster: cluster, tags: { Name: `${clusterName}-nodes` } };
    const [group] = createNodeGroupSecurityGroup(name, wanted, this);

    this.groupId = group.id;
    this.ready = [group, ...rules];
    this.registerOutputs({ groupId: this.groupId });
  }
}

/** @pulumi/eks hands out one of the five rules that it makes; all of them must outlive the nodes. */
function collecting(rules: pulumi.Resource[]): pulumi.ResourceTransformation {
  return ({ type, resource }) => {
    if (type === 'aws:ec2/securityGroupRule:SecurityGroupRule') rules.push(resource);
    return undefined;
  };
}

/** It takes no options either: the group is deleted again until the last interface has gone (30-platform D11). */
function patient({ dependencyViolation }: Hooks): pulumi.ResourceTransformation {
  return ({ type, props, opts }) =>
    type === 'aws:ec2/securityGroup:SecurityGroup'
      ? { props, opts: pulumi.mergeOptions(opts, { hooks: { onError: [dependencyViolation] } }) }
      : undefined;
}
