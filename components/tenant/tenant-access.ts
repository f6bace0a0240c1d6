import * as aws from '@pulumi/aws';
import * as k8s from '@pulumi/kubernetes';
import type { ComponentResourceOptions, CustomResourceOptions, Resource } from '@pulumi/pulumi';
import * as pulumi from '@pulumi/pulumi';
import { SERVING_ACCOUNT } from '../../runtime/model/render/pod.ts';
import { Component } from '../base.ts';
import { PURPOSES, type Purpose } from '../tenant-roles/grants.ts';
import { WORKFLOW_ACCOUNT } from '../training/workflows-plan.ts';
import { EXECUTOR_RULES } from './access.ts';
import type { TenantArgs, TenantPlan } from './plan.ts';
import { sessionPolicy } from './session-policy.ts';

/** What pods run as: of models, and of workflows with what they start. */
const ACCOUNTS: Readonly<Record<Purpose, string>> = { serving: SERVING_ACCOUNT, training: WORKFLOW_ACCOUNT };

const RBAC = 'rbac.authorization.k8s.io';

/** Who may do what: people by groups, pods by accounts. */
export class TenantAccess extends Component {
  /** Accounts with their identities: EKS hands credentials to pods that start after them, and to no other. */
  readonly ready: readonly Resource[];
  /** What nothing else of its depends on: all of it goes after these. */
  readonly leaves: readonly Resource[];

  constructor(name: string, args: TenantArgs, plan: TenantPlan, namespace: Resource, options?: ComponentResourceOptions) {
    super('weir:tenant:TenantAccess', name, {}, options);
    const inside = this.child({ dependsOn: [namespace] });

    const bindings = plan.access.map(({ people, groups, rules }) => {
      const metadata = { name: `weir-${people}`, namespace: plan.namespace };
      const role = new k8s.rbac.v1.Role(`${name}-role-${people}`, { metadata, rules: [...rules] }, inside);
      const roleRef = { apiGroup: RBAC, kind: 'Role', name: metadata.name };
      const subjects = groups.map((group) => ({ apiGroup: RBAC, kind: 'Group', name: group }));
      return new k8s.rbac.v1.RoleBinding(`${name}-binding-${people}`, { metadata, roleRef, subjects }, this.child({ dependsOn: [role] }));
    });
    const accounts = PURPOSES.map((purpose) => {
      const metadata = { name: ACCOUNTS[purpose], namespace: plan.namespace };
      // steps of workflows report with the token that the account hands them: Argo mounts none by itself. All it may do is that report (EXECUTOR_RULES)
      const automountServiceAccountToken = purpose === 'training';
      return new k8s.core.v1.ServiceAccount(`${name}-account-${purpose}`, { metadata, automountServiceAccountToken }, inside);
    });
    const identities = PURPOSES.map((purpose) => this.#identity(`${name}-identity-${purpose}`, purpose, args, plan, inside));
    const executor = { name: 'weir-workflow-executor', namespace: plan.namespace };
    const reports = new k8s.rbac.v1.Role(`${name}-executor`, { metadata: executor, rules: [...EXECUTOR_RULES] }, inside);
    const reporting = new k8s.rbac.v1.RoleBinding(
      `${name}-executor-binding`,
      {
        metadata: executor,
        roleRef: { apiGroup: RBAC, kind: 'Role', name: executor.name },
        subjects: [{ kind: 'ServiceAccount', name: ACCOUNTS.training, namespace: plan.namespace }],
      },
      this.child({ dependsOn: [reports] }),
    );

    this.ready = [...accounts, ...identities, reporting];
    this.leaves = [...this.ready, ...bindings];
    this.registerOutputs();
  }

  /** Without the session's tags: EKS takes no session policy beside them. */
  #identity(name: string, purpose: Purpose, { partition, ground }: TenantArgs, plan: TenantPlan, options: CustomResourceOptions): Resource {
    const { buckets, keys } = ground;
    const policy = pulumi.output({ buckets, keys }).apply((place) => sessionPolicy(purpose, plan.id, { partition, ...place }));
    const { namespace, tags } = plan;
    const link = { clusterName: ground.cluster.name, namespace, serviceAccount: ACCOUNTS[purpose], roleArn: ground.roles[purpose] };
    return new aws.eks.PodIdentityAssociation(name, { ...link, disableSessionTags: true, policy, tags: { ...tags } }, options);
  }
}
