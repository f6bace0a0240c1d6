import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { TENANT_LABEL } from '../../runtime/model/render/names.ts';
import { Component } from '../base.ts';
import { podSecurity } from '../kubernetes/plan.ts';
import { POLICIES, policySpec } from './network.ts';
import type { TenantArgs, TenantPlan } from './plan.ts';
import { limitRange, resourceQuota } from './quota.ts';

/** A tenant's namespace with its walls: pod security, quota, and who may talk to whom. */
export class TenantSpace extends Component {
  /** After the platform, and before all that is the tenant's: one edge each, instead of one to each part of the platform. */
  readonly namespace: Resource;
  /** The namespace and its walls: no pod comes before them. */
  readonly ready: readonly Resource[];

  constructor(name: string, args: TenantArgs, plan: TenantPlan, options?: ComponentResourceOptions) {
    super('weir:tenant:TenantSpace', name, {}, options);
    const { tenant, ground, after } = args;
    const { id, namespace } = plan;

    const labels = pulumi.output(ground.cluster.version).apply((version) => ({
      ...podSecurity(version),
      [TENANT_LABEL]: id,
      'app.kubernetes.io/part-of': 'weir',
      'app.kubernetes.io/managed-by': 'pulumi',
    }));
    // an owner may have an @, which no label may
    const annotations = { 'weir.dev/owner': tenant.owner, 'weir.dev/contact': tenant.contacts.email };
    const space = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: namespace, labels, annotations } },
      this.child({ dependsOn: [...after] }),
    );
    const inside = this.child({ dependsOn: [space] });
    const quota = new k8s.core.v1.ResourceQuota(
      `${name}-quota`,
      { metadata: { name: 'weir-quota', namespace }, spec: resourceQuota(tenant.quota) },
      inside,
    );
    const limits = new k8s.core.v1.LimitRange(`${name}-limits`, { metadata: { name: 'weir-limits', namespace }, spec: limitRange() }, inside);
    const cidrs = pulumi.output(ground.egressCidrs);
    const walls = POLICIES.map((policy) => {
      const spec = cidrs.apply((known) => policySpec(policy, known));
      return new k8s.networking.v1.NetworkPolicy(`${name}-${policy}`, { metadata: { name: policy, namespace }, spec }, inside);
    });

    this.namespace = space;
    this.ready = [space, quota, limits, ...walls];
    this.registerOutputs();
  }
}
