import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { externalDnsValues } from '../../charts/values/external-dns.ts';
import { Component } from '../base.ts';
import { PodRole } from '../identity/pod-role.ts';
import { release } from '../release.ts';
import { EXTERNAL_DNS, type ExternalDnsArgs, zoneStatements } from './plan.ts';

/**
 * external-dns. The Gateway goes before it, and it waits until the load balancer is gone: by then it has taken the name out of the zone (30-platform D9).
 * @example new ExternalDns('prod-dns', { domain: 'models.example.com', zone: 'Z0123456789ABCDEFGHIJ', rolePrefix: 'weir-prod', … }, { providers })
 */
export class ExternalDns extends Component {
  /** The writer, and its role with its rights: the Gateway goes before them. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: ExternalDnsArgs, options?: ComponentResourceOptions) {
    super('weir:dns:ExternalDns', name, {}, options);

    const { namespace, serviceAccount } = EXTERNAL_DNS;
    const { clusterName, account, rolePrefix } = args;
    const pods = { clusterName, namespace, serviceAccounts: [serviceAccount] };
    const role = new PodRole(`${name}-role`, { roleName: `${rolePrefix}-dns`, account, pods, statements: zoneStatements(args) }, this.child());
    const values = externalDnsValues({ ...args, owner: rolePrefix, serviceAccount });
    const hooks = { beforeDelete: [args.hooks.noBalancerLeft] };
    const writer = release(
      `${name}-release`,
      { chart: 'external-dns', namespace, values },
      this.child({ dependsOn: [...args.after, ...role.ready], hooks }),
    );

    this.ready = [writer, ...role.ready];
    this.registerOutputs();
  }
}
