import { ArgsError } from '../../runtime/errors.ts';
import type { AccessPolicy } from '../identity/access-policy.ts';

/** IAM roles that may enter the cluster, by what they may do there. */
export interface ClusterRoles {
  /** The role that runs `pulumi up`: administrator. Without it the first Kubernetes resource is refused. */
  readonly deploy: string;
  /** Administrators, for emergencies. Default none. */
  readonly breakGlass?: readonly string[];
  /** May look at what runs in namespaces, but for Secrets, nodes and custom resources. Default none. */
  readonly readers?: readonly string[];
}

/** One role's entry. */
export interface AccessPlan {
  /** What it is for, and the role's name: never a position, so that others may come and go. */
  readonly name: string;
  readonly principalArn: string;
  readonly policy: AccessPolicy;
}

/** @throws ArgsError when a role is named twice: EKS knows one entry for each */
export function planAccess({ deploy, breakGlass = [], readers = [] }: ClusterRoles): readonly AccessPlan[] {
  const all: readonly AccessPlan[] = [
    { name: 'deploy', principalArn: deploy, policy: 'AmazonEKSClusterAdminPolicy' },
    ...breakGlass.map((arn) => ({ name: `break-glass-${keyOf(arn)}`, principalArn: arn, policy: 'AmazonEKSClusterAdminPolicy' as const })),
    ...readers.map((arn) => ({ name: `reader-${keyOf(arn)}`, principalArn: arn, policy: 'AmazonEKSViewPolicy' as const })),
  ];
  const twice = all.find(({ principalArn }, at) => all.findIndex((other) => other.principalArn === principalArn) !== at);
  if (twice === undefined) return all;
  throw new ArgsError('access', `${twice.principalArn} is named twice`, 'Keep the one with the rights it needs: EKS has one entry for each role.');
}

/** `arn:aws:iam::123456789012:role/team/look` is `123456789012-team-look`: roles of two accounts may share a name. */
function keyOf(arn: string): string {
  const [, account = '', path = ''] = /:(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  return `${account}-${path.replaceAll('/', '-')}`;
}
