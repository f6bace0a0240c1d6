import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, CustomResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { makeEndpoints } from './endpoints.ts';
import { type NetworkArgs, type NetworkPlan, planNetwork } from './plan.ts';
import { makeRoutes } from './routes.ts';
import { makeSubnets } from './subnets.ts';

/** What others need to know of a network, ours or one that was there before. Subnets stand in the order of zones. */
export interface NetworkOutputs {
  readonly vpcId: Output<string>;
  readonly nodeSubnetIds: readonly Output<string>[];
  readonly privateSubnetIds: readonly Output<string>[];
  readonly dataSubnetIds: readonly Output<string>[];
  readonly controlPlaneSubnetIds: readonly Output<string>[];
  /** Routes, gateways and doors: what nodes need to live must outlive them (30-platform D7). Empty for a network that was there before. */
  readonly ready: readonly Resource[];
}

/** What the parts of a network are made with. */
export interface NetworkPlace {
  readonly name: string;
  readonly vpcId: Output<string>;
  readonly child: (options?: CustomResourceOptions) => CustomResourceOptions;
  /** Of what AWS refuses to delete while an interface is attached (30-platform D11). */
  readonly patient: (options?: CustomResourceOptions) => CustomResourceOptions;
}

/**
 * The environment's VPC.
 * @example new Network('prod-network', { region: 'eu-west-1', partition: 'aws', account, cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'], clusterName: 'weir-prod', hooks })
 */
export class Network extends Component implements NetworkOutputs {
  readonly vpcId: Output<string>;
  readonly nodeSubnetIds: readonly Output<string>[];
  readonly privateSubnetIds: readonly Output<string>[];
  readonly dataSubnetIds: readonly Output<string>[];
  readonly controlPlaneSubnetIds: readonly Output<string>[];
  readonly ready: readonly Resource[];

  constructor(name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    const plan = planNetwork(args); // before super: a refused argument must leave no half-registered component
    super('weir:network:Network', name, {}, options);
    const child = (more?: CustomResourceOptions) => this.child(more);
    const patient = (more?: CustomResourceOptions) => this.child({ ...more, hooks: { onError: [args.hooks.dependencyViolation] } });

    const tags = { Name: name };
    const vpc = new aws.ec2.Vpc(`${name}-vpc`, { cidrBlock: plan.cidr, enableDnsHostnames: true, enableDnsSupport: true, tags }, patient());
    const pods = new aws.ec2.VpcIpv4CidrBlockAssociation(`${name}-pods`, { vpcId: vpc.id, cidrBlock: plan.podCidr }, child());
    new aws.ec2.DefaultSecurityGroup(`${name}-default-group`, { vpcId: vpc.id, ingress: [], egress: [], tags }, child());
    const place = { name, vpcId: vpc.id, child, patient };
    const subnets = makeSubnets(place, plan, pods);
    const routes = makeRoutes(place, plan, subnets);
    const endpoints = makeEndpoints(place, plan, { subnetIds: subnets.ids('private'), routeTableIds: routes.tableIds });
    this.#flowLogs(name, plan, vpc.id);

    this.vpcId = vpc.id;
    this.nodeSubnetIds = subnets.ids('nodes');
    this.privateSubnetIds = subnets.ids('private');
    this.dataSubnetIds = subnets.ids('data');
    this.controlPlaneSubnetIds = subnets.ids('control-plane');
    this.ready = [...routes.ready, ...endpoints];
    this.registerOutputs({ vpcId: this.vpcId });
  }

  /** AWS-0178, CKV2_AWS_11. */
  #flowLogs(name: string, plan: NetworkPlan, vpcId: Output<string>): void {
    for (const { trafficType, bucketArn, after } of plan.flowLogs) {
      const destinationOptions = { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: true };
      const log = { vpcId, trafficType, logDestinationType: 's3', logDestination: bucketArn, destinationOptions, tags: { Name: name } };
      new aws.ec2.FlowLog(`${name}-flow-log`, log, this.child({ dependsOn: [...after] }));
    }
  }
}
