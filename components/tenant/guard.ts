import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { namespaceOf } from '../../runtime/model/render/names.ts';
import type { EffectiveTenant } from '../../runtime/model/tenant-file.ts';
import { Component, type DataPolicy } from '../base.ts';

/** What a tenant's guard holds back. It costs nothing. */
export interface TenantGuardArgs {
  readonly tenant: EffectiveTenant;
  /** With `keep` it is protected, and with it everything that it names. */
  readonly dataPolicy: DataPolicy;
  /** The tenant's models, and what nothing else of the tenant depends on. */
  readonly guards: readonly Resource[];
}

/**
 * The first of a tenant to go, and protected: an update in which the tenant's file is missing deletes nothing of it until somebody unprotects this. Without it the engine,
 * told not to preview (`pulumi up --skip-preview`), refuses the protected topics alone and deletes the walls and models around them. What it holds tells
 * people in the namespace whose it is.
 * @example new TenantGuard('prod-tenant-shop-guard', { tenant, dataPolicy: 'keep', guards: [...tenant.leaves, ...models] })
 */
export class TenantGuard extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { tenant, dataPolicy, guards }: TenantGuardArgs, options?: ComponentResourceOptions) {
    super('weir:tenant:TenantGuard', name, {}, options);
    const metadata = { name: 'weir-tenant', namespace: namespaceOf(tenant.tenant) };
    const data = {
      tenant: tenant.tenant,
      owner: tenant.owner,
      contact: tenant.contacts.email,
      costCenter: tenant.costCenter,
      dataClass: tenant.dataClass,
    };
    const card = new k8s.core.v1.ConfigMap(`${name}-card`, { metadata, data }, this.stateful(dataPolicy, { dependsOn: [...guards] }));
    this.ready = [card];
    this.registerOutputs();
  }
}
