import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { loadBalancerControllerValues } from '../../charts/values/aws-load-balancer-controller.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { release } from '../release.ts';
import { LOAD_BALANCER_CONTROLLER, type LoadBalancerControllerArgs } from './plan.ts';
import { loadBalancerStatements } from './policy.ts';

/**
 * AWS Load Balancer Controller. Whatever has made a Service of type LoadBalancer goes before it, and its role goes after it: otherwise the load balancer
 * stays, and is paid (30-platform D4).
 * @example new LoadBalancerController('prod-load-balancer', { clusterName, vpcId, rolePrefix: 'weir-prod', account, partition: 'aws', region: 'eu-west-1', tags, ownNodes: true, after }, { providers })
 */
export class LoadBalancerController extends Component {
  /** The controller; its role with its rights. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: LoadBalancerControllerArgs, options?: ComponentResourceOptions) {
    super('weir:load-balancer:LoadBalancerController', name, {}, options);

    const { namespace, serviceAccount } = LOAD_BALANCER_CONTROLLER;
    const { clusterName, account, rolePrefix, after } = args;
    const role = new PodRole(
      `${name}-role`,
      {
        roleName: `${rolePrefix}-load-balancer`,
        account,
        pods: { clusterName, namespace, serviceAccounts: [serviceAccount] },
        statements: loadBalancerStatements(args),
      },
      this.child(),
    );
    const given = { chart: 'aws-load-balancer-controller' as const, namespace, values: loadBalancerControllerValues(args) };
    const controller = release(`${name}-release`, given, this.child({ dependsOn: [...after, ...role.ready] }));

    this.ready = [controller, ...role.ready];
    this.registerOutputs();
  }
}
