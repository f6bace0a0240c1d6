import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import { Component } from '../base.ts';
import { BINDINGS_RULES, featuresTraffic, TOKEN_RULES } from './access.ts';
import { FEAST, FEAST_ROLES } from './plan.ts';

const { namespace, account } = FEAST;

/**
 * Who the servers are, who may reach them, and the roles that their callers get by a RoleBinding in this namespace.
 * @example new FeatureAccess('prod-features-access', { after: base.ready }, { parent })
 */
export class FeatureAccess extends Component {
  readonly ready: readonly Resource[];

  constructor(name: string, { after }: { readonly after: readonly Resource[] }, options?: ComponentResourceOptions) {
    super('weir:features:FeatureAccess', name, {}, options);

    const first = this.child({ dependsOn: [...after] });
    const metadata = { name: account, namespace };
    const subjects = [{ kind: 'ServiceAccount', name: account, namespace }];
    const serviceAccount = new k8s.core.v1.ServiceAccount(`${name}-account`, { metadata }, first);
    const role = new k8s.rbac.v1.Role(`${name}-bindings`, { metadata, rules: BINDINGS_RULES }, first);
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: account };
    const binding = new k8s.rbac.v1.RoleBinding(`${name}-bindings-of-feast`, { metadata, roleRef, subjects }, this.child({ dependsOn: [role] }));
    const clusterName = { name: 'weir-feast-tokens' };
    const clusterRole = new k8s.rbac.v1.ClusterRole(`${name}-tokens`, { metadata: clusterName, rules: TOKEN_RULES }, first);
    const clusterRef = { ...roleRef, kind: 'ClusterRole', name: clusterName.name };
    const tokens = new k8s.rbac.v1.ClusterRoleBinding(
      `${name}-tokens-of-feast`,
      { metadata: clusterName, roleRef: clusterRef, subjects },
      this.child({ dependsOn: [clusterRole] }),
    );
    const callers = FEAST_ROLES.map(
      (caller) => new k8s.rbac.v1.Role(`${name}-${caller}`, { metadata: { name: caller, namespace }, rules: [] }, first),
    );
    const traffic = new k8s.networking.v1.NetworkPolicy(`${name}-traffic`, { metadata, spec: featuresTraffic() }, first);

    this.ready = [serviceAccount, binding, tokens, ...callers, traffic];
    this.registerOutputs();
  }
}
