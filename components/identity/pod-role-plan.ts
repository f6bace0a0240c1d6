import type { Input } from '@pulumi/pulumi';
import { ArgsError } from '../../runtime/errors.ts';
import type { Statement } from './policy.ts';

/** The pods that may use a role. */
export interface PodIdentity {
  /** The cluster's name: pods of another cluster are refused. */
  readonly clusterName: Input<string>;
  readonly namespace: string;
  /** At least one. */
  readonly serviceAccounts: readonly string[];
}

/**
 * An IAM role that pods get by EKS Pod Identity, and nobody else. Costs nothing.
 * The trust policy names the account, the cluster, the namespace and the service accounts, by the session tags that EKS sets (EKS user guide, `pod-id-role`).
 */
export interface PodRoleArgs {
  /** The role's name, at most 64 characters. Changing it replaces the role: pods lose their rights until they restart. */
  readonly roleName: string;
  /** Twelve digits. */
  readonly account: string;
  readonly pods: PodIdentity;
  /** What the role may do. Default: nothing beyond `managedPolicyArns`. */
  readonly statements?: readonly Statement[];
  /** Policies that AWS maintains. Default none. */
  readonly managedPolicyArns?: readonly string[];
  /** Default true: the service accounts are bound to the role here. False where an add-on binds them itself. */
  readonly associate?: boolean;
  /** Upper bound of what the role may do: an ARN. Default none. */
  readonly permissionsBoundary?: string;
}

export interface PodRolePlan {
  readonly roleName: string;
  readonly trust: Statement;
  readonly statements: readonly (readonly Statement[])[]; // none or one list
  readonly managedPolicies: readonly { readonly name: string; readonly arn: string }[];
  readonly associated: readonly string[];
  readonly permissionsBoundary: string | undefined;
}

/** @throws ArgsError for a name that IAM refuses */
export function planPodRole(args: PodRoleArgs): PodRolePlan {
  const { roleName, account, pods, statements = [], managedPolicyArns = [], associate = true } = args;
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    throw new ArgsError('identity.roleName', `"${roleName}" is no name of a role`, 'Use at most 64 letters, digits and +=,.@-_');
  }
  if (pods.serviceAccounts.length === 0) throw new ArgsError('identity.serviceAccounts', 'is empty', 'Name the service account that uses the role.');
  return {
    roleName,
    trust: trustOf(account, pods),
    statements: statements.length === 0 ? [] : [statements],
    managedPolicies: managedPolicyArns.map((arn) => ({ name: arn.split('/').at(-1) ?? arn, arn })),
    associated: associate ? pods.serviceAccounts : [],
    permissionsBoundary: args.permissionsBoundary,
  };
}

/** TagSession comes with AssumeRole: EKS sends the tags that the condition reads. */
function trustOf(account: string, { clusterName, namespace, serviceAccounts }: PodIdentity): Statement {
  return {
    sid: 'PodsOfOneServiceAccount',
    principal: { Service: 'pods.eks.amazonaws.com' },
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    conditions: {
      StringEquals: {
        'aws:SourceAccount': account,
        'aws:RequestTag/eks-cluster-name': clusterName,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccounts,
      },
    },
  };
}
