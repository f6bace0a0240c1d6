import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { kedaValues } from '../../charts/values/keda.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { release } from '../release.ts';
import { type AutoscalingArgs, KEDA, lagStatements } from './plan.ts';

/**
 * KEDA. ScaledObjects are the rollout controller's, so Models go before it: their finalizers need it (30-platform D5, D6).
 * @example new Autoscaling('prod-autoscaling', { clusterName, rolePrefix: 'weir-prod', account, kafkaArn, replicas: 2, ownNodes: true, after }, { providers })
 */
export class Autoscaling extends Component {
  /** The operator, and its role with its rights. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: AutoscalingArgs, options?: ComponentResourceOptions) {
    super('weir:autoscaling:Autoscaling', name, {}, options);

    const { namespace, serviceAccount } = KEDA;
    const { clusterName, account, rolePrefix, kafkaArn, after } = args;
    const pods = { clusterName, namespace, serviceAccounts: [serviceAccount] };
    const role = new PodRole(
      `${name}-role`,
      { roleName: `${rolePrefix}-autoscaling`, account, pods, statements: lagStatements(kafkaArn) },
      this.child(),
    );
    const given = { chart: 'keda' as const, namespace, values: kedaValues(args) };
    const operator = release(`${name}-release`, given, this.child({ dependsOn: [...after, ...role.ready] }));

    this.ready = [operator, ...role.ready];
    this.registerOutputs();
  }
}
