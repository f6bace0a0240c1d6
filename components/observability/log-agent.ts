import * as aws from '@pulumi/aws';
import type { ComponentResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { fluentBitValues } from '../../charts/values/aws-for-fluent-bit.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { NAMESPACES } from '../kubernetes/plan.ts';
import { release } from '../release.ts';
import { type LogAgentArgs, planLogAgent } from './plan.ts';

/**
 * Fluent Bit on every node, and the log group that it writes to.
 * @example new LogAgent('prod-logs', { env: 'prod', account, partition: 'aws', region, clusterName, keyArn, days: 90, dataPolicy: 'keep', after }, inside)
 */
export class LogAgent extends Component {
  /** `/weir/<env>/pods`. */
  readonly logGroup: Output<string>;
  readonly ready: readonly Resource[];

  constructor(name: string, args: LogAgentArgs, options?: ComponentResourceOptions) {
    const plan = planLogAgent(args);
    super('weir:observability:LogAgent', name, {}, options);
    const { region, clusterName, keyArn, days, dataPolicy, after } = args;

    const group = new aws.cloudwatch.LogGroup(
      `${name}-group`,
      { name: plan.logGroup, retentionInDays: days, kmsKeyId: keyArn },
      this.stateful(dataPolicy),
    );
    const pods = { clusterName, namespace: NAMESPACES.nodeAgents, serviceAccounts: [plan.serviceAccount] };
    const role = new PodRole(`${name}-role`, { ...plan.role, pods }, this.child());
    const values = fluentBitValues({ region, logGroup: group.name, serviceAccount: plan.serviceAccount });
    const chart = { chart: 'aws-for-fluent-bit', namespace: NAMESPACES.nodeAgents, values } as const;
    const agent = release(`${name}-release`, chart, this.child({ dependsOn: [...after, ...role.ready] }));

    this.logGroup = group.name;
    this.ready = [agent];
    this.registerOutputs({ logGroup: this.logGroup });
  }
}
