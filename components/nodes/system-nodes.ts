import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { NodeRole } from './node-role.ts';
import { planSystemNodes, type SystemNodesArgs } from './plan.ts';

/** Only Karpenter, add-ons and controllers tolerate it. */
const TAINT = { key: 'CriticalAddonsOnly', value: 'true', effect: 'NO_SCHEDULE' };

/**
 * The system nodes.
 * @example new SystemNodes('prod-nodes', { clusterName: cluster.name, version: '1.35', nodeSubnetIds: network.nodeSubnetIds, instance: 'm7i.large', size: 3, min: 2, max: 6, … })
 */
export class SystemNodes extends Component {
  readonly nodeRoleArn: Output<string>;
  readonly groupName: Output<string>;
  /** The group, and what lets its nodes live. Whatever runs on them goes first (30-platform D1). */
  readonly ready: readonly Resource[];

  constructor(name: string, args: SystemNodesArgs, options?: ComponentResourceOptions) {
    const plan = planSystemNodes(args);
    super('weir:nodes:SystemNodes', name, {}, options);
    const { partition, cacheRepositories } = args;
    const role = new NodeRole(`${name}-role`, { roleName: `weir-${name}`, partition, cacheRepositories }, this.child());
    const template = this.#template(name, args, plan.userData);
    const group = new aws.eks.NodeGroup(
      `${name}-group`,
      {
        clusterName: args.clusterName,
        nodeGroupNamePrefix: `weir-${name}-`, // a prefix: a replacement stands before the old group goes
        version: args.version,
        amiType: plan.amiType,
        capacityType: 'ON_DEMAND',
        instanceTypes: [args.instance],
        nodeRoleArn: role.arn,
        subnetIds: [...args.nodeSubnetIds],
        scalingConfig: plan.scaling,
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
        launchTemplate: { id: template.id, version: template.latestVersion.apply((version) => `${version}`) },
        labels: { workload: 'system' },
        taints: [TAINT],
        tags: { Name: `weir-${name}` },
      },
      this.child({ dependsOn: [...role.ready, ...args.after], hooks: { beforeDelete: [args.hooks.noNodesLeft] } }),
    );
    this.nodeRoleArn = role.arn;
    this.groupName = group.nodeGroupName;
    this.ready = [group];
    this.registerOutputs({ nodeRoleArn: this.nodeRoleArn, groupName: this.groupName });
  }

  /** Hop limit 1 keeps pods from the instance's credentials (AWS-0130, CKV_AWS_79, CKV_AWS_341); the volume is encrypted (AWS-0131). */
  #template(name: string, args: SystemNodesArgs, userData: string): aws.ec2.LaunchTemplate {
    const tags = { ...args.tags, Name: `weir-${name}` };
    const volume = { volumeType: 'gp3', volumeSize: args.rootGiB, encrypted: 'true', kmsKeyId: args.keyArn, deleteOnTermination: 'true' };
    return new aws.ec2.LaunchTemplate(
      `${name}-template`,
      {
        namePrefix: `weir-${name}-`,
        updateDefaultVersion: true,
        blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: volume }], // AL2023's root
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
        vpcSecurityGroupIds: [args.nodeSecurityGroupId],
        tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
        userData,
        tags: { Name: `weir-${name}` },
      },
      this.child(),
    );
  }
}
